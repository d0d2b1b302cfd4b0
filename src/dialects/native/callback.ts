import type { TaskNews } from '../dialect.ts';
import { toTaskReply } from './to-reply.ts';

/**
 * A callback as Standard Webhooks recommends it: what happened, when, and the task as it is now. Of a task that was
 * deleted since, only what the news itself says.
 */
export function callback({ task, taskId, state, at }: TaskNews): string {
  const data = task ? toTaskReply(task, at) : { id: taskId, state };
  return JSON.stringify({ type: `task.${state}`, timestamp: at.toISOString(), data });
}
