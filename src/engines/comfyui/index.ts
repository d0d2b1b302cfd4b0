import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { StillroarError } from '../../errors.ts';
import { ServerUnreachable } from '../../net/ask-server.ts';
import type {
  Engine,
  EngineInput,
  EngineModel,
  EngineStatus,
  Operation,
  Preview,
  Warning,
} from '../engine.ts';
import type { MediaTools } from '../media-tools.ts';
import { type EarlierWork, lookBack, MOST_TRIALS } from './earlier-work.ts';
import { type Host, HostPool, hostTimes } from './hosts.ts';
import type { Workflow } from './manifest.ts';
import { prepareGraph } from './prepare-graph.ts';
import { readPreview } from './preview.ts';
import { ProgressMeter, readNews } from './progress.ts';
import { contentTypeOf, lookAt, promptIdOf, resultOf, type Standing } from './standing.ts';
import { ComfyRefusal, type ComfyTransport, createTransport, type HistoryEntry } from './transport.ts';

/** What the engine is made of. */
export interface ComfyParts {
  /** Addresses of ComfyUI servers. */
  urls: readonly string[];
  /** Sent with every request; ComfyUI itself has no authentication. */
  headers?: Record<string, string>;
  workflows: readonly Workflow[];
  /** Names of the workflows whose licence the operator has accepted. */
  accepted: readonly string[];
  media: MediaTools;
  /** Times in ms; for tests. Default: {@link comfyTimes}. */
  times?: typeof comfyTimes;
}

/** How long things take, in ms. */
export const comfyTimes = {
  ...hostTimes,
  /** Between two looks at a prompt. */
  poll: 1_000,
  /** A server that works for us may be silent for so long before another one takes over. */
  silence: 120_000,
};

/** A server that has forgotten a prompt at so many looks has really done so. */
const MISSES = 2;
/** A task's work on a server. */
interface Job {
  key: string;
  input: EngineInput;
  workflow: Workflow;
  host: Host;
  /** How many pieces the video is made in, and the paths of those that are made. */
  pieces: number;
  made: string[];
  /** How often the piece at work was submitted before. */
  trial: number;
  tier: number;
  meter: ProgressMeter;
  preview: Preview | undefined;
  /** Looks in a row at which the server did not know the prompt. */
  misses: number;
  /** Submitted anew after the server had forgotten it or somebody had interrupted it. */
  isSecondTry: boolean;
  silentSince: number | undefined;
  warnings: Warning[];
  wake: () => void;
}

const lost: EngineStatus = {
  state: 'failed',
  code: 'engine-lost',
  reason: 'The process that watched the GPU server has ended.',
  retryable: true,
};

/**
 * An engine over ComfyUI servers. Polling is the truth, the socket a hint. A task's prompts have ids of their own that
 * follow from the task's: whoever takes over after a restart finds the work that is under way and does not submit it
 * twice.
 */
