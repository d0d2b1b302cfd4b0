import { fromKysely, PgBoss } from 'pg-boss';
import type { OpenDatabase } from '../database/open.ts';
import type { DatabaseTransaction } from '../database/schema.ts';
import type { TaskState } from './task.ts';
import { jobIdOf } from './task-id.ts';

const QUEUE = 'render';

/** Seconds without a heartbeat after which a worker counts as lost. */
const LEASE_SECONDS = 30;
/** Seconds after which a job is taken from a worker that still shows signs of life. */
const LONGEST_RUN_SECONDS = 3_600;
/** Workers count attempts themselves; the queue only hands out. */
const NO_RETRY_LIMIT = 1_000_000;
/** For engines without a limit beside others that have one. */
const NO_GROUP_LIMIT = 1_000_000;

/** One run of one task: what a worker holds, and the fence that keeps a late worker from finishing it. */
export interface Lease {
  taskId: string;
  /** Name of the engine that does it. */
  engine: string;
  jobId: string;
  /** Counts the runs of the job from 0; a later run has a higher number. */
  retryCount: number;
}

/** A task that has changed. */
export interface TaskChange {
  taskId: string;
  uid: number;
  state: TaskState | 'deleted';
}

/** What the queue knows of a task. */
export interface QueuedTask {
  id: string;
  engine: string;
  /** Higher goes first. */
  priority: number;
}

/** What a worker leaves for later or for others. */
export interface TakeLimits {
  /** Engines that this worker has no room for. */
  except?: readonly string[];
  /** How many jobs of an engine may be at work in all processes together, by its name. Default: any. */
  atOnce?: Readonly<Record<string, number>>;
}

/** The queue of tasks to work on. Everything that takes a transaction happens if and when it commits. */
export interface Queue {
  add(transaction: DatabaseTransaction, task: QueuedTask): Promise<void>;
  /**
   * Leases up to so many jobs, the highest priority first. Of workers that look at the same instant each may take the last
   * one that a limit allows.
   */
  take(count: number, limits?: TakeLimits): Promise<Lease[]>;
  /** Renews leases; answers those that are still held. */
  renew(leases: Lease[]): Promise<Lease[]>;
  /** Ends a job. False when the lease was lost: then nothing has been changed and nothing must be. */
  finish(transaction: DatabaseTransaction, lease: Lease): Promise<boolean>;
  /** Puts a job back for the next worker. False when the lease was lost. */
  putBack(transaction: DatabaseTransaction, lease: Lease): Promise<boolean>;
  /** Puts back the job of a worker that is known to be dead. */
  takeAway(transaction: DatabaseTransaction, taskId: string): Promise<void>;
  /** Removes the job of a task that nobody works on. */
  remove(transaction: DatabaseTransaction, taskId: string): Promise<void>;
  /** Calls back whenever a transaction that queued a task has committed, in any process. */
  onWork(listener: () => void): Promise<void>;
  /**
   * Calls back after every change of a task in any process: made, got on, ended, deleted. With nothing when changes may
   * have been missed.
   */
  onChange(listener: (change: TaskChange | undefined) => void): Promise<void>;
  close(): Promise<void>;
}

/** What pg-boss answers to a command; its published types leave the fields out. */
interface Response {
  /** How many jobs were changed. */
  affected?: number;
  /** Which ones. */
  settled?: string[];
}

