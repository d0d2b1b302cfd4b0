import { type ChildProcess, fork } from 'node:child_process';
import { compiledPath } from '../../compiled.ts';
import { type ErrorCode, StillroarError } from '../../errors.ts';
import { createMeasurer } from '../../media/measure-file.ts';
import type { MediaTools } from '../media-tools.ts';
import type { FinishJob, FitJob, FittedVideo } from './work.ts';

/** What the child answers. */
export type FinisherAnswer =
  | { result: FittedVideo | null }
  | { code: ErrorCode; message: string; detail: string };

/** Works on files for other machines and from them, in processes of its own. */
export interface Finisher extends MediaTools {
  /** @throws StillroarError when the video cannot be read or not in time */
  fit(job: Omit<FitJob, 'do'>, signal?: AbortSignal): Promise<FittedVideo>;
  /** Ends all work. */
  close(): void;
}

/** Longer work is ended, in ms. */
const DEADLINE = 10 * 60_000;

/** A finisher; its processes are started when they are needed. */
export function createFinisher(): Finisher {
  const measurer = createMeasurer();
  const children = new Set<ChildProcess>();

  function run(job: FinishJob, signal?: AbortSignal): Promise<unknown> {
    signal?.throwIfAborted();
    const child = fork(compiledPath('./child.ts', import.meta.url), { execArgv: [] });
    children.add(child);
    return new Promise<unknown>((resolve, reject) => {
      const fail = (message: string) => reject(new StillroarError('engine-failed', message));
      const timer = setTimeout(() => fail('What the model made could not be converted in time.'), DEADLINE);
      const abort = () => reject(signal?.reason);
      signal?.addEventListener('abort', abort, { once: true });
      child.once('message', (answer: FinisherAnswer) => {
        if ('result' in answer) resolve(answer.result);
        else reject(new StillroarError(answer.code, answer.message, { cause: answer.detail }));
      });
      child.once('exit', () => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', abort);
        children.delete(child);
        fail('The process that converts videos has ended.');
      });
      child.send(job, (error) => {
        if (error) fail('The process that converts videos cannot be started.');
      });
    }).finally(() => child.kill('SIGKILL'));
  }

  return {
    fit: async (job, signal) => (await run({ ...job, do: 'fit' }, signal)) as FittedVideo,
    measure: measurer.measure,
    async resample(path, to, wish) {
      await run({ do: 'resample', path, to, ...wish });
    },
    async lastPicture(path, to) {
      await run({ do: 'last-picture', path, to });
    },
    async join(paths, to) {
      await run({ do: 'join', paths, to });
    },
    close() {
      measurer.close();
      for (const child of children) child.kill('SIGKILL');
    },
  };
}
