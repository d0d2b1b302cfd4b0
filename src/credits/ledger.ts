import { type RawBuilder, sql } from 'kysely';
import type { Database, DatabaseTransaction } from '../database/schema.ts';
import { StillroarError } from '../errors.ts';

/**
 * The ledger: append-only entries whose sum is the balance. A trigger moves `account.credits` with every entry, and
 * refuses any other way of changing it.
 */

/** Gives credits to an account. */
export async function grant(
  transaction: DatabaseTransaction,
  uid: number,
  credits: number,
  reason: string,
): Promise<void> {
  await transaction.insertInto('ledger').values({ uid, entry: 'grant', amount: credits, reason }).execute();
}

/**
 * Takes a task's price; once per task.
 * @throws StillroarError `insufficient-credits`; the transaction is over then
 */
export async function charge(
  transaction: DatabaseTransaction,
  uid: number,
  taskId: string,
  credits: number,
  reason: string,
): Promise<void> {
  try {
    await transaction
      .insertInto('ledger')
      .values({ uid, task_id: taskId, entry: 'charge', amount: -credits, reason })
      .execute();
  } catch (error) {
    if ((error as { constraint?: string }).constraint !== 'account_credits_not_negative') throw error;
    throw new StillroarError(
      'insufficient-credits',
      `This costs ${credits} credits and the balance is lower.`,
    );
  }
}

/** Gives back a part of what a task was charged, in credits; once, and instead of the whole. */
export async function giveBack(
  transaction: DatabaseTransaction,
  taskId: string,
  amount: number,
  reason: string,
): Promise<void> {
  await insertRefund(transaction, taskId, sql<number>`${amount}::integer`, reason).execute();
}

/** Gives back what a task was charged, in full; doing it twice changes nothing. */
export async function refund(
  transaction: DatabaseTransaction,
  taskId: string,
  reason: string,
): Promise<void> {
  await insertRefund(transaction, taskId, sql<number>`-amount`, reason)
    .onConflict((conflict) => conflict.columns(['task_id', 'entry']).doNothing())
    .execute();
}

/** An entry beside a task's charge, of so many credits in terms of it; none for a task that was not charged. */
function insertRefund(
  transaction: DatabaseTransaction,
  taskId: string,
  amount: RawBuilder<number>,
  reason: string,
) {
  return transaction
    .insertInto('ledger')
    .columns(['uid', 'task_id', 'entry', 'amount', 'reason'])
    .expression((expression) =>
      expression
        .selectFrom('ledger')
        .where('task_id', '=', taskId)
        .where('entry', '=', 'charge')
        .select(['uid', 'task_id', sql.lit('refund').as('entry'), amount.as('amount')])
        .select(sql<string>`${reason}::text`.as('reason')),
    );
}

/** All that an account was ever granted, in credits, and since when. */
export async function selectGrants(
  database: Database,
  uid: number,
): Promise<{ credits: number; since: Date | null }> {
  return database
    .selectFrom('ledger')
    .select([
      sql<number>`coalesce(sum(amount), 0)::integer`.as('credits'),
      sql<Date | null>`min(created_at)`.as('since'),
    ])
    .where('uid', '=', uid)
    .where('entry', '=', 'grant')
    .executeTakeFirstOrThrow();
}

/** One line of an account's ledger. */
export interface LedgerEntry {
  /** Decimal; a later entry has a higher one. */
  id: string;
  entry: 'grant' | 'charge' | 'refund';
  /** In credits; a charge is negative. */
  amount: number;
  reason: string;
  taskId: string | undefined;
  createdAt: Date;
}

/** An account's ledger, the newest first, older than an entry if one is given. */
export async function selectLedger(
  database: Database,
  uid: number,
  page: { after: string | undefined; limit: number },
): Promise<LedgerEntry[]> {
  let query = database.selectFrom('ledger').selectAll().where('uid', '=', uid);
  if (page.after !== undefined) query = query.where('id', '<', page.after);
  const rows = await query.orderBy('id', 'desc').limit(page.limit).execute();
  return rows.map((row) => ({
    id: row.id,
    entry: row.entry as LedgerEntry['entry'],
    amount: row.amount,
    reason: row.reason,
    taskId: row.task_id ?? undefined,
    createdAt: row.created_at,
  }));
}

/** Credits that moved in all accounts since the beginning, by entry. */
export async function sumLedger(database: Database): Promise<{ entry: string; amount: number }[]> {
  return database
    .selectFrom('ledger')
    .select(['entry', sql<number>`sum(abs(amount))::double precision`.as('amount')])
    .groupBy('entry')
    .orderBy('entry')
    .execute();
}