/** The queue on pg-boss, in the same database as the tasks. */
export async function openQueue(
  options: OpenDatabase['queueOptions'],
  onError: (error: Error) => void,
): Promise<Queue> {
  const boss = new PgBoss({
    ...options,
    schedule: false,
    superviseIntervalSeconds: 10,
    monitorIntervalSeconds: 10,
  });
  boss.on('error', onError);
  await boss.start();
  if (!(await boss.getQueue(QUEUE))) {
    await boss.createQueue(QUEUE, {
      heartbeatSeconds: LEASE_SECONDS,
      expireInSeconds: LONGEST_RUN_SECONDS,
      retryLimit: NO_RETRY_LIMIT,
      // Longer than any time to live in the queue, which is enforced by expiry.ts.
      retentionSeconds: 30 * 86_400,
      deleteAfterSeconds: 3_600,
    });
  }
  // Fills pg-boss's cache of queues: filling it inside a transaction of the embedded database would wait for itself.
  await boss.findJobs(QUEUE, { id: jobIdOf('') });

  const listening: ({ close(): Promise<void> } | undefined)[] = [];
  const changeListeners: ((change: TaskChange | undefined) => void)[] = [];
  let changes: Promise<void> | undefined;
  async function listenToChanges(): Promise<void> {
    const tell = (change: TaskChange | undefined) => {
      for (const listener of changeListeners) listener(change);
    };
    // The channel of the trigger task_announces_change.
    const handle = await boss.getDb().listen?.(
      'stillroar_task',
      (payload) => tell(readChange(payload)),
      () => tell(undefined),
    );
    listening.push(handle);
  }

  return {
    async add(transaction, { id: taskId, engine, priority }) {
      // pg-boss counts the jobs at work by group, and finds a group's limit by its tier.
      const group = { id: engine, tier: engine };
      const options = { db: fromKysely(transaction), id: jobIdOf(taskId), priority, group };
      await boss.send(QUEUE, { taskId, engine }, options);
    },
    async take(count, { except = [], atOnce = {} } = {}) {
      const jobs = await boss.fetch<Pick<Lease, 'taskId' | 'engine'>>(QUEUE, {
        batchSize: count,
        ignoreGroups: [...except],
        ...(Object.keys(atOnce).length > 0 && {
          groupConcurrency: { default: NO_GROUP_LIMIT, tiers: { ...atOnce } },
        }),
      });
      return jobs.map(({ id, data, retryCount }) => ({ ...data, jobId: id, retryCount }));
    },
    async renew(leases) {
      const { settled }: Response = await boss.touch(QUEUE, leases.map(toAttempt));
      // The answer names jobs: of two leases of one job only the later can have been meant.
      const isLatest = (lease: Lease) =>
        leases.every(({ jobId, retryCount }) => jobId !== lease.jobId || retryCount <= lease.retryCount);
      return leases.filter((lease) => settled?.includes(lease.jobId) && isLatest(lease));
    },
    async finish(transaction, lease) {
      const options = { db: fromKysely(transaction) };
      const { affected }: Response = await boss.complete(QUEUE, toAttempt(lease), null, options);
      return affected === 1;
    },
    async putBack(transaction, lease) {
      const options = { db: fromKysely(transaction) };
      const { affected }: Response = await boss.fail(QUEUE, toAttempt(lease), null, options);
      return affected === 1;
    },
    async takeAway(transaction, taskId) {
      await boss.fail(QUEUE, jobIdOf(taskId), null, { db: fromKysely(transaction) });
    },
    async remove(transaction, taskId) {
      await boss.deleteJob(QUEUE, jobIdOf(taskId), { db: fromKysely(transaction) });
    },
    async onWork(listener) {
      // The channel of the trigger task_announces_work.
      listening.push(await boss.getDb().listen?.('stillroar_work', listener, listener));
    },
    async onChange(listener) {
      changeListeners.push(listener);
      // All share one line: a process has several listeners, and each line is a connection.
      changes ??= listenToChanges();
      await changes;
    },
    async close() {
      for (const handle of listening) await handle?.close();
      await boss.stop({ graceful: false, close: true });
    },
  };
}

function readChange(payload: string): TaskChange {
  const [taskId = '', uid, state] = payload.split(' ');
  return { taskId, uid: Number(uid), state: state as TaskChange['state'] };
}

function toAttempt({ jobId, retryCount }: Lease): { id: string; retryCount: number } {
  return { id: jobId, retryCount };
}