export function createComfyEngine(parts: ComfyParts): Engine {
  const { workflows, media, times = comfyTimes } = parts;
  const offered = workflows.filter(({ name, manifest }) => isAccepted(parts, name, manifest.licence));
  const jobs = new Map<string, Job>();
  const clientId = randomUUID();
  const transports = parts.urls.map((url) => createTransport(url, parts.headers ?? {}, clientId));
  const pool = new HostPool(transports, offered, hear, times);

  function hear(message: string | Buffer, from: ComfyTransport): void {
    const news = typeof message === 'string' ? readNews(message) : see(message, from);
    if (!news) return;
    for (const job of jobs.values()) {
      if (idOf(job) !== news.promptId) continue;
      job.meter.hear(news);
      if (news.ended) job.wake();
    }
  }

  /** Keeps what a server shows; it is no news. */
  function see(message: Buffer, from: ComfyTransport): undefined {
    const seen = readPreview(message);
    if (!seen) return undefined;
    const { promptId, preview } = seen;
    for (const job of jobs.values()) {
      // Without an id it can be of the one job only that has the server.
      const isOf = promptId ? idOf(job) === promptId : job.host.transport === from;
      if (isOf) job.preview = preview;
    }
  }

  function workflowOf(model: string): Workflow {
    const workflow = offered.find(({ name }) => name === model);
    if (workflow) return workflow;
    throw new StillroarError('engine-unavailable', `The workflow ${model} is not there any more.`);
  }

  /** How far earlier runs of a task have come, on whichever server. */
  async function findEarlier(taskId: string, pieces: number, hosts: readonly Host[]) {
    let found: (EarlierWork & { host: Host }) | undefined;
    const reach = ({ made, trial }: EarlierWork) => made.length * MOST_TRIALS + trial;
    for (const host of hosts) {
      const earlier = await lookBack(host.transport, taskId, pieces);
      if (earlier?.isAlive) return { ...earlier, host };
      if (earlier && (!found || reach(earlier) > reach(found))) found = { ...earlier, host };
    }
    return found;
  }

  /** Uploads what the graph needs and submits the job's next piece, or the same once more. */
  async function submit(job: Job, signal: AbortSignal): Promise<void> {
    const { input, host, made } = job;
    // An earlier run of the task may have come as far: what the server knows is not submitted again.
    for (; input.attempt > 1 && job.trial < MOST_TRIALS; job.trial++) {
      const { state } = await lookAt(host.transport, idOf(job), signal);
      if (state === 'unknown') break;
      if (state !== 'failed' && state !== 'interrupted') return;
    }
    if (job.trial >= MOST_TRIALS) {
      throw new StillroarError('engine-failed', 'The GPU server has failed at this too often.');
    }
    const imagePath = await beginningOf(job);
    const submission = { ...job, piece: made.length, imagePath };
    const graph = await prepareGraph(submission, host.transport, media, signal);
    job.meter = new ProgressMeter(graph, input.kind === 'video-to-audio');
    job.misses = 0;
    await host.transport.submit(graph, idOf(job), signal);
  }

  /** The picture that the piece at work begins with: the caller's, or the last one of the piece before. */
  async function beginningOf({ input, made }: Job): Promise<string | undefined> {
    const before = made.at(-1);
    if (before === undefined) return input.imagePath;
    const path = join(input.workDirectory, `last-${made.length}.png`);
    await media.lastPicture(before, path);
    return path;
  }

  /** Fetches what a prompt of a job has made; says why not when there is nothing to fetch. */
  async function fetchMade(
    job: Job,
    transport: ComfyTransport,
    entry: HistoryEntry,
    signal: AbortSignal,
  ): Promise<'fetched' | 'gone' | 'none'> {
    const file = resultOf(job.workflow.manifest, entry);
    if (!file) return 'none';
    const extension = file.filename.split('.').at(-1)!.toLowerCase();
    const path = join(job.input.workDirectory, `made-${job.made.length}.${extension}`);
    if (!(await transport.download(file, path, signal))) return 'gone';
    job.made.push(path);
    return 'fetched';
  }

  /** The finished work, of one piece or several. */
  async function complete(job: Job): Promise<EngineStatus> {
    forget(job);
    const { made, pieces, input, warnings } = job;
    let path = made[0]!;
    if (pieces > 1) {
      path = join(input.workDirectory, 'joined.mp4');
      await media.join(made, path);
    }
    const contentType = contentTypeOf(path);
    const kind = contentType.startsWith('audio/') ? 'audio' : 'video';
    return {
      state: 'completed',
      files: [{ kind, path, contentType }],
      warnings: [...warnings, ...tierWarnings(job), ...pieceWarnings(job)],
      plan: {},
    };
  }

  function forget(job: Job): void {
    jobs.delete(job.key);
    pool.release(job.key);
  }

  function fail(job: Job, failure: Omit<Extract<EngineStatus, { state: 'failed' }>, 'state'>): EngineStatus {
    forget(job);
    return { state: 'failed', ...failure };
  }

  /** What follows from how the prompt stands. */
  async function proceed(job: Job, standing: Standing, signal: AbortSignal): Promise<EngineStatus> {
    const running = runningOf(job);
    const again = async (): Promise<EngineStatus> => {
      job.trial++;
      await submit(job, signal);
      return running;
    };
    switch (standing.state) {
      case 'waiting':
      case 'running':
        job.misses = 0;
        return running;
      case 'unknown':
      case 'interrupted':
        // A prompt that ends between the two questions is unknown for one look.
        if (standing.state === 'unknown' && ++job.misses < MISSES) return running;
        if (job.isSecondTry) {
          const reason = 'The GPU server dropped the work twice.';
          return fail(job, { code: 'engine-lost', reason, retryable: true });
        }
        job.isSecondTry = true;
        return again();
      case 'failed': {
        const { reason: detail } = standing;
        if (!standing.isOutOfMemory) {
          const reason = 'The GPU server could not finish the work.';
          return fail(job, { code: 'engine-failed', reason, retryable: true, detail });
        }
        if (job.tier + 1 >= job.workflow.manifest.tiers.length) {
          const reason = 'The memory of the GPU does not suffice for this, even in the smallest size.';
          return fail(job, { code: 'engine-failed', reason, retryable: false, detail });
        }
        await job.host.transport.free();
        job.tier++;
        // All pieces have one size.
        job.made = [];
        return again();
      }
      case 'succeeded': {
        const fetched = await fetchMade(job, job.host.transport, standing.entry, signal);
        if (fetched === 'none') {
          const reason = 'The GPU server finished without a result: the workflow saves none.';
          return fail(job, { code: 'engine-failed', reason, retryable: false });
        }
        if (fetched === 'gone') {
          if (job.isSecondTry) {
            const reason = 'The GPU server has removed the result.';
            return fail(job, { code: 'engine-failed', reason, retryable: true });
          }
          job.isSecondTry = true;
          return again();
        }
        if (job.made.length === job.pieces) return complete(job);
        job.isSecondTry = false;
        await submit(job, signal);
        return runningOf(job);
      }
    }
  }

  return {
    name: 'comfyui',

    get models() {
      return offered.filter(({ name }) => pool.able(name).length > 0).map(toModel);
    },

    get unavailable() {
      return workflows
        .filter(({ name }) => !offered.some((workflow) => workflow.name === name) || !pool.able(name).length)
        .map((workflow) => ({
          ...toModel(workflow),
          needs: offered.includes(workflow)
            ? pool.missing(workflow.name)
            : [
                `Accept its licence (${workflow.manifest.licence.name}): add ${workflow.name} to COMFYUI_ACCEPT.`,
              ],
        }));
    },

    ready: pool.probed,
    slots: parts.urls.length,

    supports({ effect }) {
      if (effect === undefined) return [];
      throw new StillroarError('invalid-field', 'Effects are drawn by the built-in models only.', {
        field: 'effect',
      });
    },

    async start(input, signal): Promise<Operation> {
      await pool.probed;
      const workflow = workflowOf(input.model);
      const pieces = pieceCount(workflow, input.seconds);
      const key = `${input.taskId} ${input.attempt}`;
      const look = async (hosts: readonly Host[]) =>
        input.attempt > 1 ? findEarlier(input.taskId, pieces, hosts) : undefined;
      let earlier = await look(pool.able(workflow.name));
      const host = earlier?.isAlive ? earlier.host : await pool.take(workflow.name, key, signal);
      // A server that was away until now may have it: the same id submitted twice would run twice.
      if (!earlier?.isAlive) earlier = (await look([host])) ?? earlier;
      const job: Job = {
        key,
        input,
        workflow,
        host,
        pieces,
        made: [],
        trial: earlier?.trial ?? 0,
        tier: Math.min(earlier?.shortages ?? 0, workflow.manifest.tiers.length - 1),
        meter: new ProgressMeter(workflow.graph, input.kind === 'video-to-audio'),
        preview: undefined,
        misses: 0,
        isSecondTry: false,
        silentSince: undefined,
        warnings: ignoredWishes(input, workflow),
        wake: () => {},
      };
      pool.hold(key, host);
      jobs.set(key, job);
      try {
        let isAlive = earlier?.isAlive ?? false;
        for (const entry of earlier?.made ?? []) {
          if ((await fetchMade(job, earlier!.host.transport, entry, signal)) === 'fetched') continue;
          // What follows on a piece that is gone has to be made anew as well.
          job.trial++;
          isAlive = false;
          break;
        }
        if (!isAlive) await submit(job, signal);
      } catch (error) {
        forget(job);
        throw explain(error);
      }
      return { key, task: input.taskId, host: host.transport.url, pieces };
    },

    async status(operation, signal) {
      const job = jobs.get(String(operation.key));
      if (!job) return lost;
      pool.hold(job.key, job.host);
      await new Promise<void>((resolve) => {
        job.wake = () => {
          clearTimeout(timer);
          signal.removeEventListener('abort', job.wake);
          resolve();
        };
        const timer = setTimeout(job.wake, times.poll);
        signal.addEventListener('abort', job.wake, { once: true });
      });
      signal.throwIfAborted();
      try {
        const standing = await lookAt(job.host.transport, idOf(job), signal);
        job.silentSince = undefined;
        return await proceed(job, standing, signal);
      } catch (error) {
        signal.throwIfAborted();
        if (!(error instanceof ServerUnreachable)) {
          forget(job);
          throw explain(error);
        }
        job.silentSince ??= Date.now();
        pool.setAside(job.host);
        if (Date.now() - job.silentSince < times.silence) return runningOf(job);
        const reason = 'The GPU server has stopped answering.';
        return fail(job, { code: 'engine-lost', reason, retryable: true, detail: error.message });
      }
    },

    async cancel(operation) {
      const job = jobs.get(String(operation.key));
      if (job) forget(job);
      const host = pool.find(String(operation.host));
      if (!host) return;
      const { running, pending } = await host.transport.queue();
      for (let n = 0; n < MOST_TRIALS * Number(operation.pieces); n++) {
        const id = promptIdOf(String(operation.task), Math.floor(n / MOST_TRIALS), n % MOST_TRIALS);
        if (running.includes(id) || pending.includes(id)) await host.transport.cancel(id);
      }
    },

    async close() {
      pool.close();
    },
  };
}

