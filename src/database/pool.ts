import pg from 'pg';

/**
 * A pool of connections. One that breaks fails its query and is replaced at the next: without listeners, on the pool for
 * those that rest and on each client for those that work, it would end the process.
 */
export function createPool(options: pg.PoolConfig): pg.Pool {
  const pool = new pg.Pool({ ...options, pipeline: true });
  pool.on('error', () => {});
  pool.on('connect', (client) => client.on('error', () => {}));
  return pool;
}
