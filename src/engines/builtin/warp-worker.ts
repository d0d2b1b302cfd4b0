/** Draws every frame of a clip on a thread of its own, into a ring that the encoder reads. */
import { workerData } from 'node:worker_threads';
import { createComposer, type Film } from '../../picture/render/compose.ts';
import { createKernel } from '../../picture/render/kernel.ts';
import type { KernelLayout } from '../../picture/render/layout.ts';
import { offerFrame, waitForSpace } from './frame-ring.ts';

/** What the thread is started with. */
export interface WarpWorkerData {
  module: WebAssembly.Module;
  memory: WebAssembly.Memory;
  layout: KernelLayout;
  /** Control block of the frame ring. */
  ring: SharedArrayBuffer;
  film: Film;
}

const { module, memory, layout, ring, film } = workerData as WarpWorkerData;
const drawFrame = createComposer(createKernel(module, memory, layout), film);
for (let index = 0; index < film.frameCount; index++) {
  waitForSpace(ring, index, layout.frames.length);
  drawFrame(index, index % layout.frames.length);
  offerFrame(ring);
}
