import { setImmediate } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createEmbeddedDirectory, type TestDirectory } from '../../test/support/database.ts';
import { isConnectionLoss } from './connection-loss.ts';
import { openEmbedded } from './embedded.ts';
import type { EmbeddedClient } from './embedded-client.ts';

let directory: TestDirectory;
let client: EmbeddedClient;
beforeAll(async () => {
  directory = await createEmbeddedDirectory();
  client = await openEmbedded(`${directory.path}/database`);
  await client.exec('create table number (value integer primary key)');
});
afterAll(async () => {
  await client.close();
  await directory.remove();
});

const rows = async (text: string, values?: unknown[]) => (await client.query(text, values)).rows;

test('brings values over as the other database does', async () => {
  const { rows: found } = await client.query(
    `select $1::timestamptz as at, $2::bigint as large, $3::jsonb as plan, $4::bytea as bytes, null as nothing`,
    [new Date(5), '9007199254740993', { moves: ['dolly'] }, new Uint8Array([1, 2])],
  );
  expect(found).toEqual([
    {
      at: new Date(5),
      large: '9007199254740993',
      plan: { moves: ['dolly'] },
      bytes: new Uint8Array([1, 2]),
      nothing: null,
    },
  ]);
});

test('answers requests while a statement is at work', async () => {
  let turns = 0;
  let isDone = false;
  const counted = client
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

test('lets a transaction have the session to itself', async () => {
  const seen: unknown[] = [];
  const first = client.transaction(async ({ query }) => {
    await query('insert into number values (1)');
    await setImmediate();
    seen.push((await query('select count(*)::integer as count from number')).rows);
  });
  const outside = rows('select count(*)::integer as count from number').then((count) => seen.push(count));
  const second = client.transaction(async ({ query }) => {
    await query('insert into number values (2)');
    throw new Error('changed my mind');
  });
  await expect(second).rejects.toThrow('changed my mind');
  await Promise.all([first, outside]);
  expect(seen).toEqual([[{ count: 1 }], [{ count: 1 }]]);
  expect(await rows('select value from number')).toEqual([{ value: 1 }]);
});

test('says when a commit became a rollback', async () => {
  const done = client.transaction(async ({ query }) => {
    await query('insert into number values (3)');
    await query('insert into number values (3)').catch(() => {});
  });
  await expect(done).rejects.toMatchObject({ code: '25P02' });
  expect(await rows('select value from number where value = 3')).toEqual([]);
});

test('says what PostgreSQL says of a mistake, and not with which values', async () => {
  const error = await client.query('insert into number values ($1)', ['my secret']).catch((caught) => caught);
  expect(error).toMatchObject({ code: '22P02', message: expect.stringContaining('invalid input syntax') });
  expect(error).not.toHaveProperty('params');
});

test('hears notifications until it no longer listens', async () => {
  const heard: string[] = [];
  const stop = await client.listen('news', (payload) => heard.push(payload));
  await client.query(`select pg_notify('news', 'one')`);
  await stop();
  await client.query(`select pg_notify('news', 'two')`);
  expect(heard).toEqual(['one']);
});

test('rejects what is under way and what comes later when the thread is gone', async () => {
  const other = await createEmbeddedDirectory();
  const lost = await openEmbedded(`${other.path}/database`);
  const underWay = lost.query('select count(*) from generate_series(1, 5000000)').catch((error) => error);
  await (lost as unknown as { thread: { terminate(): Promise<number> } }).thread.terminate();
  expect(isConnectionLoss(await underWay)).toBe(true);
  expect(isConnectionLoss(await lost.query('select 1').catch((error) => error))).toBe(true);
  await lost.close();
  await other.remove();
});
