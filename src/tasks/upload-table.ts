import { type Insertable, sql } from 'kysely';
import type { Database, DatabaseTransaction, UploadRow, UploadTable } from '../database/schema.ts';

/** All SQL of the table `upload`. */

/** Writes an upload down unless the account's uploads would take more than so many bytes together; false then. */
export async function insertUpload(
  database: Database,
  row: Insertable<UploadTable>,
  quota: number,
): Promise<boolean> {
  return database.transaction().execute(async (transaction) => {
    // Two uploads at once must not both find room for one.
    await sql`select pg_advisory_xact_lock(${row.uid}::bigint)`.execute(transaction);
    if ((await sumUploads(transaction, row.uid)) + row.bytes > quota) return false;
    await transaction.insertInto('upload').values(row).execute();
    return true;
  });
}

/** How many bytes the account's uploads take; of no account, everybody's. */
export async function sumUploads(database: Database, uid: number | undefined): Promise<number> {
  let query = database.selectFrom('upload').select(sql<string>`coalesce(sum(bytes), 0)`.as('bytes'));
  if (uid !== undefined) query = query.where('uid', '=', uid);
  const { bytes } = await query.executeTakeFirstOrThrow();
  return Number(bytes);
}

/** The account's upload with this id. */
export async function selectUpload(
  database: Database,
  uid: number,
  id: string,
): Promise<UploadRow | undefined> {
  return database
    .selectFrom('upload')
    .selectAll()
    .where('uid', '=', uid)
    .where('id', '=', id)
    .executeTakeFirst();
}

/** The upload under this storage key, whoever's it is. */
export async function selectUploadByKey(database: Database, key: string): Promise<UploadRow | undefined> {
  return database.selectFrom('upload').selectAll().where('key', '=', key).executeTakeFirst();
}

/** Keeps the uploads among these storage keys at least until then. */
export async function keepUploads(
  transaction: DatabaseTransaction,
  keys: readonly string[],
  until: Date,
): Promise<void> {
  if (keys.length === 0) return;
  await transaction
    .updateTable('upload')
    .set({ expires_at: sql`greatest(expires_at, ${until})` })
    .where('key', 'in', keys)
    .execute();
}

/** Storage keys of uploads whose time is over. */
export async function selectExpiredUploadKeys(database: Database, now: Date): Promise<string[]> {
  const rows = await database
    .selectFrom('upload')
    .select('key')
    .where('expires_at', '<', now)
    .limit(1000)
    .execute();
  return rows.map(({ key }) => key);
}

/** Which of these storage keys are uploads. */
export async function selectUploadKeys(database: Database, keys: readonly string[]): Promise<string[]> {
  const rows = await database
    .selectFrom('upload')
    .select('key')
    .where('key', '=', sql<string>`any(${keys}::text[])`)
    .execute();
  return rows.map(({ key }) => key);
}

/** Forgets an upload; its file must be gone. */
export async function deleteUpload(database: Database, key: string): Promise<void> {
  await database.deleteFrom('upload').where('key', '=', key).execute();
}
