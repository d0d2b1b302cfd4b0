import { fork } from 'node:child_process';
import { compiledPath } from '../../compiled.ts';
import { scaleRgb } from '../../media/decode-picture.ts';
import { watchChild } from '../../media/watch-child.ts';
import type { Plane } from '../../picture/pixels/plane.ts';
import type { Size } from '../../picture/render/size.ts';
import type { Warning } from '../engine.ts';

/** What a depth child is asked. */
export interface DepthQuestion {
  /** Of the model's file. */
  path: string;
  /** Interleaved 8-bit sRGB. */
  rgb: Uint8Array;
  size: Size;
}

/** What it answers: nearness, 0–1, and by which package; or why not, to complete a sentence, and the details. */
export type DepthAnswer = { nearness: Plane; runtime: string } | { problem: string; detail: string };

/** Long side of the picture that the model looks at, in pixels: what Depth Anything V2 was trained on. */
const MODEL_SIDE = 518;
/** Its transformer sees patches of so many pixels: both sides are multiples. */
const PATCH = 14;
/** How long it may compute, in seconds, and how much memory it may take, in bytes. */
const MOST_SECONDS = 120;
const MOST_MEMORY = 3_000_000_000;

/** The size at which a model looks at a picture. */
export function modelSize({ width, height }: Size): Size {
  const scale = MODEL_SIDE / Math.max(width, height);
  const side = (length: number) => Math.max(2, Math.round((length * scale) / PATCH)) * PATCH;
  return { width: side(width), height: side(height) };
}

/**
 * How near things are, by a model in a file. Works in a process of its own, beside the caller's.
 * @param rgb interleaved 8-bit sRGB of the given size
 */
export async function askDepthModel(path: string, rgb: Uint8Array, size: Size): Promise<DepthAnswer> {
  const small = modelSize(size);
  const question: DepthQuestion = { path, rgb: await scaleRgb(rgb, size, small), size: small };
  return new Promise((resolve) => {
    const child = fork(compiledPath('./depth-child.ts', import.meta.url), {
      serialization: 'advanced',
      execArgv: [],
    });
    const limits = { bytes: MOST_MEMORY, cpuSeconds: () => MOST_SECONDS };
    const watch =
      child.pid === undefined
        ? undefined
        : watchChild(child.pid, limits, (limit) => {
            end({ problem: limit === 'time' ? 'it takes too long' : 'it takes too much memory', detail: '' });
          });
    function end(answer: DepthAnswer): void {
      watch?.stop();
      child.kill('SIGKILL');
      resolve(answer);
    }
    child.once('message', (answer: DepthAnswer) => end(answer));
    child.once('error', (error) => end({ problem: 'the runtime failed', detail: error.message }));
    child.once('exit', (code, signal) => {
      end({ problem: 'the runtime failed', detail: `The process ended with ${signal ?? code}.` });
    });
    child.send(question, (error) => {
      if (error) end({ problem: 'the runtime failed', detail: error.message });
    });
  });
}

/** What the caller of a task reads whose picture was read without the model. */
export function depthModelWarning(problem: string): Warning {
  return {
    code: 'depth-model-unused',
    message: `The depth model could not be used: ${problem}. The depth was estimated without it.`,
  };
}
