import { giveBack, refund } from '../credits/ledger.ts';
import { startedSeconds } from '../credits/prices.ts';
import type { Database, DatabaseTransaction, OutputRow, TaskRow } from '../database/schema.ts';
import type { Operation, Stage, Warning, WorkPlan } from '../engines/engine.ts';
import type { ErrorCode } from '../errors.ts';
import { addDelivery } from '../webhooks/outbox.ts';
import type { Lease, Queue } from './queue.ts';
import type { TaskInput } from './task.ts';
import {
  deleteOutput,
  deleteOutputs,
  deleteTask,
  insertOutputs,
  lockTask,
  moveTask,
  selectTasks,
  updateRunningTask,
} from './task-table.ts';

/** A task fails once this many of its runs have ended without an answer. */
const MOST_SETBACKS = 3;

/** Why a task has no result: a stable code and a sentence for the caller. */
export interface Failure {
  code: ErrorCode;
  message: string;
}

/** The model that takes over a task. */
export interface Route {
  engine: string;
  model: string;
  /** What the task costs with it. */
  credits: number;
  /** Added to those that the task has. */
  warnings: readonly Warning[];
}

/** What a run has made. */
export interface Result {
  outputs: Omit<OutputRow, 'task_id'>[];
  warnings: Warning[];
  plan: WorkPlan;
}

/**
 * The arrows of the state machine after a task's creation: each is ONE transaction in which task, ledger, queue job and
 * outbox change together. Those that take a lease answer false when the lease was lost, and then change nothing.
 */
export interface Transitions {
  /**
   * queued → processing; also takes over from a worker that was lost. Undefined when there is nothing to do: the task
   * has ended in between, or this was its last chance and it has failed.
   */
  start(lease: Lease): Promise<TaskRow | undefined>;
  /** False when this run no longer is the one that works on the task: it was lost, or the task was cancelled. */
  report(lease: Lease, progress: number, stage: Stage): Promise<boolean>;
  /** Makes a file the task's preview until the run ends, and forgets a spent one. False as above. */
  showPreview(lease: Lease, output: Result['outputs'][number], spent: string | undefined): Promise<boolean>;
  /**
   * Gives a running task that nothing has begun yet to another model, for its price if that is lower; what was charged
   * beyond it is given back when the task completes. Undefined when this run no longer is the one that works on it.
   */
  reroute(lease: Lease, route: Route): Promise<TaskRow | undefined>;
  /** Remembers (or forgets) the engine's operation, so that the next run resumes it. False as above. */
  remember(lease: Lease, operation: Operation | undefined): Promise<boolean>;
  /** processing → completed; doing it twice is the same as once */
  complete(lease: Lease, result: Result): Promise<boolean>;
  /** processing → failed, refunded in full */
  fail(lease: Lease, failure: Failure): Promise<boolean>;
  /** processing → queued after a failure that may pass; the third time → failed, refunded */
  retry(lease: Lease, failure: Failure): Promise<boolean>;
  /** processing → queued because this worker stops; costs the task nothing */
  release(lease: Lease): Promise<boolean>;
  /** processing → queued because its worker is known to be dead; the third time → failed, refunded */
  recover(taskId: string): Promise<void>;
  /** queued or processing → cancelled, refunded in full; false when it has ended already */
  cancel(taskId: string): Promise<boolean>;
  /** Whether a task was cancelled, or cancelled and deleted. */
  isCancelled(taskId: string): Promise<boolean>;
  /** queued → expired, refunded in full */
  expireQueued(taskId: string): Promise<void>;
  /** completed → expired; its files must be gone already */
  expireResult(taskId: string): Promise<void>;
  /** Ended → gone; its files must be gone already. False when it has not ended. */
  remove(taskId: string): Promise<boolean>;
}

