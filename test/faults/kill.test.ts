import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { createEmbeddedDirectory } from '../support/database.ts';
import { startFaultyLine } from '../support/faulty-line.ts';
import { startPostgres } from '../support/postgres.ts';
import { type Outcome, rampage } from './rampage.ts';

// Processes are ended with SIGKILL at random moments and at named points, PostgreSQL too, and the line to it is cut.
// `npm run test:faults` strikes a hundred times on each database; here it is as often as fits into a minute.

const kills = Number(process.env.TEST_KILLS ?? 3);
/** A long campaign may be done in slices: each strikes until its minutes are over, and their sum counts. */
const minutes = Number(process.env.TEST_MINUTES ?? Number.POSITIVE_INFINITY);
const seed = Number(process.env.TEST_SEED ?? Date.now() % 1_000_000);

const inSeconds = (milliseconds: number) => (milliseconds / 1000).toFixed(1);

function check(database: string, outcome: Outcome): void {
  const recovery = [...outcome.recovery].map(([what, times]) => {
    const sorted = times.toSorted((a, b) => a - b);
    const [median, worst] = [sorted[sorted.length >> 1]!, sorted.at(-1)!];
    return `${what} ${inSeconds(median)} s, at worst ${inSeconds(worst)} s (${times.length})`;
  });
  console.log(
    `${database}, seed ${seed}: ${outcome.kills} blows, ${outcome.points.met} of ${outcome.points.meant} named points met, ` +
      `${outcome.acknowledged} tasks acknowledged, ${outcome.lost} lost, ` +
      `${outcome.chargedWrongly} charged twice or not, ${outcome.resultsWrongly} with two results or none, ` +
      `${outcome.open} left open, ${outcome.notRefunded} not refunded, ${outcome.unbalanced} accounts out of balance, ` +
      `${outcome.untold} callbacks untold, ${outcome.completed} completed; ` +
      `from a blow to the next task taken in: ${recovery.join('; ')}; ` +
      `all ended ${inSeconds(outcome.settled)} s after the last blow`,
  );
  expect(outcome).toMatchObject({
    lost: 0,
    chargedWrongly: 0,
    resultsWrongly: 0,
    open: 0,
    notRefunded: 0,
    unbalanced: 0,
    untold: 0,
  });
  expect(outcome.acknowledged).toBeGreaterThanOrEqual(outcome.kills);
  expect(outcome.points.met).toBe(outcome.points.meant);
  // A lease of 30 s and a minute.
  expect(outcome.settled).toBeLessThan(90_000);
}

const patience = 180_000 + kills * 60_000;

test(
  'the embedded database: a killed server loses nothing, charges nothing twice and tells everything',
  async () => {
    const data = await createEmbeddedDirectory();
    check('embedded', await rampage({ data: data.path }, kills, seed, minutes));
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
    check(
      'PostgreSQL',
      await rampage({ data, postgres: { server, line, databaseUrl } }, kills, seed, minutes),
    );
    await line.close();
    await rm(data, { recursive: true });
  },
  patience,
);
