import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { compiledPath } from '../../compiled.ts';
import type { Plane } from '../../picture/pixels/plane.ts';
import type { Size } from '../../picture/render/size.ts';
import type { PaintedScene } from '../../picture/scenes/paint-plan.ts';
import type { ScenePlan } from '../../picture/scenes/plan.ts';
import { liveMask } from '../../picture/scenes/repaint.ts';
import { createKeyRing, type KeyRing } from './key-ring.ts';

/** Pixels of a moment that is painted anew for a 720p video; larger videos get more, by the square root. */
const MOMENT_PIXELS = 800 * 450;
const PIXELS_OF_720P = 1280 * 720;
/** More threads than this would wait for the one that draws. */
const MOST_PAINTERS = 4;

/** What of a painting is painted anew while it is filmed. Plain data. */
export interface Live {
  plan: ScenePlan;
  seed: number;
  /** Of the moments. */
  size: Size;
  /** Where they show, 0–1. */
  mask: Plane;
}

/** What of a painting lives; undefined when all of it rests. */
export function liveOf({ plan }: PaintedScene, frame: Size, seed: number): Live | undefined {
  const mask = liveMask(plan, { ...frame, seed });
  if (!mask) return undefined;
  const pixels = frame.width * frame.height;
  const scale = Math.min(1, Math.sqrt((MOMENT_PIXELS * Math.sqrt(pixels / PIXELS_OF_720P)) / pixels));
  const even = (value: number) => 2 * Math.round((value * scale) / 2);
  return { plan, seed, size: { width: even(frame.width), height: even(frame.height) }, mask };
}

/** What a thread that paints moments is started with: it paints every `step`th keyframe from `first` on. */
export interface RepaintWorkerData extends Pick<Live, 'plan' | 'seed' | 'size'> {
  ring: KeyRing;
  first: number;
  step: number;
  frameCount: number;
  framesPerSecond: number;
}

/** Threads that paint the moments of a film into a ring. */
export interface Painters {
  ring: KeyRing;
  /** Rejects when one of them fails; never resolves. */
  failed: Promise<never>;
  stop(): Promise<void>;
}

/** Starts to paint. */
export function startPainters(
  { plan, seed, size }: Live,
  film: Pick<RepaintWorkerData, 'frameCount' | 'framesPerSecond'>,
): Painters {
  const ring = createKeyRing(size);
  const step = Math.min(MOST_PAINTERS, availableParallelism());
  const { frameCount, framesPerSecond } = film;
  const workers = Array.from({ length: step }, (_, first) => {
    const workerData: RepaintWorkerData = {
      plan,
      seed,
      size,
      ring,
      first,
      step,
      frameCount,
      framesPerSecond,
    };
    return new Worker(compiledPath('./repaint-worker.ts', import.meta.url), { workerData });
  });
  const failed = new Promise<never>((_, reject) => {
    for (const worker of workers) worker.once('error', reject);
  });
  failed.catch(() => {});
  return {
    ring,
    failed,
    async stop() {
      await Promise.all(workers.map((worker) => worker.terminate()));
    },
  };
}
