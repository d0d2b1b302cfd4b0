import { type ChildProcess, fork } from 'node:child_process';
import { statSync } from 'node:fs';
import { compiledPath } from '../compiled.ts';
import { type ErrorCode, StillroarError } from '../errors.ts';
import { watchChild } from './watch-child.ts';

/** What a file's headers and packets say about it. */
export interface MediaMeasure {
  /** In pixels, as seen; undefined for sound. */
  width: number | undefined;
  height: number | undefined;
  /** Undefined for pictures. */
  durationSeconds: number | undefined;
}

/** What the child is told. */
export interface MeasureJob {
  id: number;
  path: string;
  kind: 'picture' | 'audio' | 'video';
}

/** What the child answers. */
export type MeasureAnswer =
  | { id: number; measure: MediaMeasure }
  | { id: number; code: ErrorCode; message: string };

/** Reads what strangers send, away from this process. */
export interface Measurer {
  /** @throws StillroarError when the file cannot be read, or not in time */
  measure(path: string, kind: MeasureJob['kind']): Promise<MediaMeasure>;
  close(): void;
}

/** A damaged file can keep a demuxer busy for ever: longer than this, in ms, and its process is ended. */
const DEADLINE = 10_000;
/** More memory than this, and twice its own size, no file takes that is what it says, in bytes. */
const MOST_MEMORY = 1_500_000_000;
/** A child that has had nothing to do for so long, in ms, is let go. */
const IDLE = 30_000;

/** A measurer; its child is started when it is needed, and files are measured one after another. */
export function createMeasurer(): Measurer {
  let child: ChildProcess | undefined;
  let idle: NodeJS.Timeout | undefined;
  let count = 0;
  let last: Promise<unknown> = Promise.resolve();

  function end(): void {
    clearTimeout(idle);
    child?.kill('SIGKILL');
    child = undefined;
  }

  function start(): ChildProcess {
    const started = fork(compiledPath('./measure-child.ts', import.meta.url), { execArgv: [] });
    started.once('exit', () => {
      if (child === started) child = undefined;
    });
    return started;
  }

  function measureNow(path: string, kind: MeasureJob['kind']): Promise<MediaMeasure> {
    clearTimeout(idle);
    child ??= start();
    const worker = child;
    const job: MeasureJob = { id: ++count, path, kind };
    return new Promise<MediaMeasure>((resolve, reject) => {
      const fail = () => {
        settle();
        end();
        reject(
          new StillroarError(`${kind}-unreadable`, `The file is damaged: it cannot be read as ${kind}.`),
        );
      };
      const deadline = setTimeout(fail, DEADLINE);
      const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
      const limits = { bytes: MOST_MEMORY + 2 * size, cpuSeconds: () => Number.POSITIVE_INFINITY };
      const watch = worker.pid === undefined ? undefined : watchChild(worker.pid, limits, fail);
      const listen = (answer: MeasureAnswer) => {
        if (answer.id !== job.id) return;
        if ('measure' in answer) resolve(answer.measure);
        else reject(new StillroarError(answer.code, answer.message));
      };
      const settle = () => {
        clearTimeout(deadline);
        watch?.stop();
        worker.off('message', listen).off('exit', fail).off('message', settle);
        idle = setTimeout(end, IDLE).unref();
      };
      worker.on('message', listen).once('exit', fail).once('message', settle);
      worker.send(job, (error) => {
        if (error) fail();
      });
    });
  }

  return {
    measure(path, kind) {
      const measured = last.then(() => measureNow(path, kind));
      last = measured.catch(() => {});
      return measured;
    },
    close: end,
  };
}
