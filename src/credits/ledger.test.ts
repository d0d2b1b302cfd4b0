import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestDatabase, type TestDatabase } from '../../test/support/database.ts';
import { charge, grant, refund } from './ledger.ts';

let opened: TestDatabase;
beforeAll(async () => {
  opened = await openTestDatabase();
});
afterAll(() => opened.close());

/** The balance, and what the ledger says it should be. */
async function balances(): Promise<{ credits: number; ledger: number }> {
  const { rows } = await sql<{ credits: number; ledger: number }>`
    select credits, (select sum(amount)::integer from ledger where uid = account.uid) as ledger from account
  `.execute(opened.database);
  return rows[0]!;
}

test('moves the balance with every entry', async () => {
  const { uid, database } = opened;
  const before = await balances();
  await database.transaction().execute(async (transaction) => {
    await grant(transaction, uid, 50, 'a gift');
    await charge(transaction, uid, 'a'.repeat(24), 30, 'a task');
  });
  expect(await balances()).toEqual({ credits: before.credits + 20, ledger: before.ledger + 20 });
});

test('gives a charge back in full, once', async () => {
  const before = await balances();
  for (let time = 0; time < 2; time++) {
    await opened.database
      .transaction()
      .execute((transaction) => refund(transaction, 'a'.repeat(24), 'failed'));
  }
  expect(await balances()).toEqual({ credits: before.credits + 30, ledger: before.ledger + 30 });
});

test('charges a task once', async () => {
  const before = await balances();
  const again = opened.database
    .transaction()
    .execute((transaction) => charge(transaction, opened.uid, 'a'.repeat(24), 30, 'again'));
  await expect(again).rejects.toThrow();
  expect(await balances()).toEqual(before);
});

test('refuses a charge that the balance does not cover', async () => {
  const before = await balances();
  const tooMuch = opened.database
    .transaction()
    .execute((transaction) => charge(transaction, opened.uid, 'b'.repeat(24), before.credits + 1, 'much'));
  await expect(tooMuch).rejects.toMatchObject({ code: 'insufficient-credits' });
  expect(await balances()).toEqual(before);
});

test.each([
  ['changing an entry', sql`update ledger set amount = amount + 1`],
  ['deleting entries', sql`delete from ledger`],
  ['emptying the ledger', sql`truncate ledger`],
  ['writing the balance', sql`update account set credits = credits + 1`],
  [
    'an account that begins with credits',
    sql`insert into account (team_id, plan, credits) values (repeat('c', 24), 'pro', 5)`,
  ],
  [
    'a refund without a task',
    sql`insert into ledger (uid, entry, amount, reason) select uid, 'refund', 5, '' from account`,
  ],
])('the database refuses %s', async (_what, statement) => {
  const before = await balances();
  await expect(statement.execute(opened.database)).rejects.toThrow();
  expect(await balances()).toEqual(before);
});
