import { clamp01 } from '../../pixels/smoothstep.ts';

/** Between two values: `a` at 0, `b` at 1. */
export function mix(a: number, b: number, share: number): number {
  return a + (b - a) * share;
}

/** 0 before `from`, 1 after `to`; speed and acceleration are 0 at both ends (Perlin's 6t⁵ − 15t⁴ + 10t³). */
export function smootherstep(from: number, to: number, value: number): number {
  const t = clamp01((value - from) / (to - from));
  return t * t * t * (t * (6 * t - 15) + 10);
}

/** 0 before `from`, 1 after `to`; begins at full speed and comes to rest. */
export function decelerate(from: number, to: number, value: number): number {
  return 1 - (1 - clamp01((value - from) / (to - from))) ** 3;
}

/** 0 before `from`, 1 after `to`; begins at rest and arrives at full speed. */
export function accelerate(from: number, to: number, value: number): number {
  return clamp01((value - from) / (to - from)) ** 3;
}

/**
 * A spring that is let go at 0: falls from 1 and swings around 0.
 *
 * @param frequency in Hz
 * @param damping how fast the swings die, per second
 */
export function ring(seconds: number, frequency: number, damping: number): number {
  return seconds < 0 ? 1 : Math.exp(-damping * seconds) * Math.cos(2 * Math.PI * frequency * seconds);
}
