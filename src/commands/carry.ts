import { type OpenDatabase, openDatabase } from '../database/open.ts';
import { openQueue, type Queue } from '../tasks/queue.ts';
import { printTable } from './print-table.ts';

/** Opens a database with its queue for some work and closes both again. */
export async function withQueue<Value>(
  place: { dataDirectory: string; databaseUrl: string | undefined },
  work: (opened: OpenDatabase, queue: Queue) => Promise<Value>,
): Promise<Value> {
  const opened = await openDatabase(place);
  try {
    const queue = await openQueue(opened.queueOptions, () => {});
    try {
      return await work(opened, queue);
    } finally {
      await queue.close();
    }
  } finally {
    await opened.close();
  }
}

/** Prints how many rows each table got. */
export function printRows(rows: Record<string, number>): void {
  printTable(Object.entries(rows).map(([table, count]) => ({ table, rows: count })));
}
