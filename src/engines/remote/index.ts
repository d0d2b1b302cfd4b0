import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { StillroarError } from '../../errors.ts';
import { ServerUnreachable } from '../../net/ask-server.ts';
import type { Engine, EngineInput, EngineModel, EngineStatus, Warning } from '../engine.ts';

/** How a job stands on another server. */
export type RemoteStanding =
  | { state: 'running'; progress: number }
  | {
      state: 'completed';
      /** What it did otherwise than it was asked, a sentence each. */
      warnings?: string[];
      /** Writes the video to a new file. */
      download(path: string, signal: AbortSignal): Promise<void>;
    }
  | { state: 'failed'; reason: string }
  /** The server does not know the job (any more). */
  | { state: 'unknown' };

/** Another server that makes videos, in its own words. Calls throw `ServerUnreachable` and {@link RemoteRefusal}. */
export interface RemoteService {
  /** The engine's name. */
  readonly name: string;
  /** How many jobs it is given at once. */
  readonly slots: number;
  /** What it offers. */
  models(signal: AbortSignal): Promise<EngineModel[]>;
  /** What of a request it has no use for. */
  ignored(input: EngineInput): string[];
  /** The job that an earlier run of the task has left, where the service can find it by the task's id. */
  find?(input: EngineInput, signal: AbortSignal): Promise<string | undefined>;
  /** Begins a job and answers its id. */
  create(input: EngineInput, signal: AbortSignal): Promise<string>;
  look(id: string, signal: AbortSignal): Promise<RemoteStanding>;
  cancel(id: string): Promise<void>;
}

/** The other server has answered, and refuses. */
export class RemoteRefusal extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.name = 'RemoteRefusal';
    this.status = status;
  }
}

/** How long things take, in ms. */
export const remoteTimes = { probe: 60_000, poll: 2_000 };

/** What a caller may read of an error; the other server's own words are for the log. */
function explain(error: unknown): unknown {
  if (error instanceof ServerUnreachable) {
    const sentence = 'The server that has the model does not answer. Try again later.';
    return new StillroarError('engine-unavailable', sentence, { cause: error });
  }
  if (error instanceof RemoteRefusal) {
    const sentence = 'The server that has the model refused the work. Its operator finds why in the log.';
    return new StillroarError('engine-failed', sentence, { cause: error });
  }
  return error;
}

/**
 * An engine over another server's jobs. What is stored with a task is the job's id, so that whoever takes over asks for
 * it and does not begin, and pay for, another.
 */
export function createRemoteEngine(service: RemoteService, times = remoteTimes): Engine {
  const jobs = new Map<string, EngineInput>();
  const closing = new AbortController();
  let models: EngineModel[] = [];
  let isUp = false;

  async function probe(): Promise<void> {
    try {
      models = await service.models(closing.signal);
      isUp = true;
    } catch {
      // No answer, or none that says what there is.
      isUp = false;
    }
  }
  const ready = probe();
  const timer = setInterval(() => void probe(), times.probe).unref();

  async function followUp(id: string, input: EngineInput, signal: AbortSignal): Promise<EngineStatus> {
    const standing = await service.look(id, signal);
    switch (standing.state) {
      case 'running':
        return { state: 'running', progress: standing.progress, stage: 'rendering' };
      case 'unknown': {
        const reason = 'The server that has the model has forgotten the work.';
        return { state: 'failed', code: 'engine-lost', reason, retryable: true };
      }
      case 'failed': {
        const reason = 'The server that has the model could not make the video.';
        return { state: 'failed', code: 'engine-failed', reason, retryable: false, detail: standing.reason };
      }
      case 'completed': {
        const path = join(input.workDirectory, 'made.mp4');
        await standing.download(path, signal);
        const warnings: Warning[] = service.ignored(input).map((what) => ({
          code: 'option-ignored',
          message: `The model ${input.model} has no use for ${what}.`,
        }));
        for (const message of standing.warnings ?? []) warnings.push({ code: 'model-warning', message });
        return {
          state: 'completed',
          files: [{ kind: 'video', path, contentType: 'video/mp4' }],
          warnings,
          plan: {},
        };
      }
    }
  }

  return {
    name: service.name,
    get models() {
      return isUp ? models : [];
    },
    get unavailable() {
      return isUp
        ? []
        : models.map((model) => ({ ...model, needs: [`The server of ${service.name} does not answer.`] }));
    },
    ready,
    slots: service.slots,

    supports({ effect }) {
      if (effect === undefined) return [];
      throw new StillroarError('invalid-field', 'Effects are drawn by the built-in models only.', {
        field: 'effect',
      });
    },

    async start(input, signal) {
      try {
        const left = input.attempt > 1 ? await service.find?.(input, signal) : undefined;
        const id = left ?? (await service.create(input, signal));
        jobs.set(id, input);
        return { id };
      } catch (error) {
        throw explain(error);
      }
    },

    async resume(operation, input) {
      jobs.set(String(operation.id), input);
    },

    async status(operation, signal) {
      const id = String(operation.id);
      const input = jobs.get(id);
      if (!input) {
        const reason = 'The process that watched the other server has ended.';
        return { state: 'failed', code: 'engine-lost', reason, retryable: true };
      }
      await sleep(times.poll, undefined, { signal });
      try {
        const status = await followUp(id, input, signal);
        if (status.state !== 'running') jobs.delete(id);
        return status;
      } catch (error) {
        signal.throwIfAborted();
        // The job goes on without us, and may have been paid for: wait for the server until the task's own end.
        if (error instanceof ServerUnreachable) return { state: 'running', progress: 0, stage: 'rendering' };
        jobs.delete(id);
        throw explain(error);
      }
    },

    async cancel(operation) {
      jobs.delete(String(operation.id));
      await service.cancel(String(operation.id));
    },

    async close() {
      clearInterval(timer);
      closing.abort();
    },
  };
}
