import type { Random } from '../../../random.ts';
import { StateVariableFilter } from '../../dsp/filter.ts';
import { Sawtooth } from '../../dsp/sawtooth.ts';
import { SAMPLE_RATE } from '../../samples.ts';
import { noteFrequency } from './pitch.ts';

/** A bass: a sine for the weight, a sawtooth behind a closing filter for the edge. `edge` 0 is round, 1 biting. */
export function playBass(pitch: number, seconds: number, edge: number, random: Random): Float32Array {
  const length = Math.ceil((seconds + 0.06) * SAMPLE_RATE);
  const samples = new Float32Array(length);
  const frequency = noteFrequency(pitch);
  const saw = new Sawtooth(random());
  const filter = new StateVariableFilter(300, 1.1);
  const step = (2 * Math.PI * frequency) / SAMPLE_RATE;
  for (let index = 0; index < length; index++) {
    const time = index / SAMPLE_RATE;
    if ((index & 15) === 0) filter.tune(140 + frequency + (200 + 1300 * edge) * Math.exp(-time * 10), 1.1);
    const sine = Math.sin(step * index);
    const sound = sine * 0.7 + Math.tanh(filter.lowPass(saw.next(frequency)) * 1.5) * (0.25 + 0.35 * edge);
    const shape = Math.min(1, index / 240, (length - index) / 2400) * (0.6 + 0.4 * Math.exp(-time * 3));
    samples[index] = sound * shape;
  }
  return samples;
}
