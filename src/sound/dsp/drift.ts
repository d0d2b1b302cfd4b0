import type { Random } from '../../random.ts';
import { SAMPLE_RATE } from '../samples.ts';

/**
 * A smooth random curve in [0, 1] with mean 0.5, one value per sample: the slow life of a natural sound.
 * Value noise with Perlin's fade; every octave doubles the rate and halves the amplitude.
 * `rate` is new values per second of the slowest octave.
 */
export function driftCurve(length: number, rate: number, random: Random, octaves = 1): Float32Array {
  const curve = new Float32Array(length);
  let weight = 1 / (2 - 2 ** (1 - octaves));
  for (let octave = 0; octave < octaves; octave++) {
    addOctave(curve, rate * 2 ** octave, weight, random);
    weight /= 2;
  }
  return curve;
}

/** Samples from one point of the curve to the next; a line between them is the curve (0.3 ms). */
const STEP = 16;

function addOctave(curve: Float32Array, rate: number, weight: number, random: Random): void {
  const step = (rate * STEP) / SAMPLE_RATE;
  let from = random();
  let to = random();
  let phase = random();
  let level = weight * (from + (to - from) * phase * phase * (3 - 2 * phase));
  for (let start = 0; start < curve.length; start += STEP) {
    phase += step;
    while (phase >= 1) {
      phase -= 1;
      from = to;
      to = random();
    }
    const next = weight * (from + (to - from) * phase * phase * (3 - 2 * phase));
    const slope = (next - level) / STEP;
    const end = Math.min(curve.length, start + STEP);
    for (let index = start; index < end; index++) {
      curve[index]! += level;
      level += slope;
    }
    level = next;
  }
}
