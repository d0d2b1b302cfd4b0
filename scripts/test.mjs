// The whole check: lint, what nothing uses, build, types, tests; what touches the database once more on PostgreSQL; and what
// stands on native modules once more on Node 24. Browser tests need Chromium; where CI is set its absence is a failure. Node
// 24 comes from the package registry; where that cannot be reached, the last line says what was not run.
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { findChromium } from './chromium.mjs';
import { installNode24 } from './node-24.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));

/** The tests of what lives in the database: on PostgreSQL they run again. */
const onPostgres = [
  'src/credits',
  'src/database',
  'src/tasks',
  'src/webhooks',
  'test/accounts',
  'test/closing',
  'test/contract/akool.test',
  'test/contract/kling.test',
  'test/contract/native.test',
  'test/credits',
  'test/faults/lost-lease',
  'test/idempotency',
  'test/native-live',
  'test/restart',
  'test/retention',
  'test/webhooks',
];

/** The tests of database, queue, media library and of what renders: with another Node they run again. */
const onNode24 = [
  'src/credits',
  'src/database',
  'src/engines/builtin/builtin.test',
  'src/media',
  'src/tasks',
  'test/clients',
  'test/contract/akool.test',
  'test/restart',
];

/** What compares times has the machine to itself. */
const speed = 'test/speed.test.ts';

/** Runs a package's command line; its failure ends this script. */
function runWith(node, script, ...parameters) {
  execFileSync(node, [script, ...parameters], { cwd: root, stdio: 'inherit' });
}
/** With this Node. */
const run = (script, ...parameters) => runWith(process.execPath, script, ...parameters);

/** The program of Node 24; undefined, said aloud, where it cannot be had, and where this is one already. */
function findNode24() {
  if (Number(process.versions.node.split('.')[0]) >= 24) return undefined;
  try {
    return installNode24();
  } catch (problem) {
    process.on('exit', () => console.log(`NOT RUN on Node 24: ${onNode24.join(', ')}. ${problem.message}`));
    return undefined;
  }
}

const chromium = findChromium();
if (!chromium) {
  const message = 'No Chromium found (install it, or set CHROMIUM_PATH).';
  if (process.env.CI) {
    console.error(`${message} CI does not leave out the browser tests.`);
    process.exit(1);
  }
  console.log(`${message} The browser tests are left out.`);
}

try {
  run('node_modules/@biomejs/biome/bin/biome', 'ci', '.');
  run('node_modules/knip/bin/knip.js', '--no-progress');
  run('scripts/build.mjs');
  for (const project of ['tsconfig.json', 'test/browser', 'studio'])
    run('node_modules/typescript/bin/tsc', '-p', project);
  const beside = ['--exclude', speed, ...(chromium ? [] : ['--exclude', 'test/browser/**'])];
  run('node_modules/vitest/vitest.mjs', 'run', ...beside);
  run('node_modules/vitest/vitest.mjs', 'run', speed);
  process.env.TEST_DATABASE = 'postgres';
  run('node_modules/vitest/vitest.mjs', 'run', ...onPostgres);
  process.env.TEST_DATABASE = 'embedded';
  const node24 = findNode24();
  if (node24) runWith(node24, 'node_modules/vitest/vitest.mjs', 'run', ...onNode24);
} catch (error) {
  process.exit(error.status ?? 1);
}
