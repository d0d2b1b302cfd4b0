import { resolve } from 'node:path';
import { type Config, loadConfig } from '../config.ts';
import { type OpenDatabase, openDatabase } from '../database/open.ts';
import { openQueue, type Queue } from '../tasks/queue.ts';
import { printTable } from './print-table.ts';

/** The settings of a command that carries a database from one place to another. */
export function loadPlace(flags: { data?: string }): { config: Config; dataDirectory: string } {
  const config = loadConfig(flags.data === undefined ? {} : { data: flags.data });
  return { config, dataDirectory: resolve(config.data) };
}

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
