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

function addOctave(curve: Float32Array, rate: number, weight: number, random: Random): void {
  const step = rate / SAMPLE_RATE;
  let from = random();
  let to = random();
  let phase = random();
  for (let index = 0; index < curve.length; index++) {
    phase += step;
    if (phase >= 1) {
      phase -= 1;
      from = to;
      to = random();
    }
    curve[index]! += weight * (from + (to - from) * phase * phase * (3 - 2 * phase));
  }
}
