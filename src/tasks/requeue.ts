import type { DatabaseTransaction } from '../database/schema.ts';
import type { Queue } from './queue.ts';
import { resetOpenTasks } from './task-table.ts';

/** Queues every task that has not ended, in a database whose tasks came without their queue; answers how many. */
export async function requeueOpenTasks(transaction: DatabaseTransaction, queue: Queue): Promise<number> {
  const open = await resetOpenTasks(transaction);
  for (const task of open) await queue.add(transaction, task);
  return open.length;
}
