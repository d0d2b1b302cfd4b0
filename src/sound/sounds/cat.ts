import { between } from '../../random.ts';
import { StateVariableFilter } from '../dsp/filter.ts';
import { SAMPLE_RATE } from '../samples.ts';
import { moments } from './parts/moments.ts';
import { hill, seconds } from './parts/mono.ts';
import { cry, type Throat, through } from './parts/throat.ts';

const catThroat: Throat = {
  formants: [
    [900, 4, 1],
    [1900, 6, 0.9],
    [3300, 7, 0.4],
  ],
  breath: 0.06,
  rough: [24, 0.08],
};

/** A cat. The purr is the larynx opening some 25 times a second, breathing in and out (Remmers & Gautier, 1972). */
export const cat = moments({
  name: 'cat',
  summary: 'A cat that meows, purrs or hisses.',
  variants: ['meow', 'purr', 'hiss'],
  loudness: -20,
  words: {
    strong: 'meow purr caterwaul cat-hiss cat-growl miaow',
    weak: 'cat kitten feline kitty',
    variants: { meow: 'meow cat kitten', purr: 'purr', hiss: 'hiss growl' },
  },
  gap: { meow: 1.8, purr: 2.6, hiss: 1.6 },
  draw({ variant }, random) {
    if (variant === 'purr') {
      const samples = seconds(2.7);
      const chest = new StateVariableFilter(140, 1.2);
      const nose = new StateVariableFilter(520, 0.9);
      let phase = 0;
      for (let index = 0; index < samples.length; index++) {
        const part = index / samples.length;
        const outward = part > 0.5;
        phase += (outward ? 24 : 27) / SAMPLE_RATE;
        const pulse = Math.exp(-(phase % 1) * 9);
        const push = (pulse + 0.15) * (random() - 0.35);
        const breath = Math.sin(Math.PI * ((part * 2) % 1)) ** 0.6 * (outward ? 1 : 0.75);
        samples[index] = (chest.bandPass(push) * 3 + nose.bandPass(push)) * breath;
      }
      return samples;
    }
    const base = between(random, 480, 620);
    if (variant === 'hiss') {
      const throat: Throat = {
        formants: [
          [3200, 1.2, 1],
          [6500, 1, 0.8],
        ],
        breath: 8,
        rough: [60, 0.2],
      };
      return cry(throat, between(random, 0.5, 0.9), through(base, base), random, (part) =>
        hill(part, 0.1, 0.6),
      );
    }
    const pitch = through(base * 0.85, base * 1.25, base * 1.2, base * between(random, 0.7, 0.95));
    const mouth = cry(catThroat, between(random, 0.55, 0.95), pitch, random, (part) => hill(part, 0.2, 0.45));
    // The mouth opens (mi–a) and closes (–ow): the second formant falls.
    const vowel = new StateVariableFilter(2600, 2);
    for (let index = 0; index < mouth.length; index++) {
      const part = index / mouth.length;
      if ((index & 31) === 0) vowel.tune(2700 - 1900 * Math.min(1, part * 1.2), 1.6);
      mouth[index] = mouth[index]! * 0.4 + vowel.bandPass(mouth[index]!) * 1.6;
    }
    return mouth;
  },
});
