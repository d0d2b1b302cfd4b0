import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { cp, mkdtemp, readFile, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createAccounts } from '../../src/credits/accounts.ts';
import { createSealing } from '../../src/credits/sealing.ts';
import { type OpenDatabase, openDatabase } from '../../src/database/open.ts';
import { openQueue, type Queue } from '../../src/tasks/queue.ts';

/**
 * A data directory as a first start leaves it. initdb takes seconds: it runs once for a state of the migrations and
 * the lockfile, and each test gets a copy.
 */
async function templateDirectory(): Promise<string> {
  const hash = createHash('sha256');
  for (const file of [
    '../../src/database/migrations.ts',
    '../../src/tasks/queue.ts',
    '../../package-lock.json',
  ]) {
    hash.update(await readFile(new URL(file, import.meta.url)));
  }
  const template = join(tmpdir(), `stillroar-test-database-${hash.digest('hex').slice(0, 16)}`);
  if (existsSync(template)) return template;
  const directory = await mkdtemp(join(tmpdir(), 'stillroar-test-'));
  const opened = await openDatabase({ dataDirectory: directory, databaseUrl: undefined });
  const queue = await openQueue(opened.queueOptions, fail);
  await queue.close();
  await opened.close();
  await rename(directory, template).catch(() => rm(directory, { recursive: true, force: true }));
  return template;
}

/** A new data directory with an up-to-date, empty database. */
export async function createDataDirectory(): Promise<{ path: string; remove(): Promise<void> }> {
  const path = await mkdtemp(join(tmpdir(), 'stillroar-test-'));
  await cp(await templateDirectory(), path, { recursive: true });
  return { path, remove: () => rm(path, { recursive: true, force: true }) };
}

/** An open database with its queue and the first account. */
export interface TestDatabase extends OpenDatabase {
  queue: Queue;
  uid: number;
}

/** Opens a new database; `close` removes it. */
export async function openTestDatabase(): Promise<TestDatabase> {
  const data = await createDataDirectory();
  const opened = await openDatabase({ dataDirectory: data.path, databaseUrl: undefined });
  const queue = await openQueue(opened.queueOptions, fail);
  const accounts = createAccounts(opened.database, createSealing('a secret key for tests'));
  const { clientSecret } = await accounts.ensureFirst({});
  const account = await accounts.findBySecret(clientSecret);
  return {
    ...opened,
    queue,
    uid: account!.uid,
    async close() {
      await queue.close();
      await opened.close();
      await data.remove();
    },
  };
}

function fail(error: Error): never {
  throw error;
}
