import type { Random } from '../../../random.ts';

/** A number in [low, high) whose logarithm is evenly distributed: as many between 1 and 2 as between 2 and 4. */
export function betweenOctaves(random: Random, low: number, high: number): number {
  return low * (high / low) ** random();
}

/** The wait until the next of things that happen `rate` times per second, independent of each other, in seconds. */
export function poissonGap(random: Random, rate: number): number {
  return -Math.log(1 - random()) / rate;
}

/** One of the given, each as likely. */
export function pick<T>(random: Random, choices: readonly [T, ...T[]]): T {
  return choices[Math.floor(random() * choices.length)] ?? choices[0];
}
