import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Postgres, startPostgres } from '../../test/support/postgres.ts';
import { migrations } from './migrations.ts';
import { openDatabase } from './open.ts';

let postgres: Postgres;
beforeAll(async () => {
  postgres = await startPostgres();
});
afterAll(() => postgres.stop());

const open = (databaseUrl: string) => openDatabase({ dataDirectory: 'unused', databaseUrl });

test('ten servers that start at once on an empty database migrate it once', async () => {
  const url = await postgres.createDatabase('migrated');
  const opened = await Promise.all(Array.from({ length: 10 }, () => open(url)));
  const applied = await opened[0]!.database.selectFrom('migration').select('version').execute();
  expect(applied.map(({ version }) => version)).toEqual(migrations.map((_, index) => index + 1));
  for (const { close } of opened) await close();
});

test('a database of a newer version is refused, and its address is not held', async () => {
  const url = await postgres.createDatabase('newer');
  const first = await open(url);
  await first.database
    .insertInto('migration')
    .values({ version: migrations.length + 1 })
    .execute();
  await first.close();
  await expect(open(url)).rejects.toThrow(`this Stillroar knows versions up to ${migrations.length}`);
});

test('one that is not there or does not let us in is named, without its password', async () => {
  const nobody = `postgres://me:secret@127.0.0.1:1/stillroar`;
  await expect(open(nobody)).rejects.toThrow(
    'The PostgreSQL database stillroar at 127.0.0.1:1 cannot be used: connect ECONNREFUSED 127.0.0.1:1. Check DATABASE_URL.',
  );
  await expect(open(postgres.url('missing'))).rejects.toThrow('database "missing" does not exist');
});

test('when PostgreSQL dies, what was under way fails, this process lives, and the next query finds it again', async () => {
  const { database, ping, close } = await open(await postgres.createDatabase('dying'));
  const cut = database.transaction().execute(async (transaction) => {
    await sql`select 1`.execute(transaction);
    await postgres.kill();
    await sql`select 2`.execute(transaction);
  });
  // A query that waits when the connection goes, as most do.
  const waiting = sql`select pg_sleep(60)`.execute(database);
  await Promise.all([expect(cut).rejects.toThrow(), expect(waiting).rejects.toThrow()]);
  await expect(ping()).rejects.toThrow('ECONNREFUSED');
  await postgres.restart();
  await ping();
  await close();
});