function isAccepted({ accepted }: ComfyParts, name: string, licence: { mustBeAccepted: boolean }): boolean {
  return !licence.mustBeAccepted || accepted.includes(name);
}

function toModel({ name, manifest }: Workflow): EngineModel {
  const { title, kind, resolutions, seconds, quality, prices, licence, bindings } = manifest;
  return {
    name,
    title,
    licence: `${licence.name}: ${licence.allows}`,
    kinds: [kind],
    resolutions,
    seconds,
    lastFrame: bindings.lastImage.length > 0,
    needsLastFrame: bindings.lastImage.length > 0,
    quality,
    prices,
  };
}

function runningOf({ meter, preview, made, pieces }: Job): EngineStatus {
  const progress = (100 * made.length + meter.reached.progress) / pieces;
  return { state: 'running', ...meter.reached, progress, ...(preview && { preview }) };
}

function idOf({ input, made, trial }: Job): string {
  return promptIdOf(input.taskId, made.length, trial);
}

/** How many pieces a video of so many seconds is made in. */
function pieceCount({ manifest }: Workflow, seconds: number): number {
  const { piece = Infinity } = manifest;
  return Math.max(1, Math.ceil(seconds / piece));
}

function pieceWarnings({ pieces, workflow }: Job): Warning[] {
  if (pieces === 1) return [];
  const message =
    `The model draws ${workflow.manifest.piece} seconds at a time: the video was made in ${pieces} pieces, each from ` +
    'the last picture of the one before.';
  return [{ code: 'made-in-pieces', message }];
}

