import { between } from '../../random.ts';
import { StateVariableFilter } from '../dsp/filter.ts';
import { Sawtooth } from '../dsp/sawtooth.ts';
import { moments } from './parts/moments.ts';
import { hill, seconds } from './parts/mono.ts';

/** Rubber that slips and sticks on asphalt: a shrill tone some 700–1100 Hz, rough, with two that beat against it. */
export const skid = moments({
  name: 'skid',
  summary: 'Tyres that squeal, brakes that screech.',
  variants: ['tyres'],
  loudness: -19,
  words: {
    strong: 'skid tire-squeal tyre-squeal tire-screech screech burnout car-drift brake-squeal',
    weak: 'tire tyre brake',
  },
  gap: 2.6,
  draw(_parameters, random) {
    const samples = seconds(between(random, 0.9, 1.7));
    const tones = [1, 1.07, 1.31].map((ratio) => ({ ratio, saw: new Sawtooth(random()) }));
    const band = new StateVariableFilter(1700, 0.9);
    const pitch = between(random, 680, 900);
    let slip = 0;
    for (let index = 0; index < samples.length; index++) {
      const part = index / samples.length;
      if ((index & 31) === 0) slip = slip * 0.96 + (random() - 0.5) * 0.05;
      const hertz = pitch * (1.15 - 0.3 * part + slip);
      let sum = (random() - 0.5) * 0.7;
      for (const { ratio, saw } of tones) sum += saw.next(hertz * ratio) / 3;
      samples[index] = band.bandPass(sum) * hill(part, 0.08, 0.25) * (0.7 + 0.6 * Math.abs(slip) * 8);
    }
    return samples;
  },
});
