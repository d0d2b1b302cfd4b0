import { existsSync } from 'node:fs';
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { EmbeddedClient } from './embedded-client.ts';
import { unpack } from './unpack.ts';

/** A data directory with all migrations and the queue's tables, made by `prepare.ts` during the build. */
const PREPARED = new URL('./prepared.tar.gz', import.meta.url);

/**
 * Opens the embedded PostgreSQL in a directory that nobody else has open. A new directory is filled beside and then
 * renamed, so that a start that was cut off leaves nothing half-made behind: from the prepared data directory, or by
 * initdb when there is none, which takes seconds.
 */
export async function openEmbedded(directory: string): Promise<EmbeddedClient> {
  const client = new EmbeddedClient();
  try {
    if (!existsSync(directory)) await fill(directory);
    await client.open(directory);
  } catch (error) {
    await client.close();
    throw error;
  }
  return client;
}

async function fill(directory: string): Promise<void> {
  const beside = `${directory}.new`;
  await rm(beside, { recursive: true, force: true });
  await mkdir(beside, { recursive: true, mode: 0o700 });
  if (existsSync(PREPARED)) await unpack(await readFile(PREPARED), beside);
  else await makeDatabase(beside);
  await rename(beside, directory);
  await syncDirectory(dirname(directory));
}

async function makeDatabase(directory: string): Promise<void> {
  const client = new EmbeddedClient();
  await client.open(directory);
  await client.close();
}

async function syncDirectory(directory: string): Promise<void> {
  const handle = await open(join(directory, '.'), 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
