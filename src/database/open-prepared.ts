import { existsSync } from 'node:fs';
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { PGlite } from '@electric-sql/pglite';
import { openDurable } from './durable-pglite.ts';
import { unpack } from './unpack.ts';

/** A data directory with all migrations and the queue's tables, made by `prepare.ts` during the build. */
const PREPARED = new URL('./prepared.tar.gz', import.meta.url);

/**
 * Opens PGlite in a directory that nobody else has open. A new directory is filled beside and then renamed, so that a
 * start that was cut off leaves nothing half-made behind: from the prepared data directory, or by initdb when there is
 * none, which takes seconds.
 */
export async function openPrepared(directory: string): Promise<PGlite> {
  if (!existsSync(directory)) {
    const beside = `${directory}.new`;
    await rm(beside, { recursive: true, force: true });
    await mkdir(beside, { recursive: true, mode: 0o700 });
    if (existsSync(PREPARED)) await unpack(await readFile(PREPARED), beside);
    else await (await openDurable(beside)).close();
    await rename(beside, directory);
    await syncDirectory(dirname(directory));
  }
  return openDurable(directory);
}

async function syncDirectory(directory: string): Promise<void> {
  const handle = await open(join(directory, '.'), 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
