import type { TaskRow } from '../database/schema.ts';
import type { Stage } from '../engines/engine.ts';
import type { Failure, Transitions } from '../tasks/transitions.ts';

/** How a run of a task ended: `retried` and `released` ones go back to the queue, of `lost` ones nobody knows. */
export type RunOutcome = 'completed' | 'failed' | 'cancelled' | 'retried' | 'released' | 'lost';

/** Hears what becomes of the runs of this process. */
export interface RunWatcher {
  /** The first stage is `fetching`. */
  begin(row: TaskRow): void;
  /** Called once for each stage after the first. */
  enter(taskId: string, stage: Stage): void;
  /** Called once for each run that has begun. */
  end(taskId: string, outcome: RunOutcome, failure?: Failure): void;
}

/** The transitions, watched. */
export function watchRuns(transitions: Transitions, watchers: readonly RunWatcher[]): Transitions {
  /** The stage of each task that this process works on. */
  const stages = new Map<string, Stage>();

  function end(taskId: string, outcome: RunOutcome, failure?: Failure): void {
    if (stages.delete(taskId)) for (const watcher of watchers) watcher.end(taskId, outcome, failure);
  }

  return {
    ...transitions,
    async start(lease) {
      const row = await transitions.start(lease);
      if (!row) return row;
      end(row.id, 'lost');
      stages.set(row.id, 'fetching');
      for (const watcher of watchers) watcher.begin(row);
      return row;
    },
    async report(lease, progress, stage) {
      const { taskId } = lease;
      if (stages.has(taskId) && stages.get(taskId) !== stage) {
        stages.set(taskId, stage);
        for (const watcher of watchers) watcher.enter(taskId, stage);
      }
      const isOurs = await transitions.report(lease, progress, stage);
      if (!isOurs) end(taskId, 'lost');
      return isOurs;
    },
    async complete(lease, result) {
      const isDone = await transitions.complete(lease, result);
      end(lease.taskId, isDone ? 'completed' : 'lost');
      return isDone;
    },
    async fail(lease, failure) {
      const isDone = await transitions.fail(lease, failure);
      end(lease.taskId, isDone ? 'failed' : 'lost', failure);
      return isDone;
    },
    async retry(lease, failure) {
      end(lease.taskId, 'retried', failure);
      return transitions.retry(lease, failure);
    },
    async release(lease) {
      end(lease.taskId, 'released');
      return transitions.release(lease);
    },
    async cancel(taskId) {
      const isDone = await transitions.cancel(taskId);
      if (isDone) end(taskId, 'cancelled');
      return isDone;
    },
  };
}
