/**
 * Hands frames from the thread that draws them to the one that encodes them: two counters in shared memory. The
 * frames themselves lie in the kernel's memory. To stop early, end the drawing thread: that interrupts its wait.
 */
const DRAWN = 0;
const ENCODED = 1;

/** The control block of a new ring. */
export function createRing(): SharedArrayBuffer {
  return new SharedArrayBuffer(2 * Int32Array.BYTES_PER_ELEMENT);
}

function increment(ring: SharedArrayBuffer, counter: number): void {
  const counters = new Int32Array(ring);
  Atomics.add(counters, counter, 1);
  Atomics.notify(counters, counter);
}

/** Drawing side: blocks until frame `index` has a place in a ring of `length` frames. */
export function waitForSpace(ring: SharedArrayBuffer, index: number, length: number): void {
  const counters = new Int32Array(ring);
  for (;;) {
    const encoded = Atomics.load(counters, ENCODED);
    if (index - encoded < length) return;
    Atomics.wait(counters, ENCODED, encoded);
  }
}

/** Drawing side: one more frame is ready. */
export function offerFrame(ring: SharedArrayBuffer): void {
  increment(ring, DRAWN);
}

/** Encoding side: resolves when frame `index` has been drawn. Never blocks the thread. */
export async function waitForFrame(ring: SharedArrayBuffer, index: number): Promise<void> {
  const counters = new Int32Array(ring);
  for (;;) {
    const drawn = Atomics.load(counters, DRAWN);
    if (drawn > index) return;
    const wait = Atomics.waitAsync(counters, DRAWN, drawn);
    if (wait.async) await wait.value;
  }
}

/** Encoding side: one more frame has been read; its place is free. */
export function releaseFrame(ring: SharedArrayBuffer): void {
  increment(ring, ENCODED);
}
