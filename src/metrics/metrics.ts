import { toStillroarError } from '../errors.ts';
import type { Fetcher } from '../net/fetch-file.ts';
import type { Outbox } from '../webhooks/outbox.ts';
import { type Counter, createRegistry, type Histogram, METRICS_TYPE, type Sample } from './registry.ts';
import type { RunOutcome, RunWatcher } from './watch-runs.ts';

/** What is looked up when somebody asks. */
export interface Readings {
  /** Tasks that wait, of the whole installation. */
  queueDepth(): Promise<number>;
  /** Credits that ever moved, by entry. */
  credits(): Promise<{ entry: string; amount: number }[]>;
  /** Bytes of results and uploads. */
  storageBytes(): Promise<number>;
  /** Processes that make videos for this one. */
  renderChildren(): number;
  /** Rejects when the database does not answer. */
  pingDatabase(): Promise<void>;
}

/** Seconds from a cached answer to a long upload. */
const REQUEST_BOUNDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 60];
/** How a run ends whose task ends with it. */
const isEnd: ReadonlySet<RunOutcome> = new Set(['completed', 'failed', 'cancelled']);
/** Seconds of a stage of the work, or of waiting for it. */
const WORK_BOUNDS = [0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 900, 1800];

/**
 * What operators watch. No label names an account, a prompt or an address. Counters are of this process, credits of the
 * whole installation. The parts that count are handed back as they came, counting.
 */
export function createMetrics(readings: Readings) {
  const registry = createRegistry();
  const requests = registry.histogram(
    'http_request_duration_seconds',
    'Time from a request to the end of its answer.',
    ['method', 'route', 'status'],
    REQUEST_BOUNDS,
  );
  const tasks = registry.counter('tasks_total', 'Tasks that this process brought to an end.', [
    ...['kind', 'engine', 'state'],
  ]);
  const stages = registry.histogram(
    'task_duration_seconds',
    'Time that tasks spent in each stage of the work.',
    ['stage'],
    WORK_BOUNDS,
  );
  const one = async (value: number | Promise<number>): Promise<Sample[]> => [
    { labels: [], value: await value },
  ];
  registry.lookUp('gauge', 'queue_depth', 'Tasks that wait.', [], () => one(readings.queueDepth()));
  const waits = registry.histogram(
    'queue_wait_seconds',
    'Time from the making of a task to its first start.',
    [],
    WORK_BOUNDS,
  );
  registry.lookUp('gauge', 'render_children', 'Processes that make videos for this one.', [], () =>
    one(readings.renderChildren()),
  );
  registry.lookUp('counter', 'credits_total', 'Credits that moved, of all accounts.', ['entry'], async () =>
    (await readings.credits()).map(({ entry, amount }) => ({ labels: [entry], value: amount })),
  );
  registry.lookUp('gauge', 'database_up', 'There and 1 while the database answers.', [], () =>
    readings.pingDatabase().then(() => one(1)),
  );
  const deliveries = registry.counter('webhook_deliveries_total', 'Callbacks that were tried.', ['outcome']);
  registry.lookUp('gauge', 'storage_bytes', 'Bytes of results and uploads.', [], () =>
    one(readings.storageBytes()),
  );
  const refusals = registry.counter('fetch_refused_total', 'Files of callers that were not fetched.', [
    'reason',
  ]);

  return {
    write: registry.write,
    contentType: METRICS_TYPE,

    /** @param route as it is declared, without what stands in its place in a request */
    observeRequest(method: string, route: string, status: number, seconds: number): void {
      requests.observe([method, route, String(status)], seconds);
    },

    runs: countRuns(tasks, stages, waits),

    countDeliveries(outbox: Outbox): Outbox {
      return {
        ...outbox,
        async record(attempt, next) {
          await outbox.record(attempt, next);
          deliveries.add(['end' in next ? next.end : 'retried']);
        },
      };
    },

    countRefusals(fetcher: Fetcher): Fetcher {
      return {
        async fetchFile(url, path, limits, signal) {
          try {
            await fetcher.fetchFile(url, path, limits, signal);
          } catch (error) {
            if (!signal.aborted) refusals.add([toStillroarError(error).code]);
            throw error;
          }
        },
      };
    },
  };
}

/** Counts the runs of this process, and how long their stages take. */
function countRuns(tasks: Counter, stages: Histogram, waits: Histogram): RunWatcher {
  /** The tasks that this process works on: what they are, and since when they are in which stage. */
  const running = new Map<string, { kind: string; engine: string; stage: string; since: number }>();
  function leaveStage(id: string): void {
    const run = running.get(id);
    if (run) stages.observe([run.stage], (performance.now() - run.since) / 1000);
  }
  return {
    begin({ id, kind, engine, attempt, created_at }) {
      if (attempt === 1) waits.observe([], (Date.now() - created_at.getTime()) / 1000);
      running.set(id, { kind, engine, stage: 'fetching', since: performance.now() });
    },
    enter(id, stage) {
      leaveStage(id);
      const run = running.get(id);
      if (run) running.set(id, { ...run, stage, since: performance.now() });
    },
    end(id, outcome) {
      leaveStage(id);
      const run = running.get(id);
      running.delete(id);
      if (run && isEnd.has(outcome)) tasks.add([run.kind, run.engine, outcome]);
    },
  };
}

/** What operators watch. */
export type Metrics = ReturnType<typeof createMetrics>;
