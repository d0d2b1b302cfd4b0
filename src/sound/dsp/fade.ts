import { SAMPLE_RATE } from '../samples.ts';

/**
 * Fades the beginning and the end along a quarter of a sine, in place: two sounds that cross this way keep their
 * power. Lengths in seconds; 0 leaves that end alone.
 */
export function fadeEnds(samples: Float32Array, inSeconds: number, outSeconds: number): void {
  const rise = Math.min(samples.length, Math.round(inSeconds * SAMPLE_RATE));
  const fall = Math.min(samples.length, Math.round(outSeconds * SAMPLE_RATE));
  for (let index = 0; index < rise; index++) samples[index]! *= Math.sin(((index / rise) * Math.PI) / 2);
  const last = samples.length - 1;
  for (let index = 0; index < fall; index++) {
    samples[last - index]! *= Math.sin(((index / fall) * Math.PI) / 2);
  }
}
