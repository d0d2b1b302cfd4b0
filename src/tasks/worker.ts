import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Logger } from 'pino';
import type { TaskRow } from '../database/schema.ts';
import type { Engine } from '../engines/engine.ts';
import { errorTable, StillroarError, toStillroarError } from '../errors.ts';
import type { InputSources } from './inputs.ts';
import type { Lease, Queue } from './queue.ts';
import { runTask } from './run.ts';
import { attemptOf, type Transitions } from './transitions.ts';

/** Takes tasks from the queue and does them, so many at a time. */
export interface Worker {
  /** Begins to take tasks. */
  start(): Promise<void>;
  /** Takes no more, stops waiting for those that run, and puts them back. */
  stop(): Promise<void>;
}

const HEARTBEAT = 10_000;
/** A wake-up can get lost with a connection; then the next look comes this late, in ms. */
const LOOK_AGAIN = 2_000;

/** What a worker is made of. */
export interface WorkerParts {
  queue: Queue;
  transitions: Transitions;
  engines: readonly Engine[];
  sources: InputSources;
  /** Runs get a directory of their own below it. */
  workDirectory: string;
  slots: number;
  log: Logger;
}

/** A worker; it does nothing until it is started. */
export function createWorker(parts: WorkerParts): Worker {
  const { queue, transitions, log } = parts;
  const running = new Map<Lease, { controller: AbortController; end: Promise<void> }>();
  let isStopping = false;
  let looking: Promise<void> | undefined;
  let lookAgain = false;
  const timers: NodeJS.Timeout[] = [];

  /** Fills the free slots; wake-ups during a look cause one more. */
  function look(): void {
    lookAgain = true;
    if (looking || isStopping) return;
    looking = fillSlots()
      .catch((error) => log.error({ err: error }, 'The queue cannot be read.'))
      .finally(() => {
        looking = undefined;
        if (lookAgain && running.size < parts.slots) look();
      });
  }

  async function fillSlots(): Promise<void> {
    while (lookAgain && !isStopping && running.size < parts.slots) {
      lookAgain = false;
      const leases = await queue.take(parts.slots - running.size);
      for (const lease of leases) {
        const controller = new AbortController();
        const end = work(lease, controller.signal)
          .catch((error) => log.error({ err: error, task: lease.taskId }, 'A task could not be ended.'))
          .finally(() => {
            running.delete(lease);
            look();
          });
        running.set(lease, { controller, end });
      }
    }
  }

  async function work(lease: Lease, signal: AbortSignal): Promise<void> {
    const row = await transitions.start(lease);
    if (!row) return;
    const directory = join(parts.workDirectory, `${row.id}-${row.attempt}`);
    await mkdir(directory, { recursive: true });
    try {
      await finish(lease, row, directory, signal);
    } catch (error) {
      if (!signal.aborted) await giveUp(lease, error);
      else if (isStopping) await transitions.release(lease);
    } finally {
      await rm(directory, { recursive: true, force: true });
    }
  }

  async function finish(lease: Lease, row: TaskRow, directory: string, signal: AbortSignal): Promise<void> {
    const engine = parts.engines.find(({ name }) => name === row.engine);
    if (!engine) throw new StillroarError('engine-lost', `This worker has no engine named ${row.engine}.`);
    const reports = {
      progress: (progress: number, stage: Parameters<Transitions['report']>[2]) =>
        transitions.report(lease, progress, stage),
      operation: (operation: Parameters<Transitions['remember']>[1]) =>
        transitions.remember(lease, operation),
    };
    const ended = await runTask(engine, row, directory, parts.sources, reports, signal);
    if ('failure' in ended) {
      const { failure, retryable } = ended;
      log.warn(
        { task: row.id, attempt: attemptOf(lease), code: failure.code, retryable },
        'A run has failed.',
      );
      await (retryable ? transitions.retry(lease, failure) : transitions.fail(lease, failure));
      return;
    }
    const isOurs = await transitions.complete(lease, ended.result);
    if (!isOurs) for (const { key } of ended.result.outputs) await parts.sources.storage.remove(key);
  }

  async function giveUp(lease: Lease, error: unknown): Promise<void> {
    const { code, message, cause } = toStillroarError(error);
    log.warn({ task: lease.taskId, attempt: attemptOf(lease), code, err: cause }, message);
    const failure = { code, message };
    await (errorTable[code].retryable ? transitions.retry(lease, failure) : transitions.fail(lease, failure));
  }

  /** Renews the leases and stops the runs that have lost theirs: another worker has the task. */
  async function beat(): Promise<void> {
    if (!running.size) return;
    const leases = [...running.keys()];
    const kept = await queue.renew(leases);
    for (const lease of leases) {
      if (kept.includes(lease) || !running.has(lease)) continue;
      log.warn({ task: lease.taskId }, 'A lease was lost.');
      running.get(lease)?.controller.abort(new StillroarError('engine-lost', 'The lease was lost.'));
    }
  }

  return {
    async start() {
      await queue.onWork(look);
      timers.push(
        setInterval(look, LOOK_AGAIN),
        setInterval(() => {
          beat().catch((error) => log.error({ err: error }, 'The leases cannot be renewed.'));
        }, HEARTBEAT),
      );
      look();
    },
    async stop() {
      isStopping = true;
      for (const timer of timers) clearInterval(timer);
      await looking;
      const runs = [...running.values()];
      for (const { controller } of runs)
        controller.abort(new StillroarError('cancelled', 'The worker stops.'));
      await Promise.all(runs.map(({ end }) => end));
    },
  };
}
