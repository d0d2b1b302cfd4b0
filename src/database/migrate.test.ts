import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestDatabase, type TestDatabase } from '../../test/support/database.ts';
import { migrate } from './migrate.ts';
import { migrations } from './migrations.ts';

let opened: TestDatabase;
beforeAll(async () => {
  opened = await openTestDatabase();
});
afterAll(() => opened.close());

test('migrating twice changes nothing', async () => {
  await migrate(opened.database);
  const applied = await opened.database.selectFrom('migration').select('version').execute();
  expect(applied.map(({ version }) => version)).toEqual(migrations.map((_, index) => index + 1));
});

test('a database of a newer version is refused with a sentence', async () => {
  const newer = migrations.length + 4;
  await opened.database.insertInto('migration').values({ version: newer }).execute();
  await expect(migrate(opened.database)).rejects.toThrow(`The database is at version ${newer}`);
});
