import type { Socket } from 'node:net';
import type pg from 'pg';
import { EmbeddedSocket } from './embedded-socket.ts';
import { createPool } from './pool.ts';
import { prepareStatements } from './prepared-statements.ts';

/** The embedded PostgreSQL. */
export interface Embedded {
  /** Of one connection: PGlite has one session. */
  pool: pg.Pool;
  /** Resolves when the directory is anybody's. */
  close(): Promise<void>;
}

/** The embedded PostgreSQL in a directory that nobody else has open, or a new one; opened at the first query. */
export function openEmbedded(directory: string): Embedded {
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
