import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Logger } from 'pino';
import { videoPrice } from '../credits/prices.ts';
import { isConnectionLoss } from '../database/connection-loss.ts';
import type { TaskRow } from '../database/schema.ts';
import type { Engine, Operation, TaskKind } from '../engines/engine.ts';
import { errorTable, StillroarError, toStillroarError } from '../errors.ts';
import { explainNoRoom } from '../storage/patient.ts';
import { chooseSubstitute, priceWith, type Routing } from './choose-engine.ts';
import type { InputSources } from './inputs.ts';
import { insist } from './insist.ts';
import { createPreviews, type Previews } from './previews.ts';
import type { Lease, Queue } from './queue.ts';
import { createRoom } from './room.ts';
import { type RunEnd, type RunReports, runTask } from './run.ts';
import type { TaskInput } from './task.ts';
import { attemptOf, type Transitions } from './transitions.ts';

/** Takes tasks from the queue and does them, so many at a time. */
export interface Worker {
  /** Begins to take tasks. */
  start(): Promise<void>;
  /** Takes no more, stops waiting for those that run, and puts them back. */
  stop(): Promise<void>;
}

/** Why a run is aborted whose task goes back to the queue. */
const stopped = new StillroarError('cancelled', 'The worker stops.');

/** One lease at work. */
interface Run {
  lease: Lease;
  controller: AbortController;
  end: Promise<void>;
  /** Ends what the engine does for it; set once the engine has begun. */
  cancel?: () => Promise<void>;
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
  /** Which models may take over. */
  routing: Routing;
  /** Runs get a directory of their own below it. */
  workDirectory: string;
  /** How many tasks this process works on itself. */
  slots: number;
  /** How many tasks of an engine may be at work in all processes together, by its name. */
  atOnce: Readonly<Record<string, number>>;
  log: Logger;
}

