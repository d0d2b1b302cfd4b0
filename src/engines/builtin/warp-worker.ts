/** Draws every frame of a clip on a thread of its own, into a ring that the encoder reads. */
import { workerData } from 'node:worker_threads';
import type { Shot } from '../../picture/direct/shot.ts';
import { cameraPath } from '../../picture/render/camera.ts';
import { type Fit, fittedPath } from '../../picture/render/fit.ts';
import { createKernel, type KernelLayout } from '../../picture/render/kernel.ts';
import { fillMesh } from '../../picture/render/mesh.ts';
import type { Relief } from '../../picture/render/relief.ts';
import { offerFrame, waitForSpace } from './frame-ring.ts';

/** What the thread is started with. */
export interface WarpWorkerData {
  module: WebAssembly.Module;
  memory: WebAssembly.Memory;
  layout: KernelLayout;
  /** Control block of the frame ring. */
  ring: SharedArrayBuffer;
  shot: Shot;
  fit: Fit;
  relief: Relief;
  frameCount: number;
}

const { module, memory, layout, ring, shot, fit, relief, frameCount } = workerData as WarpWorkerData;
const kernel = createKernel(module, memory, layout);
const path = fittedPath(cameraPath(shot), fit);
for (let index = 0; index < frameCount; index++) {
  fillMesh(kernel.mesh, layout.frame, layout.source, path(index / Math.max(1, frameCount - 1)), relief);
  waitForSpace(ring, index, layout.frames.length);
  kernel.draw(index % layout.frames.length);
  offerFrame(ring);
}
