import type { Database } from '../database/schema.ts';
import type { Storage } from '../storage/storage.ts';
import { selectOutputKeys, selectTaskIds } from './task-table.ts';
import type { Transitions } from './transitions.ts';

/**
 * Ends what has outlived its time: tasks that wait longer than the queue's time to live are refunded, and results
 * older than the retention lose their files. Interrupted at any point, the next sweep finishes the work.
 */
export async function sweepExpired(
  parts: { database: Database; storage: Storage; transitions: Transitions; queueTtlSeconds: number },
  now: Date,
): Promise<void> {
  const { database, storage, transitions } = parts;
  const oldestQueued = new Date(now.getTime() - parts.queueTtlSeconds * 1000);
  for (const id of await selectTaskIds(database, 'queued', { column: 'created_at', time: oldestQueued })) {
    await transitions.expireQueued(id);
  }
  for (const id of await selectTaskIds(database, 'completed', { column: 'expires_at', time: now })) {
    // Files first: a row without files is repaired by the next sweep, files without a row would stay for ever.
    for (const key of await selectOutputKeys(database, id)) await storage.remove(key);
    await transitions.expireResult(id);
  }
}
