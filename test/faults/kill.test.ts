import { appendFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { createEmbeddedDirectory } from '../support/database.ts';
import { startFaultyLine } from '../support/faulty-line.ts';
import { startPostgres } from '../support/postgres.ts';
import { type Outcome, rampage } from './rampage.ts';

// Processes are ended with SIGKILL at random moments and at named points, PostgreSQL too, and the line to it is cut.
// `npm run bench -- kills` does a hundred of each and more; here are as many as fit into a minute.

const kills = Number(process.env.TEST_KILLS ?? 3);
const report = process.env.TEST_KILLS_REPORT;

async function check(database: string, outcome: Outcome): Promise<void> {
  const seconds = (times: number[]) => `${(Math.max(...times) / 1000).toFixed(1)} s`;
  const recovery = [...outcome.recovery].map(([what, times]) => `${what} ${seconds(times)}`).join(', ');
  console.log(
    `${database}: ${outcome.kills} blows, ${outcome.acknowledged} tasks acknowledged, ${outcome.lost} lost, ` +
      `${outcome.chargedWrongly} charged twice or not, ${outcome.open} left open, ${outcome.notRefunded} not refunded, ` +
      `${outcome.unbalanced} accounts out of balance, ${outcome.untold} callbacks untold, ` +
      `${outcome.completed} completed; worst recovery: ${recovery}; all ended ${seconds([outcome.settled])} after the last`,
  );
  if (report) {
    const { recovery: times, ...rest } = outcome;
    await appendFile(
      report,
      `${JSON.stringify({ database, ...rest, recovery: Object.fromEntries(times) })}\n`,
    );
  }
  expect(outcome).toMatchObject({
    lost: 0,
    chargedWrongly: 0,
    open: 0,
    notRefunded: 0,
    unbalanced: 0,
    untold: 0,
  });
  expect(outcome.acknowledged).toBeGreaterThanOrEqual(kills);
  // A lease of 30 s and a minute.
  expect(outcome.settled).toBeLessThan(90_000);
}

const patience = 180_000 + kills * 60_000;

test(
  'the embedded database: a killed server loses nothing, charges nothing twice and tells everything',
  async () => {
    const data = await createEmbeddedDirectory();
    await check('embedded', await rampage({ data: data.path }, kills));
    await data.remove();
  },
  patience,
);

test(
  'PostgreSQL: neither killed servers and workers nor its own death nor a cut line lose anything',
  async () => {
    const data = await mkdtemp(join(tmpdir(), 'stillroar-kills-'));
    const server = await startPostgres();
    onTestFinished(server.stop);
    await server.createDatabase('kills');
    const line = await startFaultyLine(server.port);
    const databaseUrl = server.url('kills').replace(String(server.port), String(line.port));
    await check('PostgreSQL', await rampage({ data, postgres: { server, line, databaseUrl } }, kills));
    await line.close();
    await rm(data, { recursive: true });
  },
  patience,
);
