import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type BackupHeader, openBackup, writeBackup } from '../database/backup-file.ts';
import { migrate } from '../database/migrate.ts';
import { migrations } from '../database/migrations.ts';
import type { Database } from '../database/schema.ts';
import { checkEmpty, compareAll, dropAll, inSnapshot, readAll, writeAll } from '../database/transfer.ts';
import { StillroarError } from '../errors.ts';
import type { Queue } from './queue.ts';
import { requeueOpenTasks } from './requeue.ts';

/** What was carried over: rows by table, and how many tasks wait again. */
export interface Carried {
  rows: Record<string, number>;
  requeued: number;
}

/** Writes all that is in the database, and the secret key if it is given, into a file, while servers may run. */
export async function backUp(database: Database, path: string, secretKey: string | undefined): Promise<void> {
  const createdAt = new Date().toISOString();
  const header: BackupHeader = { schema: migrations.length, createdAt, ...(secretKey && { secretKey }) };
  await inSnapshot(database, (transaction) => writeBackup(path, header, readAll(transaction)));
}

const kept = /^stillroar-[\dTZ-]+\.backup$/;

/** Writes a backup named after the time into a directory and keeps the newest so many there. */
export async function backUpInto(
  directory: string,
  database: Database,
  secretKey: string | undefined,
  most: number,
  now: Date,
): Promise<void> {
  await mkdir(directory, { recursive: true, mode: 0o700 });
  const time = now.toISOString().slice(0, 19).replaceAll(':', '-');
  await backUp(database, join(directory, `stillroar-${time}Z.backup`), secretKey);
  const names = (await readdir(directory)).filter((name) => kept.test(name)).sort();
  for (const name of names.slice(0, -most)) await rm(join(directory, name), { force: true });
}

/**
 * Fills an empty database from a backup of this version or an older one, all of it or nothing.
 * @throws StillroarError `configuration` when the database is not empty, the file is damaged or from a newer version
 */
export async function restore(
  database: Database,
  queue: Queue,
  path: string,
): Promise<Carried & { header: BackupHeader }> {
  await checkEmpty(database, 'The database');
  const { header, batches } = await openBackup(path);
  if (header.schema > migrations.length) {
    throw new StillroarError(
      'configuration',
      `The backup is of version ${header.schema}; this Stillroar knows versions up to ${migrations.length}. ` +
        'Restore it with the version that wrote it, or a later one.',
    );
  }
  if (header.schema < migrations.length) {
    // The rows fit the tables of their own time, which are then migrated with them.
    await database.transaction().execute(dropAll);
    await migrate(database, header.schema);
  }
  const carried = await database.transaction().execute(async (transaction) => ({
    rows: await writeAll(transaction, batches),
    requeued: await requeueOpenTasks(transaction, queue),
  }));
  await migrate(database);
  return { ...carried, header };
}

/**
 * Copies a database that no server has open into an empty one, and compares every row before any of it counts.
 * @throws StillroarError `configuration` when the target is not empty or the copy differs; then nothing was written
 */
export async function carryOver(source: Database, target: Database, targetQueue: Queue): Promise<Carried> {
  await checkEmpty(target, 'The PostgreSQL database');
  return inSnapshot(source, (from) =>
    inSnapshot(target, async (to) => {
      await writeAll(to, readAll(from));
      const rows = await compareAll(from, to);
      return { rows, requeued: await requeueOpenTasks(to, targetQueue) };
    }),
  );
}
