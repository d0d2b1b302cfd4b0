import { Socket } from 'node:net';
import { join } from 'node:path';
import { Kysely } from 'kysely';
import type pg from 'pg';
import type { DatabaseOptions } from 'pg-boss';
import { StillroarError } from '../errors.ts';
import { isConnectionLoss } from './connection-loss.ts';
import { EagerDialect } from './dialect.ts';
import { lockDirectory } from './directory-lock.ts';
import { openEmbedded } from './embedded.ts';
import { createQueueDatabase } from './embedded-queue.ts';
import { migrate } from './migrate.ts';
import { createPool } from './pool.ts';
import type { Database, Schema } from './schema.ts';

/** A database that is open, up to date and ours to use. */
export interface OpenDatabase {
  database: Database;
  /** How the queue connects to the same database. */
  queueOptions: Pick<DatabaseOptions, 'db' | 'connectionString' | 'max'> &
    Pick<pg.ClientConfig, 'stream'> & { backend: 'postgres' | 'pglite' };
  /** True when no other process can have it open: what an earlier run left unfinished may be taken up at once. */
  exclusive: boolean;
  /**
   * Takes up the room of rows that are gone and counts those there are, by which statements are planned; undefined for a
   * server, which does so by itself.
   */
  tidy: (() => Promise<void>) | undefined;
  /** Throws when the database does not answer. */
  ping(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Opens the PostgreSQL at the URL, or the embedded one in the data directory, and migrates it unless somebody only looks.
 * @throws StillroarError `configuration` when another process holds the directory, PostgreSQL cannot be reached or does
 *   not let us in, or a newer version wrote the database
 */
export async function openDatabase(options: {
  dataDirectory: string;
  databaseUrl: string | undefined;
  /** Default true. */
  migrates?: boolean;
}): Promise<OpenDatabase> {
  const opened = options.databaseUrl
    ? openPostgres(options.databaseUrl)
    : await openDirectory(options.dataDirectory);
  try {
    if (options.migrates ?? true) await migrate(opened.database);
    else await opened.ping();
  } catch (error) {
    await opened.close();
    throw options.databaseUrl ? explainRefusal(error, options.databaseUrl) : error;
  }
  return opened;
}

/** SQLSTATE codes (PostgreSQL, appendix A) of what the operator can put right. */
const refusals = /^(28\w{3}|3D000|42501)$/;

/** What keeps a PostgreSQL from being used, in a sentence that does not show its password. */
function explainRefusal(error: unknown, databaseUrl: string): unknown {
  const { code = '', message } = error as NodeJS.ErrnoException;
  if (!isConnectionLoss(error) && !refusals.test(code)) return error;
  const { host, pathname } = new URL(databaseUrl);
  return new StillroarError(
    'configuration',
    `The PostgreSQL database ${pathname.slice(1)} at ${host} cannot be used: ${message || code}. Check DATABASE_URL.`,
    { cause: error },
  );
}

/** No statement of ours takes so long, in ms: a connection that is silent longer has lost its server. */
const SILENCE = 60_000;
/** How long to wait for a connection, in ms. */
const CONNECT_TIMEOUT = 10_000;

/** A socket that ends when its server says nothing for too long: a cut line would keep a query waiting for minutes. */
function openSocket(): Socket {
  const socket = new Socket();
  return socket.setTimeout(SILENCE, () => socket.destroy(new Error('The database has stopped answering.')));
}

function openPostgres(url: string): OpenDatabase {
  const pool = createPool({
    connectionString: url,
    max: 10,
    connectionTimeoutMillis: CONNECT_TIMEOUT,
    stream: openSocket,
  });
  const database = new Kysely<Schema>({ dialect: new EagerDialect(pool) });
  return {
    database,
    queueOptions: { connectionString: url, max: 4, stream: openSocket, backend: 'postgres' },
    exclusive: false,
    tidy: undefined,
    async ping() {
      await pool.query('select 1');
    },
    close: () => database.destroy(),
  };
}

async function openDirectory(dataDirectory: string): Promise<OpenDatabase> {
  const lock = await lockDirectory(dataDirectory);
  try {
    const { pool, close } = openEmbedded(join(dataDirectory, 'database'));
    return {
      database: new Kysely<Schema>({ dialect: new EagerDialect(pool) }),
      queueOptions: { db: createQueueDatabase(pool), backend: 'pglite' },
      exclusive: true,
      async tidy() {
        await pool.query('vacuum (analyze)');
      },
      async ping() {
        await pool.query('select 1');
      },
      async close() {
        await close();
        await lock.release();
      },
    };
  } catch (error) {
    await lock.release();
    throw error;
  }
}
