import { existsSync } from 'node:fs';
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import type { Socket } from 'node:net';
import { dirname, join } from 'node:path';
import type pg from 'pg';
import { EmbeddedSocket } from './embedded-socket.ts';
import { createPool } from './pool.ts';
import { prepareStatements } from './prepared-statements.ts';
import { unpack } from './unpack.ts';

/** A data directory with all migrations and the queue's tables, made by `prepare.ts` during the build. */
const PREPARED = new URL('./prepared.tar.gz', import.meta.url);

/** The embedded PostgreSQL, which is opened at the first query. */
export interface Embedded {
  /** Of one connection: PGlite has one session. */
  pool: pg.Pool;
  /** Resolves when the directory is anybody's. */
  close(): Promise<void>;
}

/**
 * The embedded PostgreSQL in a directory that nobody else has open. A new directory is filled beside and then
 * renamed, so that a start that was cut off leaves nothing half-made behind: from the prepared data directory, or by
 * initdb when there is none, which takes seconds.
 */
export async function openEmbedded(directory: string): Promise<Embedded> {
  if (!existsSync(directory)) {
    const beside = `${directory}.new`;
    await rm(beside, { recursive: true, force: true });
    await mkdir(beside, { recursive: true, mode: 0o700 });
    if (existsSync(PREPARED)) await unpack(await readFile(PREPARED), beside);
    else await makeDatabase(beside);
    await rename(beside, directory);
    await syncDirectory(dirname(directory));
  }
  return connect(directory);
}

function connect(directory: string): Embedded {
  let ended = Promise.resolve();
  const pool = createPool({
    max: 1,
    idleTimeoutMillis: 0,
    user: 'postgres',
    database: 'postgres',
    ssl: false,
    stream() {
      const socket = new EmbeddedSocket(directory, ended);
      ended = socket.ended;
      return socket as unknown as Socket;
    },
  });
  pool.on('connect', prepareStatements);
  return {
    pool,
    async close() {
      if (!pool.ending) await pool.end();
      await ended;
    },
  };
}

async function makeDatabase(directory: string): Promise<void> {
  const { pool, close } = connect(directory);
  try {
    await pool.query('select 1');
  } finally {
    await close();
  }
}

async function syncDirectory(directory: string): Promise<void> {
  const handle = await open(join(directory, '.'), 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