/** The transitions over a database and its queue; results are kept for so many seconds. */
export function createTransitions(database: Database, queue: Queue, retentionSeconds: number): Transitions {
  const lost: Failure = {
    code: 'engine-lost',
    message: `The work stopped ${MOST_SETBACKS} times without an answer. It has been given up.`,
  };

  function atomically<Value>(work: (transaction: DatabaseTransaction) => Promise<Value>): Promise<Value> {
    return database.transaction().execute(work);
  }

  /** Ends a task without a result, and gives its price back. */
  async function endWithout(
    transaction: DatabaseTransaction,
    taskId: string,
    state: 'failed' | 'cancelled' | 'expired',
    failure: Failure,
    changes: { setbacks?: number } = {},
  ): Promise<void> {
    const now = new Date();
    const error = JSON.stringify(failure);
    const row = await moveTask(transaction, taskId, state, now, {
      ...changes,
      error,
      stage: null,
      operation: null,
      ended_at: now,
    });
    if (row) await announce(transaction, row);
    await refund(transaction, taskId, failure.message);
  }

  return {
    start(lease) {
      return atomically(async (transaction) => {
        const row = await lockTask(transaction, lease.taskId);
        if (row?.state !== 'queued' && row?.state !== 'processing') {
          await queue.finish(transaction, lease);
          return undefined;
        }
        if (attemptOf(lease) <= row.attempt) return undefined;
        const setbacks = row.setbacks + (row.state === 'processing' ? 1 : 0);
        if (setbacks >= MOST_SETBACKS) {
          if (await queue.finish(transaction, lease))
            await endWithout(transaction, row.id, 'failed', lost, { setbacks });
          return undefined;
        }
        const now = new Date();
        if (row.state === 'processing') await moveTask(transaction, row.id, 'queued', now, {});
        const started = await moveTask(transaction, row.id, 'processing', now, {
          attempt: attemptOf(lease),
          setbacks,
          stage: 'fetching',
          started_at: row.started_at ?? now,
        });
        // A later attempt tells the caller nothing new.
        if (started && row.started_at === null) await announce(transaction, started);
        return started;
      });
    },

    report(lease, progress, stage) {
      return updateRunningTask(database, lease.taskId, attemptOf(lease), new Date(), { progress, stage });
    },

    showPreview(lease, output, spent) {
      return atomically(async (transaction) => {
        const isOurs = await updateRunningTask(transaction, lease.taskId, attemptOf(lease), new Date(), {
          preview: output.key,
        });
        if (!isOurs) return false;
        if (spent) await deleteOutput(transaction, spent);
        await insertOutputs(transaction, [{ ...output, task_id: lease.taskId }]);
        return true;
      });
    },

    reroute(lease, { engine, model, credits, warnings }) {
      return atomically(async (transaction) => {
        const row = await lockTask(transaction, lease.taskId);
        if (!row) return undefined;
        const input = row.input as TaskInput;
        const { charged = row.credits } = input;
        const price = Math.min(credits, row.credits);
        const isOurs = await updateRunningTask(transaction, row.id, attemptOf(lease), new Date(), {
          engine,
          model,
          credits: price,
          input: JSON.stringify({ ...input, ...(price < charged && { charged }) }),
          warnings: JSON.stringify([...(row.warnings as Warning[]), ...warnings]),
        });
        return isOurs ? lockTask(transaction, row.id) : undefined;
      });
    },

    remember(lease, operation) {
      return updateRunningTask(database, lease.taskId, attemptOf(lease), new Date(), {
        operation: operation ? JSON.stringify(operation) : null,
      });
    },

    complete(lease, { outputs, warnings, plan }) {
      return atomically(async (transaction) => {
        const isHeld = await queue.finish(transaction, lease);
        const row = await lockTask(transaction, lease.taskId);
        // Done before by this very run, whose connection was lost before it heard so.
        if (!isHeld) return row?.state === 'completed' && row.attempt === attemptOf(lease);
        const now = new Date();
        const video = outputs.find(({ kind }) => kind === 'video');
        const credits = row && (await settle(transaction, row, video?.duration_seconds ?? undefined));
        const completed = await moveTask(transaction, lease.taskId, 'completed', now, {
          progress: 100,
          ...(credits !== undefined && { credits }),
          stage: null,
          operation: null,
          warnings: JSON.stringify([...((row?.warnings ?? []) as Warning[]), ...warnings]),
          plan: JSON.stringify(plan),
          ended_at: now,
          expires_at: new Date(now.getTime() + retentionSeconds * 1000),
        });
        await insertOutputs(
          transaction,
          outputs.map((output) => ({ ...output, task_id: lease.taskId })),
        );
        if (completed) await announce(transaction, completed, video?.key);
        return true;
      });
    },

    fail(lease, failure) {
      return atomically(async (transaction) => {
        if (!(await queue.finish(transaction, lease))) return false;
        await endWithout(transaction, lease.taskId, 'failed', failure);
        return true;
      });
    },

    retry(lease, failure) {
      return atomically(async (transaction) => {
        const row = await lockTask(transaction, lease.taskId);
        const setbacks = (row?.setbacks ?? 0) + 1;
        if (setbacks >= MOST_SETBACKS) {
          if (!(await queue.finish(transaction, lease))) return false;
          await endWithout(transaction, lease.taskId, 'failed', failure, { setbacks });
          return true;
        }
        if (!(await queue.putBack(transaction, lease))) return false;
        const again = { setbacks, progress: 0, stage: null, operation: null };
        await moveTask(transaction, lease.taskId, 'queued', new Date(), again);
        return true;
      });
    },

    release(lease) {
      return atomically(async (transaction) => {
        if (!(await queue.putBack(transaction, lease))) return false;
        await moveTask(transaction, lease.taskId, 'queued', new Date(), { progress: 0, stage: null });
        return true;
      });
    },

    recover(taskId) {
      return atomically(async (transaction) => {
        const row = await lockTask(transaction, taskId);
        if (row?.state !== 'processing') return;
        const setbacks = row.setbacks + 1;
        if (setbacks >= MOST_SETBACKS) {
          await queue.remove(transaction, taskId);
          await endWithout(transaction, taskId, 'failed', lost, { setbacks });
          return;
        }
        await queue.takeAway(transaction, taskId);
        await moveTask(transaction, taskId, 'queued', new Date(), { setbacks, progress: 0, stage: null });
      });
    },

    cancel(taskId) {
      return atomically(async (transaction) => {
        const row = await lockTask(transaction, taskId);
        if (row?.state !== 'queued' && row?.state !== 'processing') return false;
        await queue.remove(transaction, taskId);
        await endWithout(transaction, taskId, 'cancelled', {
          code: 'cancelled',
          message: 'The task was cancelled.',
        });
        return true;
      });
    },

    async isCancelled(taskId) {
      const [task] = await selectTasks(database, [taskId]);
      return task === undefined || task.state === 'cancelled';
    },

    expireQueued(taskId) {
      return atomically(async (transaction) => {
        const row = await lockTask(transaction, taskId);
        if (row?.state !== 'queued') return;
        await queue.remove(transaction, taskId);
        await endWithout(transaction, taskId, 'expired', {
          code: 'deadline-exceeded',
          message: 'The task waited in the queue for longer than this server allows, and was never started.',
        });
      });
    },

    expireResult(taskId) {
      return atomically(async (transaction) => {
        const row = await lockTask(transaction, taskId);
        if (row?.state !== 'completed') return;
        await moveTask(transaction, taskId, 'expired', new Date(), {});
        await deleteOutputs(transaction, taskId);
      });
    },

    remove(taskId) {
      return atomically(async (transaction) => {
        const row = await lockTask(transaction, taskId);
        if (row?.state === 'queued' || row?.state === 'processing') return false;
        await deleteTask(transaction, taskId);
        return true;
      });
    },
  };
}