function tierWarnings({ tier, workflow }: Job): Warning[] {
  if (tier === 0) return [];
  const megapixels = (workflow.manifest.tiers[tier]! / 1e6).toFixed(2);
  const message =
    `The memory of the GPU did not suffice for the full size, so the video was drawn with ${megapixels} ` +
    'megapixels and enlarged.';
  return [{ code: 'drawn-smaller', message }];
}

/** What the graph has no place for. */
function ignoredWishes(
  { negativePrompt, motion, extendPrompt }: EngineInput,
  { name, manifest }: Workflow,
): Warning[] {
  const ignored = [
    ...(negativePrompt && manifest.bindings.negativePrompt.length === 0 ? ['the negative prompt'] : []),
    ...(motion?.camera?.length ? ['the camera (say it in the prompt instead)'] : []),
    ...(motion?.strength !== undefined && motion.strength !== 1 ? ['the strength of the movement'] : []),
    ...(extendPrompt ? ['the wish to extend the prompt'] : []),
  ];
  return ignored.map((what) => ({
    code: 'option-ignored',
    message: `The model ${name} has no use for ${what}.`,
  }));
}

/** What a caller may read of an error, with the server's own words kept for the log. */
function explain(error: unknown): unknown {
  if (error instanceof ServerUnreachable) {
    return new StillroarError('engine-unavailable', 'The GPU server does not answer. Try again later.', {
      cause: error,
    });
  }
  if (error instanceof ComfyRefusal) {
    const reason = 'The GPU server refused the work. Its operator finds why in the log.';
    return new StillroarError('engine-failed', reason, { cause: error });
  }
  return error;
}
