import type { Notification, Pool, PoolClient } from 'pg';
import type { DatabaseOptions } from 'pg-boss';

type QueueDatabase = NonNullable<DatabaseOptions['db']>;

/** Someone who hears a channel, and is told when notifications may have been missed. */
interface Listener {
  hear(payload: string): void;
  miss(): void;
}

function tellOfGap({ miss }: Listener): void {
  miss();
}

/** The embedded database as pg-boss uses it: everybody shares the pool's one connection, and listens on it. */
export function createQueueDatabase(pool: Pool): Required<Pick<QueueDatabase, 'executeSql' | 'listen'>> {
  const listeners = new Map<string, Set<Listener>>();
  pool.on('connect', (client: PoolClient) => {
    client.on('notification', ({ channel, payload = '' }: Notification) => {
      for (const { hear } of listeners.get(channel) ?? []) hear(payload);
    });
    for (const [channel, heard] of listeners) {
      const again = client.query(`listen "${channel}"`);
      // When that fails the connection is gone again, and the next one listens.
      again.then(() => heard.forEach(tellOfGap)).catch(() => {});
    }
  });

  async function executeSql(text: string, values?: unknown[]): Promise<{ rows: unknown[] }> {
    const client = await pool.connect();
    try {
      const results = [await client.query(text, values)].flat();
      return { rows: results.flatMap(({ rows }) => rows) };
    } catch (error) {
      // A text of several statements may have left its transaction open, and the next user gets the same session.
      await client.query('rollback').catch(() => {});
      throw error;
    } finally {
      client.release();
    }
  }

  return {
    executeSql,
    async listen(channel, onNotification, onReconnect) {
      const listener: Listener = { hear: onNotification, miss: onReconnect };
      const heard = listeners.get(channel);
      if (heard) heard.add(listener);
      else listeners.set(channel, new Set([listener]));
      await executeSql(`listen "${channel}"`);
      onReconnect();
      return {
        async close() {
          listeners.get(channel)?.delete(listener);
        },
      };
    },
  };
}
