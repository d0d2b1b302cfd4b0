// npm run test:faults: the tests of test/faults with a hundred blows on each database, where `npm test` strikes three times.
// `TEST_KILLS=300 npm run test:faults` strikes as often as that. A hundred on both take half an hour on two cores.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const env = { ...process.env, TEST_KILLS: process.env.TEST_KILLS ?? '100' };

for (const command of [
  ['scripts/build.mjs', '--if-stale'],
  ['node_modules/vitest/vitest.mjs', 'run', '--maxWorkers', '1', 'test/faults'],
]) {
  const { status } = spawnSync(process.execPath, command, { cwd: root, env, stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}
