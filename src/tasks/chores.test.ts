import { pino } from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestDatabase, type TestDatabase } from '../../test/support/database.ts';
import { createChores } from './chores.ts';

let opened: TestDatabase;
beforeAll(async () => {
  opened = await openTestDatabase();
});
afterAll(() => opened.close());

const log = pino({ level: 'silent' });

/** So many processes with the same chore; answers how often it was done once all have looked. */
async function lookAtOnce(
  processes: number,
  name: string,
  options: { isAlone?: boolean; everySeconds?: number },
) {
  let done = 0;
  const { isAlone = false, everySeconds = 3_600 } = options;
  const work = async () => {
    done += 1;
  };
  const chore = { name, everySeconds, atStart: true, work };
  const all = Array.from({ length: processes }, () =>
    createChores({ database: opened.database, chores: [chore], isAlone, log }),
  );
  await Promise.all(all.map(({ start }) => start()));
  await Promise.all(all.map(({ stop }) => stop()));
  return done;
}

test('of many processes one does what is due, and again only after its time', async () => {
  expect(await lookAtOnce(8, 'sweep', {})).toBe(1);
  expect(await lookAtOnce(8, 'sweep', {})).toBe(0);
  expect(await lookAtOnce(8, 'often', { everySeconds: 0 })).toBeGreaterThan(1);
});

test('a process that is alone begins with what an earlier one has done', async () => {
  expect(await lookAtOnce(1, 'alone', { isAlone: true })).toBe(1);
  expect(await lookAtOnce(1, 'alone', { isAlone: true })).toBe(1);
});

test('what has time is begun only after its time', async () => {
  const done: string[] = [];
  const chore = (name: string, everySeconds: number) => ({
    name,
    everySeconds,
    atStart: false,
    async work() {
      done.push(name);
    },
  });
  const begin = async () => {
    const chores = createChores({
      database: opened.database,
      chores: [chore('daily', 86_400), chore('always', 0)],
      isAlone: true,
      log,
    });
    await chores.start();
    return chores;
  };
  const first = await begin();
  // The look under way at the stop begins nothing more: it has to get to the end of the list.
  await expect
    .poll(() => opened.database.selectFrom('chore').select('name').execute())
    .toEqual(expect.arrayContaining([{ name: 'daily' }, { name: 'always' }]));
  await first.stop();
  expect(done).toEqual([]);
  const second = await begin();
  await expect.poll(() => done).toEqual(['always']);
  await second.stop();
});

test('one that fails keeps nothing else from being done', async () => {
  const done: string[] = [];
  const chore = (name: string) => ({
    name,
    everySeconds: 60,
    atStart: true,
    async work() {
      if (name === 'bad') throw new Error('It failed.');
      done.push(name);
    },
  });
  const chores = createChores({
    database: opened.database,
    chores: [chore('bad'), chore('good')],
    isAlone: false,
    log,
  });
  await chores.start();
  await expect.poll(() => done).toEqual(['good']);
  await chores.stop();
});
