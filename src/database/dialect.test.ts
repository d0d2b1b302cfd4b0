import { Kysely, sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type Postgres, startPostgres } from '../../test/support/postgres.ts';
import { EagerDialect } from './dialect.ts';
import { createPool } from './pool.ts';

let postgres: Postgres;
let url: string;
beforeAll(async () => {
  postgres = await startPostgres();
  url = await postgres.createDatabase('eager');
});
afterAll(() => postgres.stop());

let database: Kysely<{ note: { text: string } }>;
const texts = async () =>
  (await database.selectFrom('note').select('text').execute()).map(({ text }) => text);

beforeEach(() => {
  database = open(createPool({ connectionString: url, max: 2 }));
  return () => database.destroy();
});
const open = (pool: ReturnType<typeof createPool>) =>
  new Kysely<{ note: { text: string } }>({ dialect: new EagerDialect(pool) });

test('the first statement of a transaction belongs to it: it is gone with the rest', async () => {
  await sql`create table note (text text)`.execute(database);
  const broken = database.transaction().execute(async (transaction) => {
    await transaction.insertInto('note').values({ text: 'first' }).execute();
    throw new Error('no');
  });
  await expect(broken).rejects.toThrow('no');
  expect(await texts()).toEqual([]);
});

test('fifty at once on two connections each see their own', async () => {
  const add = (text: string) =>
    database.transaction().execute(async (transaction) => {
      await transaction.insertInto('note').values({ text }).execute();
      const { rows } = await sql<{ text: string }>`select text from note where text = ${text}`.execute(
        transaction,
      );
      return rows[0]?.text;
    });
  const wanted = Array.from({ length: 50 }, (_, index) => `note ${index}`);
  expect(await Promise.all(wanted.map(add))).toEqual(wanted);
  expect((await texts()).sort()).toEqual(wanted.sort());
});

test('a statement that fails fails alone, and the transaction that goes on all the same is not said to be committed', async () => {
  const before = await texts();
  const broken = database.transaction().execute(async (transaction) => {
    await transaction.insertInto('note').values({ text: 'lost' }).execute();
    await sql`select 1 / 0`.execute(transaction).catch(() => {});
  });
  await expect(broken).rejects.toThrow();
  expect(await texts()).toEqual(before);
});

test('what could not be begun is not said to be committed', async () => {
  const pool = createPool({ connectionString: url, max: 1 });
  pool.on('connect', (client) => {
    const query = client.query.bind(client) as (...parameters: unknown[]) => unknown;
    client.query = ((text: unknown, ...rest: unknown[]) =>
      query(text === 'begin' ? 'begin nonsense' : text, ...rest)) as typeof client.query;
  });
  const other = open(pool);
  const transaction = other.transaction().execute((begun) => sql`select 1`.execute(begun));
  await expect(transaction).rejects.toThrow('syntax error');
  await other.destroy();
});
