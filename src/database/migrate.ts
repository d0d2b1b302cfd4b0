import { sql } from 'kysely';
import { StillroarError } from '../errors.ts';
import { migrations } from './migrations.ts';
import type { Database } from './schema.ts';

/** Any number that no other program on the same database takes for its advisory locks. */
const MIGRATION_LOCK = 5_711_420_063;

/**
 * Brings the schema up to date, or to an older version when a backup wants it, forward only, in one transaction and under
 * a lock: several servers may start at once.
 * @throws StillroarError `configuration` when the database was written by a newer version
 */
export async function migrate(database: Database, to = migrations.length): Promise<void> {
  await database.transaction().execute(async (transaction) => {
    await sql`select pg_advisory_xact_lock(${MIGRATION_LOCK}::bigint)`.execute(transaction);
    await sql`create table if not exists migration (
      version integer primary key,
      applied_at timestamptz not null default now()
    )`.execute(transaction);
    const { version: applied } = await transaction
      .selectFrom('migration')
      .select(({ fn }) => fn.coalesce(fn.max('version'), sql<number>`0`).as('version'))
      .executeTakeFirstOrThrow();
    if (applied > migrations.length) {
      throw new StillroarError(
        'configuration',
        `The database is at version ${applied}; this Stillroar knows versions up to ${migrations.length}. ` +
          'Start the version that wrote it, or restore a backup.',
      );
    }
    for (const [index, statements] of migrations.slice(applied, to).entries()) {
      for (const statement of statements) await sql.raw(statement).execute(transaction);
      await transaction
        .insertInto('migration')
        .values({ version: applied + index + 1 })
        .execute();
    }
  });
}
