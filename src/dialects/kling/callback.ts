import type { TaskNews } from '../dialect.ts';
import { statuses, toCallback } from './to-reply.ts';

/** A callback in Kling's words; of a task that was deleted since, only what the news itself says. */
export function callback({ task, taskId, state, at }: TaskNews): string {
  if (task) return JSON.stringify(toCallback(task, state, at));
  return JSON.stringify({ task_id: taskId, task_status: statuses[state], updated_at: at.getTime() });
}
