import type { Database } from '../database/schema.ts';
import { createBatchedReader } from './batched-reader.ts';
import type { Queue } from './queue.ts';
import { createQueuePlaces } from './queue-places.ts';
import { numberQueues, selectTasks, type TaskRecord } from './task-table.ts';

/** A task as it was read, with its place in its engine's queue while it waits. */
interface ReadTask {
  id: string;
  record: TaskRecord;
  place: number | undefined;
}

/** Reads tasks for however many ask. */
export interface TaskReader {
  /** Begins to listen to the queue, which spares numbering it for each who asks. */
  start(): Promise<void>;
  /** The tasks among these ids, whoever owns them, and those that others ask for at the same time. */
  read(ids: readonly string[]): Promise<Map<string, ReadTask>>;
}

/** A reader over the tables and what the queue announces. */
export function createTaskReader(database: Database, queue: Pick<Queue, 'onChange'>): TaskReader {
  const places = createQueuePlaces(queue, () => numberQueues(database));
  /** Whether any of the tasks that were read last waits: then the next ones will, too. */
  let isWaitedFor = false;
  return {
    start: places.start,
    read: createBatchedReader(async (ids) => {
      // On its way beside the tasks; where the database is busy, each wait for it counts.
      const begun = isWaitedFor ? places.current() : undefined;
      begun?.catch(() => {});
      const records = await selectTasks(database, ids);
      const waiting = records.filter(({ state }) => state === 'queued').map(({ id }) => id);
      isWaitedFor = waiting.length > 0;
      const placeOf = isWaitedFor ? await places.of(waiting, begun) : undefined;
      return records.map((record) => ({ id: record.id, record, place: placeOf?.get(record.id) }));
    }),
  };
}
