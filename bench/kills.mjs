// A hundred blows and more on each database: `TEST_KILLS=300 npm run bench -- kills` strikes as often as that. Takes
// some ten minutes per hundred. What is struck, and what must be true afterwards, stands in test/faults.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const worst = (times) => `${(Math.max(...times) / 1000).toFixed(1)} s`;

export function benchKills() {
  const directory = mkdtempSync(join(tmpdir(), 'stillroar-kills-'));
  const report = join(directory, 'report');
  const { TEST_KILLS = '100' } = process.env;
  const { status } = spawnSync(
    process.execPath,
    ['node_modules/vitest/vitest.mjs', 'run', 'test/faults/kill.test.ts'],
    { cwd: root, stdio: 'inherit', env: { ...process.env, TEST_KILLS, TEST_KILLS_REPORT: report } },
  );
  if (status !== 0) process.exit(status ?? 1);
  const outcomes = readFileSync(report, 'utf8').trim().split('\n').map(JSON.parse);
  rmSync(directory, { recursive: true });
  return outcomes.map((outcome) => ({
    database: outcome.database,
    blows: outcome.kills,
    acknowledged: outcome.acknowledged,
    lost: outcome.lost,
    'charged wrongly': outcome.chargedWrongly,
    open: outcome.open,
    'callbacks untold': outcome.untold,
    'worst recovery': Object.entries(outcome.recovery)
      .map(([what, times]) => `${what} ${worst(times)}`)
      .join(', '),
    'all ended after': worst([outcome.settled]),
  }));
}
