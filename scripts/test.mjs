// The whole check: build, types, lint, tests, and once more on PostgreSQL what touches the database. Browser tests need Chromium; where CI is set its absence is a failure.
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { findChromium } from './chromium.mjs';

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

/** Runs a package's command line with this Node; its failure ends this script. */
function run(script, ...parameters) {
  execFileSync(process.execPath, [script, ...parameters], { cwd: root, stdio: 'inherit' });
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
  run('scripts/build.mjs');
  for (const project of ['tsconfig.json', 'test/browser', 'studio'])
    run('node_modules/typescript/bin/tsc', '-p', project);
  run('node_modules/vitest/vitest.mjs', 'run', ...(chromium ? [] : ['--exclude', 'test/browser/**']));
  process.env.TEST_DATABASE = 'postgres';
  run('node_modules/vitest/vitest.mjs', 'run', ...onPostgres);
} catch (error) {
  process.exit(error.status ?? 1);
}