/** A worker; it does nothing until it is started. */
export function createWorker(parts: WorkerParts): Worker {
  const { queue, transitions, log } = parts;
  const running = new Map<Lease, Run>();
  const findRoom = createRoom(parts.engines, parts.slots, parts.atOnce);
  const room = () => findRoom([...running.keys()].map(({ engine }) => engine));
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
        if (lookAgain && room().count > 0) look();
      });
  }

  async function fillSlots(): Promise<void> {
    for (let { count, full } = room(); lookAgain && !isStopping && count > 0; { count, full } = room()) {
      lookAgain = false;
      const leases = await queue.take(count, { except: full, atOnce: parts.atOnce });
      // What a limit leaves lying may hide others behind it: only nothing at all says that nothing is left.
      lookAgain ||= leases.length > 0;
      for (const lease of leases) {
        const run: Run = { lease, controller: new AbortController(), end: Promise.resolve() };
        running.set(lease, run);
        run.end = work(run)
          .catch((error) => log.error({ err: error, task: lease.taskId }, 'A task could not be ended.'))
          .finally(() => {
            running.delete(lease);
            look();
          });
      }
    }
  }

  async function work(run: Run): Promise<void> {
    const { lease, controller } = run;
    const { signal } = controller;
    const row = await held(run, () => transitions.start(lease));
    if (!row) return;
    const directory = join(parts.workDirectory, `${row.id}-${row.attempt}`);
    const previews = createPreviews(parts.sources.storage, (output, spent) =>
      transitions.showPreview(lease, output, spent),
    );
    try {
      await mkdir(directory, { recursive: true });
      await finish(run, row, directory, previews);
    } catch (error) {
      if (!signal.aborted) await giveUp(run, error);
      else if (signal.reason === stopped) await transitions.release(lease);
      // Of a lost run the engine's work goes on: whoever has the task now resumes it.
      else if (await transitions.isCancelled(lease.taskId)) await run.cancel?.();
    } finally {
      await previews.close();
      // What stays behind goes when the process ends, or with what dead processes have left.
      await rm(directory, { recursive: true, force: true }).catch((error) =>
        log.warn({ err: error, task: row.id }, 'The files of a run could not be removed.'),
      );
    }
  }

  /** Does what the database must hear of a run, for as long as the run may still have its task. */
  function held<Value>({ controller }: Run, work: () => Promise<Value>): Promise<Value> {
    return insist(work, () => controller.signal.aborted);
  }

  /**
   * Does the work and ends the task; what its model cannot begin another one does, where the operator allows that.
   * @param tried models that cannot be used
   */
  async function finish(
    run: Run,
    row: TaskRow,
    directory: string,
    previews: Previews,
    tried: readonly string[] = [],
  ): Promise<void> {
    const { lease, controller } = run;
    const engine = parts.engines.find(({ name }) => name === row.engine);
    if (!engine) throw new StillroarError('engine-lost', `This worker has no engine named ${row.engine}.`);
    const { signal } = controller;
    const left = row.operation as Operation | null;
    if (left) run.cancel = () => engine.cancel(left);
    const reports: RunReports = {
      async progress(progress, stage) {
        // While the database is away the work goes on; a later report tells whether the task still is ours.
        const isOurs = await transitions.report(lease, progress, stage).catch((error) => {
          if (isConnectionLoss(error)) return true;
          throw error;
        });
        if (!isOurs) lose(run);
      },
      preview: previews.offer,
      async operation(operation) {
        run.cancel = () => engine.cancel(operation);
        if (!(await held(run, () => transitions.remember(lease, operation)))) lose(run);
      },
    };
    let ended: RunEnd;
    try {
      ended = await runTask(engine, row, directory, parts.sources, reports, signal);
    } catch (error) {
      const refused = [...tried, row.model];
      const other = run.cancel || signal.aborted ? undefined : await reroute(run, row, error, refused);
      if (!other) throw error;
      const place = join(directory, other.model);
      await mkdir(place);
      return finish(run, other, place, previews, refused);
    }
    if ('failure' in ended) {
      const { failure, retryable } = ended;
      log.warn(
        { task: row.id, attempt: attemptOf(lease), code: failure.code, retryable },
        'A run has failed.',
      );
      await held(run, () =>
        retryable ? transitions.retry(lease, failure) : transitions.fail(lease, failure),
      );
      return;
    }
    const isOurs = await held(run, () => transitions.complete(lease, ended.result));
    if (!isOurs) for (const { key } of ended.result.outputs) await parts.sources.storage.remove(key);
  }

  /** Finds another model for a task whose own is away, and makes the task its; undefined when there is none. */
  async function reroute(
    run: Run,
    row: TaskRow,
    error: unknown,
    tried: readonly string[],
  ): Promise<TaskRow | undefined> {
    if (!(error instanceof StillroarError) || error.code !== 'engine-unavailable') return undefined;
    const task = { kind: row.kind as TaskKind, model: row.model, input: row.input as TaskInput };
    const choice = chooseSubstitute(parts.engines, task, parts.routing, error.message, tried);
    if (!choice) return undefined;
    const { engine, model, warnings } = choice;
    const { resolution, seconds } = task.input;
    const usual = task.kind === 'video-to-audio' ? row.credits : videoPrice(resolution, seconds);
    const credits = priceWith(model, task, usual);
    log.warn({ task: row.id, from: row.model, to: model.name }, 'Another model takes over a task.');
    const route = { engine: engine.name, model: model.name, credits, warnings };
    return held(run, () => transitions.reroute(run.lease, route));
  }

  async function giveUp(run: Run, error: unknown): Promise<void> {
    const { lease } = run;
    const { code, message, cause } = explainNoRoom(error) ?? toStillroarError(error);
    log.warn({ task: lease.taskId, attempt: attemptOf(lease), code, err: cause }, message);
    const failure = { code, message };
    const isRetryable = errorTable[code].retryable;
    await held(run, () =>
      isRetryable ? transitions.retry(lease, failure) : transitions.fail(lease, failure),
    );
  }

  /** Stops a run whose task was cancelled or is another worker's by now. */
  function lose({ lease, controller }: Run): void {
    if (controller.signal.aborted) return;
    log.info({ task: lease.taskId }, 'A run has lost its task.');
    controller.abort(new StillroarError('engine-lost', 'The lease was lost.'));
  }

  /** Renews the leases and stops the runs that have lost theirs. */
  async function beat(): Promise<void> {
    if (!running.size) return;
    const leases = [...running.keys()];
    const kept = await queue.renew(leases);
    for (const lease of leases) {
      const run = running.get(lease);
      if (run && !kept.includes(lease)) lose(run);
    }
  }

  return {
    async start() {
      await queue.onWork(look);
      // A cancelled task's run ends now and not at its next report.
      await queue.onChange((change) => {
        if (change?.state !== 'cancelled' && change?.state !== 'deleted') return;
        for (const run of running.values()) if (run.lease.taskId === change.taskId) lose(run);
      });
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
      for (const { controller } of runs) controller.abort(stopped);
      await Promise.all(runs.map(({ end }) => end));
    },
  };
}
