import { createHash, randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { cp, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { inject } from 'vitest';
import { createAccounts } from '../../src/credits/accounts.ts';
import { createSealing } from '../../src/credits/sealing.ts';
import { type OpenDatabase, openDatabase } from '../../src/database/open.ts';
import { openQueue, type Queue } from '../../src/tasks/queue.ts';

/** In a data directory whose database is a PostgreSQL: the file with its URL. */
const URL_FILE = 'database-url';

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

/** A data directory of a test's own. */
export interface TestDirectory {
  path: string;
  remove(): Promise<void>;
}

/** A new data directory with an up-to-date, empty embedded database. */
export async function createEmbeddedDirectory(): Promise<TestDirectory> {
  const path = await mkdtemp(join(tmpdir(), 'stillroar-test-'));
  await cp(await templateDirectory(), path, { recursive: true });
  return { path, remove: () => rm(path, { recursive: true, force: true }) };
}

/** A new data directory with an empty database of the kind that the suite runs on: see `postgres-setup.ts`. */
export async function createDataDirectory(): Promise<TestDirectory> {
  const port = inject('postgresPort');
  if (port === 0) return createEmbeddedDirectory();
  const path = await mkdtemp(join(tmpdir(), 'stillroar-test-'));
  const url = (database: string) => `postgres://postgres@127.0.0.1:${port}/${database}`;
  const name = `test_${randomBytes(8).toString('hex')}`;
  await query(url('postgres'), `create database ${name}`);
  await writeFile(join(path, URL_FILE), url(name));
  return {
    path,
    async remove() {
      await query(url('postgres'), `drop database ${name} with (force)`);
      await rm(path, { recursive: true, force: true });
    },
  };
}

/** The URL of the PostgreSQL that belongs to a test's data directory; undefined for the embedded one. */
export async function databaseUrlOf(dataDirectory: string): Promise<string | undefined> {
  return readFile(join(dataDirectory, URL_FILE), 'utf8').catch(() => undefined);
}

async function query(url: string, text: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(text);
  await client.end();
}

/** Opens the database of a test's data directory, while no server has it open if it is the embedded one. */
export async function openDataDirectory(path: string): Promise<OpenDatabase> {
  return openDatabase({ dataDirectory: path, databaseUrl: await databaseUrlOf(path) });
}

/** An open database with its queue and the first account. */
export interface TestDatabase extends OpenDatabase {
  queue: Queue;
  uid: number;
}

/** Opens a new database, or that of a directory which nobody else has open; `close` removes it. */
export async function openTestDatabase(directory?: TestDirectory): Promise<TestDatabase> {
  const data = directory ?? (await createDataDirectory());
  const opened = await openDataDirectory(data.path);
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
