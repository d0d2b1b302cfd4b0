import { randomBytes } from 'node:crypto';

/** A new task id: 24 hexadecimal digits, the first eight the time in seconds, so that ids sort by age. */
export function createTaskId(now: Date): string {
  const seconds = Math.floor(now.getTime() / 1000);
  return seconds.toString(16).padStart(8, '0') + randomBytes(8).toString('hex');
}

/** The id of a task's job in the queue: the task id as a UUID, filled up with zeros. */
export function jobIdOf(taskId: string): string {
  const digits = taskId.padEnd(32, '0');
  return digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