/** Gives back what a price by the second was charged too much; answers what is left of it. */
async function settle(
  transaction: DatabaseTransaction,
  row: TaskRow,
  seconds: number | undefined,
): Promise<number | undefined> {
  const { creditsPerSecond, charged = row.credits } = row.input as TaskInput;
  if (charged > row.credits) {
    await giveBack(transaction, row.id, charged - row.credits, `${row.model} has done the work`);
    return undefined;
  }
  if (creditsPerSecond === undefined || seconds === undefined) return undefined;
  const credits = Math.min(row.credits, creditsPerSecond * startedSeconds(seconds));
  if (credits < row.credits) {
    await giveBack(transaction, row.id, row.credits - credits, `The video lasts ${seconds.toFixed(2)} s`);
  }
  return credits;
}

/** Puts the callback about a task's new state into the outbox, if the caller asked for callbacks. */
async function announce(transaction: DatabaseTransaction, row: TaskRow, videoKey?: string): Promise<void> {
  const { webhookUrl, webhookEvents, fault } = row.input as TaskInput;
  if (!webhookUrl || (webhookEvents === 'end' && row.state === 'processing')) return;
  await addDelivery(transaction, {
    task_id: row.id,
    uid: row.uid,
    client_id: row.client_id,
    dialect: row.dialect,
    url: webhookUrl,
    task_state: row.state,
    video_key: videoKey ?? null,
    fails_first: fault === 'webhook-500',
    trace: row.trace && JSON.stringify(row.trace),
    next_at: row.updated_at,
    created_at: row.updated_at,
  });
}

/** The attempt's number, from 1: grows with every run, so that two runs never share one. */
export function attemptOf(lease: Lease): number {
  return lease.retryCount + 1;
}
