import { isEnded } from '../api/task-cache.ts';
import type { Task } from '../api/types.ts';
import { Ended } from './ended.tsx';
import { Progress } from './progress.tsx';
import { Result } from './result.tsx';

/** A task, large: on its way, finished, or ended otherwise. */
export function TaskView({ task }: { task: Task }) {
  if (!isEnded(task)) return <Progress task={task} />;
  return task.state === 'completed' ? <Result task={task} /> : <Ended task={task} />;
}
