import { readFile } from 'node:fs/promises';
import { Worker } from 'node:worker_threads';
import { compiledPath } from '../../compiled.ts';
import { createRing, releaseFrame, waitForFrame } from './frame-ring.ts';
import { type Live, startPainters } from './live.ts';
import type { WarpWorkerData } from './warp-worker.ts';

/** What is to be drawn. */
type Drawn = Omit<WarpWorkerData, 'ring' | 'module' | 'live' | 'effects'> & { live: Live | undefined };

/** A thread that draws the frames of one clip. */
export interface Drawing {
  /** Draws all frames and hands each to `take`, in order. */
  draw(what: Drawn, signal: AbortSignal, take: (index: number) => Promise<void>): Promise<void>;
  /** Ends the thread, whatever it is at. */
  stop(): Promise<void>;
}

const modules = new Map<string, WebAssembly.Module>();
/** A compiled kernel, loaded once a process. */
async function loadModule(path: string): Promise<WebAssembly.Module> {
  const module =
    modules.get(path) ?? new WebAssembly.Module(await readFile(compiledPath(path, import.meta.url)));
  modules.set(path, module);
  return module;
}

/** Starts the thread, which loads while nobody knows yet what it is to draw. */
export function startDrawing(): Drawing {
  const worker = new Worker(compiledPath('./warp-worker.ts', import.meta.url));
  const broken = new Promise<never>((_, reject) => worker.once('error', reject));
  // It may break, or what it draws, when nobody waits any more.
  broken.catch(() => {});

  return {
    async draw({ live, ...data }, signal, take) {
      const ring = createRing();
      const module = await loadModule('../../picture/render/warp.wasm');
      const effects = data.film.effect && (await loadModule('../../picture/effects/kernel/effects.wasm'));
      const painters = live && startPainters(live, data.film);
      const moments = painters && { ring: painters.ring, mask: live.mask };
      worker.postMessage({ ...data, ring, module, live: moments, effects } satisfies WarpWorkerData);
      const failed = painters ? Promise.race([broken, painters.failed]) : broken;
      failed.catch(() => {});
      try {
        for (let index = 0; index < data.film.frameCount; index++) {
          await Promise.race([waitForFrame(ring, index), failed]);
          signal.throwIfAborted();
          await take(index);
          releaseFrame(ring);
        }
      } finally {
        await painters?.stop();
      }
    },

    async stop() {
      await worker.terminate();
    },
  };
}
