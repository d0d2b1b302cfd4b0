import type { Random } from '../../random.ts';
import { SAMPLE_RATE } from '../samples.ts';

/** White noise: equal power at every frequency, root mean square 1. */
export function whiteNoise(length: number, random: Random): Float32Array {
  const noise = new Float32Array(length);
  const scale = 2 * Math.sqrt(3);
  for (let index = 0; index < length; index++) noise[index] = (random() - 0.5) * scale;
  return noise;
}

/** Measured once over 100 s: brings the sum of Kellet's filters to root mean square 1. */
const PINK_SCALE = 0.616;

/**
 * Pink noise: −3 dB per octave within 0.05 dB from 10 Hz up, root mean square 1.
 * Paul Kellet's refined filter (music-dsp list, 1999).
 */
export function pinkNoise(length: number, random: Random): Float32Array {
  const noise = new Float32Array(length);
  let b0 = 0;
  let b1 = 0;
  let b2 = 0;
  let b3 = 0;
  let b4 = 0;
  let b5 = 0;
  let b6 = 0;
  for (let index = 0; index < length; index++) {
    const white = random() * 2 - 1;
    b0 = 0.99886 * b0 + white * 0.0555179;
    b1 = 0.99332 * b1 + white * 0.0750759;
    b2 = 0.969 * b2 + white * 0.153852;
    b3 = 0.8665 * b3 + white * 0.3104856;
    b4 = 0.55 * b4 + white * 0.5329522;
    b5 = -0.7616 * b5 - white * 0.016898;
    noise[index] = (b0 + b1 + b2 + b3 + b4 + b5 + b6 + white * 0.5362) * PINK_SCALE;
    b6 = white * 0.115926;
  }
  return noise;
}

/** Below this frequency, in Hz, brown noise is flat: it would wander off otherwise. */
const BROWN_CORNER = 20;

/** Brown noise: −6 dB per octave above 20 Hz, root mean square 1. */
export function brownNoise(length: number, random: Random): Float32Array {
  const noise = new Float32Array(length);
  const keep = Math.exp((-2 * Math.PI * BROWN_CORNER) / SAMPLE_RATE);
  const scale = 2 * Math.sqrt(3 * (1 - keep * keep));
  let level = 0;
  for (let index = 0; index < length; index++) {
    level = level * keep + (random() - 0.5) * scale;
    noise[index] = level;
  }
  return noise;
}
