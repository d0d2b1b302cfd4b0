import { keyBytes, keyPlanes } from '../../picture/render/keyframes.ts';
import type { YuvPlanes } from '../../picture/render/planes.ts';
import type { Size } from '../../picture/render/size.ts';

/** Keyframes that may be painted ahead of the one that is shown. */
const SLOTS = 8;
/** The keyframes before this one are no longer needed. */
const RELEASED = 0;
/** From here on one counter a slot: the number of the keyframe in it, plus one. */
const READY = 1;
/** Bytes before the first keyframe. */
const HEAD = 64;

/**
 * Keyframes on their way from the threads that paint them, in any order, to the one that draws, in shared memory. Both
 * sides block. To stop early, end the threads.
 */
export interface KeyRing {
  buffer: SharedArrayBuffer;
  size: Size;
}

/** A ring for keyframes of an even size. */
export function createKeyRing(size: Size): KeyRing {
  return { buffer: new SharedArrayBuffer(HEAD + SLOTS * keyBytes(size)), size };
}

const countersOf = ({ buffer }: KeyRing) => new Int32Array(buffer, 0, READY + SLOTS);

const planesOf = ({ buffer, size }: KeyRing, key: number) =>
  keyPlanes(buffer, HEAD + (key % SLOTS) * keyBytes(size), size);

/** Painting side: blocks until keyframe `key` has a place; paint into it, then {@link offerKey}. */
export function takePlace(ring: KeyRing, key: number): YuvPlanes {
  const counters = countersOf(ring);
  for (;;) {
    const released = Atomics.load(counters, RELEASED);
    if (key - released < SLOTS) return planesOf(ring, key);
    Atomics.wait(counters, RELEASED, released);
  }
}

/** Painting side: the keyframe is in its place. */
export function offerKey(ring: KeyRing, key: number): void {
  const counters = countersOf(ring);
  const slot = READY + (key % SLOTS);
  Atomics.store(counters, slot, key + 1);
  Atomics.notify(counters, slot);
}

/** Drawing side: blocks until a keyframe is there. */
export function waitForKey(ring: KeyRing, key: number): YuvPlanes {
  const counters = countersOf(ring);
  const slot = READY + (key % SLOTS);
  for (;;) {
    const there = Atomics.load(counters, slot);
    if (there === key + 1) return planesOf(ring, key);
    Atomics.wait(counters, slot, there);
  }
}

/** Drawing side: no keyframe before this one will be asked for again. */
export function releaseKeys(ring: KeyRing, before: number): void {
  const counters = countersOf(ring);
  Atomics.store(counters, RELEASED, before);
  Atomics.notify(counters, RELEASED);
}
