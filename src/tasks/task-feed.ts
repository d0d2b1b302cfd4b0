import type { Account } from '../credits/accounts.ts';
import type { Queue, TaskChange } from './queue.ts';
import type { TaskService } from './service.ts';
import type { Task } from './task.ts';

/** Something that has become of an account's tasks. */
export type TaskEvent = { type: 'task'; task: Task } | { type: 'deleted'; id: string };

/** Tells of changes as they happen, in whichever process. */
export interface TaskFeed {
  /** Begins to listen to the database. */
  start(): Promise<void>;
  /** Calls back with what becomes of an account's tasks, until the answered function is called. */
  follow(account: Pick<Account, 'uid'>, listener: (event: TaskEvent) => void): () => void;
}

/** Changes within so many ms are told together. */
const GATHER = 50;

/** A feed over the queue's announcements; what is told is read anew, so that it is never older than its cause. */
export function createTaskFeed(
  queue: Pick<Queue, 'onChange'>,
  tasks: Pick<TaskService, 'find' | 'live'>,
  onError: (error: unknown) => void,
): TaskFeed {
  const followers = new Map<number, Set<(event: TaskEvent) => void>>();
  /** What has changed and is not told yet, by account. */
  const changed = new Map<number, Set<string>>();
  /** Whether places in the queue have changed since the last telling: then everything that waits is told. */
  let queueMoved = false;
  const working = new Set<string>();
  let gathering = false;

  function gather(): void {
    if (gathering) return;
    gathering = true;
    setTimeout(() => {
      gathering = false;
      tell().catch(onError);
    }, GATHER);
  }

  function tellOne(uid: number, event: TaskEvent): void {
    for (const listener of followers.get(uid) ?? []) listener(event);
  }

  async function tell(): Promise<void> {
    const batch = new Map(changed);
    const uids = new Set([...batch.keys(), ...(queueMoved ? followers.keys() : [])]);
    const isMoved = queueMoved;
    changed.clear();
    queueMoved = false;
    if (followers.size === 0) return;
    // All at once: what is read for one account is read together with the others' (batched-reader.ts).
    await Promise.all([...uids].map((uid) => tellAccount(uid, batch.get(uid) ?? new Set(), isMoved)));
  }

  async function tellAccount(uid: number, ids: Set<string>, isMoved: boolean): Promise<void> {
    if (ids.size > 0) {
      for (const task of await tasks.find({ uid }, [...ids])) tellOne(uid, { type: 'task', task });
    }
    if (!isMoved) return;
    for (const task of await tasks.live({ uid }, undefined)) {
      if (task.state === 'queued' && !ids.has(task.id)) tellOne(uid, { type: 'task', task });
    }
  }

  /** Whether a change takes a task out of the queue or puts it there. */
  function movesQueue({ taskId, state }: TaskChange): boolean {
    if (state === 'processing') {
      if (working.has(taskId)) return false;
      working.add(taskId);
      return true;
    }
    return !working.delete(taskId);
  }

  function hear(change: TaskChange | undefined): void {
    if (followers.size === 0) return;
    if (!change) {
      // Nobody knows what was missed: all that is not finished is told.
      for (const uid of followers.keys()) {
        tasks
          .live({ uid }, undefined)
          .then((live) => {
            for (const task of live) tellOne(uid, { type: 'task', task });
          })
          .catch(onError);
      }
      return;
    }
    const { taskId, uid, state } = change;
    if (state === 'deleted') tellOne(uid, { type: 'deleted', id: taskId });
    else if (followers.has(uid)) changed.set(uid, (changed.get(uid) ?? new Set()).add(taskId));
    queueMoved ||= movesQueue(change);
    gather();
  }

  return {
    start: () => queue.onChange(hear),
    follow({ uid }, listener) {
      const ours = followers.get(uid) ?? new Set();
      followers.set(uid, ours.add(listener));
      return () => {
        ours.delete(listener);
        if (ours.size > 0) return;
        followers.delete(uid);
        if (followers.size === 0) working.clear();
      };
    },
  };
}
