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
  /** Tasks that were told to be waiting: their places move when somebody else's task leaves the queue. */
  const waiting = new Map<string, { uid: number; queuePosition: number | undefined }>();
  const working = new Set<string>();
  let gathering = false;

  function add(uid: number, id: string): void {
    if (!followers.has(uid)) return;
    changed.set(uid, (changed.get(uid) ?? new Set()).add(id));
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
    const batch = [...changed];
    changed.clear();
    for (const [uid, ids] of batch) {
      for (const task of await tasks.find({ uid }, [...ids])) {
        if (task.state === 'queued') waiting.set(task.id, { uid, queuePosition: task.queuePosition });
        else waiting.delete(task.id);
        tellOne(uid, { type: 'task', task });
      }
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
      for (const uid of followers.keys()) {
        tasks
          .live({ uid }, undefined)
          .then((live) => live.forEach(({ id }) => void add(uid, id)))
          .catch(onError);
      }
      return;
    }
    const { taskId, uid, state } = change;
    if (state === 'deleted') {
      waiting.delete(taskId);
      tellOne(uid, { type: 'deleted', id: taskId });
    } else add(uid, taskId);
    if (movesQueue(change)) for (const [id, other] of waiting) if (id !== taskId) add(other.uid, id);
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
        for (const [id, other] of waiting) if (other.uid === uid) waiting.delete(id);
        if (followers.size === 0) working.clear();
      };
    },
  };
}
