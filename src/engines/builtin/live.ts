import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { compiledPath } from '../../compiled.ts';
import type { Plane } from '../../picture/pixels/plane.ts';
import type { Size } from '../../picture/render/size.ts';
import type { ScenePlan } from '../../picture/scenes/plan.ts';
import { createKeyRing, type KeyRing } from './key-ring.ts';

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
