import type { Database } from '../database/schema.ts';
import type { Storage } from '../storage/storage.ts';
import type { Outbox } from '../webhooks/outbox.ts';
import type { Idempotency } from './idempotency.ts';
import {
  deleteInputFile,
  deleteOutput,
  selectOutputKeys,
  selectSpentInputKeys,
  selectSpentPreviewKeys,
  selectTaskIds,
  selectUnknownKeys,
} from './task-table.ts';
import type { Transitions } from './transitions.ts';
import { selectUploadKeys } from './upload-table.ts';

/** What the sweep goes over. */
export interface SweepParts {
  database: Database;
  storage: Storage;
  transitions: Transitions;
  outbox: Outbox;
  idempotency: Idempotency;
  queueTtlSeconds: number;
}

/** How long after a run's end its previews can still be fetched by whoever heard of them before, in ms. */
const PREVIEW_GRACE = 15_000;
/** How long the log of callbacks is kept, in ms. */
const LOG_AGE = 30 * 86_400_000;

/**
 * Ends what has outlived its time: tasks that wait longer than the queue's time to live are refunded, results older
 * than the retention lose their files, and old keys and logs are forgotten. Interrupted at any point, the next sweep
 * finishes the work.
 */
export async function sweepExpired(parts: SweepParts, now: Date): Promise<void> {
  const { database, storage, transitions } = parts;
  const oldestQueued = new Date(now.getTime() - parts.queueTtlSeconds * 1000);
  for (const id of await selectTaskIds(database, 'queued', { column: 'created_at', time: oldestQueued })) {
    await transitions.expireQueued(id);
  }
  for (const id of await selectTaskIds(database, 'completed', { column: 'expires_at', time: now })) {
    // Files first: a row without files is repaired by the next sweep, files without a row by sweepOrphans only.
    for (const key of await selectOutputKeys(database, id)) await storage.remove(key);
    await transitions.expireResult(id);
  }
  for (const key of await selectSpentPreviewKeys(database, new Date(now.getTime() - PREVIEW_GRACE))) {
    await storage.remove(key);
    await deleteOutput(database, key);
  }
  for (const key of await selectSpentInputKeys(database)) {
    await storage.remove(key);
    await deleteInputFile(database, key);
  }
  await parts.idempotency.sweep(now);
  await parts.outbox.removeBefore(new Date(now.getTime() - LOG_AGE));
}

/** Younger files may belong to a task that is being completed: no run lasts so long, in ms. */
const ORPHAN_AGE = 3_600_000;
const ORPHANS_AT_ONCE = 500;

/** Removes files that no task knows: a process that died between storing them and saying so has left them. */
export async function sweepOrphans(database: Database, storage: Storage, now: Date): Promise<void> {
  const old = new Date(now.getTime() - ORPHAN_AGE);
  for await (const keys of storage.listOlder(old, ORPHANS_AT_ONCE)) {
    const unknown = await selectUnknownKeys(database, keys);
    const uploads = new Set(await selectUploadKeys(database, unknown));
    for (const key of unknown) if (!uploads.has(key)) await storage.remove(key);
  }
}
