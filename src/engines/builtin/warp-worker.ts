/** Draws every frame of a clip on a thread of its own, into a ring that the encoder reads. */
import { once } from 'node:events';
import { parentPort } from 'node:worker_threads';
import { createEffectPainter } from '../../picture/effects/painter.ts';
import type { Plane } from '../../picture/pixels/plane.ts';
import { createComposer, type Film } from '../../picture/render/compose.ts';
import { createKernel, type Kernel } from '../../picture/render/kernel.ts';
import { createBlender, keyPlace } from '../../picture/render/keyframes.ts';
import { frameView, type KernelLayout, pictureView } from '../../picture/render/layout.ts';
import { offerFrame, waitForSpace } from './frame-ring.ts';
import { type KeyRing, releaseKeys, waitForKey } from './key-ring.ts';

/** What the thread is told to draw. */
export interface WarpWorkerData {
  module: WebAssembly.Module;
  memory: WebAssembly.Memory;
  layout: KernelLayout;
  /** Control block of the frame ring. */
  ring: SharedArrayBuffer;
  film: Film;
  /** The part of the picture that is painted anew, if there is one. */
  live: { ring: KeyRing; mask: Plane } | undefined;
  /** The kernel of effects, for a film with one. */
  effects: WebAssembly.Module | undefined;
}

const [told] = (await once(parentPort!, 'message')) as [WarpWorkerData];
const { module, memory, layout, ring, film, live, effects } = told;
const draw = effects ? filmEffect(effects) : filmShot();

/** Draws what happens to the subject. */
function filmEffect(kernel: WebAssembly.Module): (index: number, place: number) => void {
  const paint = createEffectPainter(kernel, pictureView(memory, layout, 0), layout.frame, film.effect!, film);
  return (index, place) => paint(index, frameView(memory, layout, place));
}

/** Draws what the camera sees. */
function filmShot(): (index: number, place: number) => void {
  const kernel = createKernel(module, memory, layout);
  const drawFrame = createComposer(kernel, film);
  const repaint = live && createRepaint(kernel, live);
  return (index, place) => {
    repaint?.(index);
    drawFrame(index, place);
  };
}

/** Brings the picture to the moment of a frame. */
function createRepaint(
  kernel: Kernel,
  { ring: keys, mask }: NonNullable<typeof live>,
): (index: number) => void {
  const blend = createBlender(pictureView(memory, layout, 0), mask, keys.size);
  return (index) => {
    const { first, share } = keyPlace(index);
    blend(waitForKey(keys, first), waitForKey(keys, first + 1), share);
    releaseKeys(keys, first);
    kernel.load('picture', 0);
  };
}

for (let index = 0; index < film.frameCount; index++) {
  waitForSpace(ring, index, layout.frames.length);
  draw(index, index % layout.frames.length);
  offerFrame(ring);
}
