import { setImmediate } from 'node:timers/promises';
import { sql } from 'kysely';
import type pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createEmbeddedDirectory, type TestDirectory } from '../../test/support/database.ts';
import { isConnectionLoss } from './connection-loss.ts';
import { type Embedded, openEmbedded } from './embedded.ts';
import { createQueueDatabase } from './embedded-queue.ts';
import { openDatabase } from './open.ts';

let directory: TestDirectory;
let embedded: Embedded;
let pool: pg.Pool;
let queue: ReturnType<typeof createQueueDatabase>;
beforeAll(async () => {
  directory = await createEmbeddedDirectory();
  embedded = openEmbedded(`${directory.path}/database`);
  pool = embedded.pool;
  queue = createQueueDatabase(pool);
  await pool.query('create table number (value integer primary key)');
});
afterAll(async () => {
  await embedded.close();
  await directory.remove();
});

test('answers requests while a statement is at work', async () => {
  let turns = 0;
  let isDone = false;
  const counted = pool
    .query('select count(*)::integer as count from generate_series(1, 500000)')
    .then(({ rows: [first] }) => {
      isDone = true;
      return first;
    });
  while (!isDone) {
    await setImmediate();
    turns++;
  }
  console.log(`${turns} turns of the event loop during one statement`);
  expect(await counted).toEqual({ count: 500_000 });
  expect(turns).toBeGreaterThan(10);
});

test('plans a statement with values once, however often it runs and fails', async () => {
  for (const value of [1, 2, 2, 3]) {
    await queue.executeSql('insert into number values ($1)', [value]).catch((error) => {
      expect(error).toMatchObject({ code: '23505', constraint: 'number_pkey' });
    });
  }
  expect((await queue.executeSql('select value from number')).rows).toHaveLength(3);
  const { rows } = await queue.executeSql(
    `select (generic_plans + custom_plans)::integer as runs from pg_prepared_statements
     where statement = 'insert into number values ($1)'`,
  );
  expect(rows).toEqual([{ runs: 4 }]);
});

test('leaves no transaction open behind a text of several statements that fails', async () => {
  await expect(
    queue.executeSql('begin; insert into number values (9); select 1 / 0; commit'),
  ).rejects.toThrow('division by zero');
  await queue.executeSql('insert into number values (10)');
  const { rows } = await queue.executeSql('begin; select value from number where value > 5; commit');
  expect(rows).toEqual([{ value: 10 }]);
});

test('takes up the room of what was deleted', async () => {
  const other = await createEmbeddedDirectory();
  const { database, tidy, close } = await openDatabase({ dataDirectory: other.path, databaseUrl: undefined });
  const size = async () => {
    const { rows } = await sql<{ bytes: number }>`select pg_relation_size('gone')::integer as bytes`.execute(
      database,
    );
    return rows[0]!.bytes;
  };
  await sql`create table gone as select n from generate_series(1, 20000) n`.execute(database);
  await sql`delete from gone`.execute(database);
  const before = await size();
  await tidy!();
  console.log(`${before} bytes before, ${await size()} after`);
  expect(await size()).toBeLessThan(before / 10);
  await close();
  await other.remove();
});

test('when its thread dies, what was under way fails, and the next query finds every commit and every listener', async () => {
  const heard: string[] = [];
  let gaps = 0;
  await queue.listen(
    'news',
    (payload) => heard.push(payload),
    () => {
      gaps++;
    },
  );
  await queue.executeSql(`select pg_notify('news', 'before')`);
  const client = await pool.connect();
  const underWay = client.query('select count(*) from generate_series(1, 5000000)').catch((error) => error);
  const { connection } = client as unknown as { connection: { stream: { thread: { terminate(): void } } } };
  connection.stream.thread.terminate();
  expect(isConnectionLoss(await underWay)).toBe(true);
  client.release();
  expect((await queue.executeSql('select value from number where value = 10')).rows).toEqual([{ value: 10 }]);
  await queue.executeSql(`select pg_notify('news', 'after')`);
  expect(heard).toEqual(['before', 'after']);
  expect(gaps).toBe(2);
});
