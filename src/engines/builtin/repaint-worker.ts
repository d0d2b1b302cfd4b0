/** Paints moments of a living scene on a thread of its own, into the ring that the drawing thread reads. */
import { workerData } from 'node:worker_threads';
import { keyCount, keySeconds, writeKey } from '../../picture/render/keyframes.ts';
import { createRepainter } from '../../picture/scenes/repaint.ts';
import { offerKey, takePlace } from './key-ring.ts';
import type { RepaintWorkerData } from './live.ts';

const { plan, seed, size, ring, first, step, frameCount, framesPerSecond } = workerData as RepaintWorkerData;
const repaint = createRepainter(plan, { ...size, seed })!;
for (let key = first; key < keyCount(frameCount); key += step) {
  const place = takePlace(ring, key);
  writeKey(repaint(keySeconds(key, framesPerSecond)), place);
  offerKey(ring, key);
}
