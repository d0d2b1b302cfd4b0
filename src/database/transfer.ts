import { sql } from 'kysely';
import { StillroarError } from '../errors.ts';
import type { Database, DatabaseTransaction } from './schema.ts';

/**
 * Our tables, those before which others refer to them, with the order of their rows. Left out are `migration`, which a
 * migrated database has, `chore`, which begins anew, and the queue's, which is filled from the tasks.
 */
export const transferTables = [
  { name: 'account', order: 'uid' },
  { name: 'api_key', order: 'client_id collate "C"' },
  { name: 'ledger', order: 'id' },
  { name: 'task', order: 'id collate "C"' },
  { name: 'output', order: 'key collate "C"' },
  { name: 'input_file', order: 'key collate "C"' },
  { name: 'upload', order: 'id collate "C"' },
  { name: 'session', order: 'token_hash collate "C"' },
  { name: 'idempotency', order: 'uid, key collate "C"' },
  { name: 'delivery', order: 'id' },
  { name: 'delivery_attempt', order: 'delivery_id, attempt' },
] as const;

/** One of {@link transferTables}. */
export type TransferTable = (typeof transferTables)[number];

/** Rows as JSON text, as PostgreSQL writes it: no digit of a number or a time is lost on the way. */
export type RowBatch = { table: string; rows: string[] };

const BATCH = 500;

/** Does the work in a transaction that sees one state of the database, and in which times are written in UTC. */
export function inSnapshot<Value>(
  database: Database,
  work: (transaction: DatabaseTransaction) => Promise<Value>,
): Promise<Value> {
  return database
    .transaction()
    .setIsolationLevel('repeatable read')
    .execute(async (transaction) => {
      await sql`set local timezone to 'UTC'`.execute(transaction);
      return work(transaction);
    });
}

/** The rows of a table in its order, some hundred at a time. */
async function* readRows(
  transaction: DatabaseTransaction,
  { name, order }: TransferTable,
): AsyncGenerator<string[]> {
  const cursor = sql.id(`transfer_${name}`);
  const table = sql.table(name);
  await sql`declare ${cursor} no scroll cursor for
    select to_jsonb(t)::text as row from ${table} t order by ${sql.raw(order)}`.execute(transaction);
  for (;;) {
    const { rows } = await sql<{ row: string }>`fetch ${sql.lit(BATCH)} from ${cursor}`.execute(transaction);
    if (rows.length === 0) break;
    yield rows.map(({ row }) => row);
  }
  await sql`close ${cursor}`.execute(transaction);
}

/** All rows of all tables. */
export async function* readAll(transaction: DatabaseTransaction): AsyncGenerator<RowBatch> {
  for (const table of transferTables) {
    for await (const rows of readRows(transaction, table)) yield { table: table.name, rows };
  }
}

/** @throws StillroarError `configuration` when there already is an account, whose rows would be mixed with others */
export async function checkEmpty(database: Database, where: string): Promise<void> {
  const { accounts } = await database
    .selectFrom('account')
    .select(({ fn }) => fn.countAll<string>().as('accounts'))
    .executeTakeFirstOrThrow();
  if (accounts === '0') return;
  throw new StillroarError(
    'configuration',
    `${where} already holds ${accounts} ${accounts === '1' ? 'account' : 'accounts'}. Name an empty one.`,
  );
}

/** Removes our tables with their triggers' functions, and nothing else that may be in the database. */
export async function dropAll(transaction: DatabaseTransaction): Promise<void> {
  const names = [...transferTables.map(({ name }) => name as string), 'chore', 'migration'];
  const { rows: functions } = await sql<{ name: string }>`
    select distinct tgfoid::regprocedure::text as name from pg_trigger
    where not tgisinternal and tgrelid::regclass::text = any(${names}::text[])`.execute(transaction);
  for (const name of names.reverse()) {
    await sql`drop table if exists ${sql.table(name)}`.execute(transaction);
  }
  for (const { name } of functions) await sql`drop function ${sql.raw(name)}`.execute(transaction);
}

/**
 * Writes rows into empty tables as they are; answers how many, by table. The triggers that make the ledger's books rest
 * meanwhile: that the books are right is checked afterwards.
 * @throws StillroarError `configuration` when an account's balance is not the sum of its ledger
 */
export async function writeAll(
  transaction: DatabaseTransaction,
  batches: AsyncIterable<RowBatch>,
): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { name } of transferTables) counts[name] = 0;
  const setTriggers = async (how: 'disable' | 'enable') => {
    for (const name of Object.keys(counts)) {
      const { rows } = await sql`select to_regclass(${name}) as found`.execute(transaction);
      if ((rows[0] as { found: string | null }).found === null) continue;
      await sql`alter table ${sql.table(name)} ${sql.raw(how)} trigger user`.execute(transaction);
    }
  };
  await setTriggers('disable');
  for await (const { table, rows } of batches) {
    const known = transferTables.find(({ name }) => name === table);
    if (!known) throw new StillroarError('configuration', `There is no table ${table} to restore.`);
    await sql`insert into ${sql.table(table)} overriding system value
      select * from jsonb_populate_recordset(null::${sql.table(table)}, ${`[${rows.join(',')}]`}::jsonb)`.execute(
      transaction,
    );
    counts[table]! += rows.length;
  }
  await setTriggers('enable');
  await continueSequences(transaction);
  await checkBooks(transaction);
  return counts;
}

/** Lets numbers that the database gives go on behind those that were written. */
async function continueSequences(transaction: DatabaseTransaction): Promise<void> {
  const { rows } = await sql<{ table_name: string; column_name: string }>`
    select table_name, column_name from information_schema.columns
    where table_schema = 'public' and is_identity = 'YES'`.execute(transaction);
  for (const { table_name, column_name } of rows) {
    const column = sql.id(column_name);
    await sql`select setval(pg_get_serial_sequence(${table_name}, ${column_name}), max(${column}))
      from ${sql.table(table_name)} having max(${column}) is not null`.execute(transaction);
  }
}

async function checkBooks(transaction: DatabaseTransaction): Promise<void> {
  const { rows } = await sql<{ uid: number }>`select uid from account where credits <>
    (select coalesce(sum(amount), 0) from ledger where ledger.uid = account.uid)`.execute(transaction);
  if (rows.length === 0) return;
  throw new StillroarError(
    'configuration',
    `The balance of account ${rows[0]!.uid} is not the sum of its ledger. Nothing was written.`,
  );
}

/**
 * Compares two databases row by row; answers how many rows are equal, by table.
 * @throws StillroarError `configuration` at the first difference
 */
export async function compareAll(
  source: DatabaseTransaction,
  target: DatabaseTransaction,
): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const table of transferTables) {
    const other = readRows(target, table);
    let count = 0;
    for await (const rows of readRows(source, table)) {
      const { value = [] } = await other.next();
      const at = rows.findIndex((row, index) => row !== value[index]);
      if (at >= 0 || value.length !== rows.length) throw different(table.name, rows[Math.max(at, 0)]);
      count += rows.length;
    }
    const rest = await other.next();
    if (!rest.done) throw different(table.name, rest.value[0]);
    counts[table.name] = count;
  }
  return counts;
}

function different(table: string, row: string | undefined): StillroarError {
  const start = row?.slice(0, 80) ?? '';
  return new StillroarError(
    'configuration',
    `The copy differs in the table ${table}, at ${start}… Nothing was written.`,
  );
}
