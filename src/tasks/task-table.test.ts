import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestDatabase, type TestDatabase } from '../../test/support/database.ts';
import type { Database } from '../database/schema.ts';
import { selectLiveTaskIds, selectTaskPage, selectTaskSearch } from './task-table.ts';

// An account with twelve thousand tasks, one a minute: what is looked at does not grow with them.

const TASKS = 12_000;
const HOUR = 60;

let opened: TestDatabase;
let uid: number;

beforeAll(async () => {
  opened = await openTestDatabase();
  uid = opened.uid;
  const { database } = opened;
  await sql`insert into task (id, uid, client_id, kind, state, input, seed, engine, model, credits, priority, dialect, created_at,
      updated_at)
    select lpad(to_hex(number), 24, '0'), ${uid}, 'c', case when number = 7 then 'video-to-audio' else 'image-to-video' end,
      case when number = 5 then 'failed' when number > ${TASKS - 20} then 'queued' else 'completed' end,
      jsonb_build_object('prompt', case when number in (9, ${TASKS - 3}) then 'a volcano' else 'a stream' end), 1, 'builtin',
      'builtin-fast', 1, 0, 'native', made.at, made.at
    from generate_series(1, ${TASKS}::integer) number,
      lateral (select now() - make_interval(mins => ${TASKS} - number) as at) made`.execute(database);
});
afterAll(() => opened.close());

const idOf = (number: number): string => number.toString(16).padStart(24, '0');

/** Does something, and answers how many entries of `task` and of its indices were looked at. */
async function countLooks<Value>(
  work: (database: Database) => Promise<Value>,
): Promise<{ value: Value; looks: number }> {
  return opened.database.transaction().execute(async (transaction) => {
    const looked = async (): Promise<number> => {
      const { rows } = await sql<{ looks: number }>`select (
          (select seq_tup_read from pg_stat_xact_user_tables where relname = 'task') +
          (select sum(pg_stat_get_xact_tuples_returned(indexrelid)) from pg_index where indrelid = 'task'::regclass)
        )::integer as looks`.execute(transaction);
      return rows[0]!.looks;
    };
    const before = await looked();
    const value = await work(transaction);
    const looks = (await looked()) - before;
    console.log(`${expect.getState().currentTestName}: ${looks} looked at of ${TASKS}`);
    return { value, looks };
  });
}

/** As a database that has never gathered statistics plans, and as one that has. */
const ages = [
  { age: 'new', prepare: async () => {} },
  { age: 'analysed', prepare: () => sql`analyze task`.execute(opened.database) },
];

test.each(ages)(
  'the beginning of a stream looks at what it tells, in a $age database',
  async ({ prepare }) => {
    await prepare();
    const hourAgo = new Date(Date.now() - HOUR * 60_000);
    const { value, looks } = await countLooks((database) => selectLiveTaskIds(database, uid, hourAgo));
    expect(value.length).toBeGreaterThan(HOUR - 3);
    expect(value.length).toBeLessThan(HOUR + 3);
    expect(value.at(-1)).toBe(idOf(TASKS));
    expect(looks).toBeGreaterThanOrEqual(value.length);
    expect(looks).toBeLessThan(2 * HOUR);
  },
);

test('without a time it looks at what is not finished', async () => {
  const { value, looks } = await countLooks((database) => selectLiveTaskIds(database, uid, undefined));
  expect(value).toHaveLength(20);
  expect(looks).toBeLessThan(60);
});

test.each(ages)('a rare state and a rare kind are found at once, in a $age database', async ({ prepare }) => {
  await prepare();
  const page = { after: undefined, limit: 30 };
  const failed = await countLooks((database) =>
    selectTaskSearch(database, uid, { states: ['failed'] }, page),
  );
  expect(failed.value).toEqual({ ids: [idOf(5)], next: undefined });
  expect(failed.looks).toBeLessThan(10);
  const ofKind = await countLooks((database) =>
    selectTaskPage(database, uid, 'video-to-audio', { offset: 0, limit: 30 }),
  );
  expect(ofKind.value).toEqual([idOf(7)]);
  expect(ofKind.looks).toBeLessThan(10);
});

test('a search for words looks through so many tasks a page, and goes on to the end', async () => {
  const found: string[][] = [];
  let after: string | undefined;
  do {
    const { value, looks } = await countLooks((database) =>
      selectTaskSearch(database, uid, { text: 'VOLCANO' }, { after, limit: 30 }),
    );
    expect(looks).toBeLessThan(10_100);
    found.push(value.ids);
    after = value.next;
  } while (after !== undefined);
  expect(found).toEqual([[idOf(TASKS - 3)], [], [idOf(9)]]);
});

test('a search that finds a full page continues behind its last task', async () => {
  const page = { after: undefined, limit: 10 };
  const { ids, next } = await selectTaskSearch(opened.database, uid, { text: 'stream' }, page);
  expect(ids.slice(0, 4)).toEqual([0, 1, 2, 4].map((back) => idOf(TASKS - back)));
  const more = await selectTaskSearch(opened.database, uid, { text: 'stream' }, { after: next, limit: 1 });
  expect(more.ids).toEqual([idOf(TASKS - 11)]);
});
