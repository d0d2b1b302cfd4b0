/**
 * Seeded randomness for pictures and sounds: the same seed gives the same frames and the same samples on every
 * machine.
 */

/** A generator of numbers in [0, 1). */
export type Random = () => number;

/**
 * Creates a generator from a seed (any finite number; its low 32 bits count).
 * Mulberry32 by Tommy Ettinger: 32 bits of state, passes gjrand, and is identical in every engine because it uses
 * integer multiplication only.
 */
export function createRandom(seed: number): Random {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/**
 * A seed for one named part of a job, so that adding a part never changes the others.
 * FNV-1a over the name, mixed with the job's seed.
 */
export function deriveSeed(seed: number, name: string): number {
  let hash = 0x811c9dc5 ^ (seed | 0);
  for (let index = 0; index < name.length; index++) {
    hash = Math.imul(hash ^ name.charCodeAt(index), 0x01000193);
  }
  return hash >>> 0;
}

/** A number in [low, high), evenly distributed. */
export function between(random: Random, low: number, high: number): number {
  return low + (high - low) * random();
}
