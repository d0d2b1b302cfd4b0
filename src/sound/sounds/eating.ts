import { between } from '../../random.ts';
import { moments } from './parts/moments.ts';
import { addBurst, seconds } from './parts/mono.ts';

/** Food: a bite is a chain of small fractures, brittle ones brighter (Vickers & Bourne, 1976); a slurp is wet air. */
export const eating = moments({
  name: 'eating',
  summary: 'Somebody bites, chews, crunches or slurps.',
  variants: ['crunch', 'chew', 'slurp'],
  loudness: -23,
  indoors: true,
  words: {
    strong: 'chew crunch munch slurp gulp eat bite',
    weak: 'sip drink lick swallow gargle kiss smack',
    variants: {
      crunch: 'crunch bite chip apple crispy snack popcorn',
      chew: 'chew eat munch',
      slurp: 'slurp sip drink soup gulp swallow noodle lick kiss smack gargle',
    },
  },
  gap: { crunch: 0.75, chew: 0.6, slurp: 1.8 },
  draw({ variant }, random) {
    const samples = seconds(0.8);
    if (variant === 'slurp') {
      const length = between(random, 0.35, 0.6);
      for (let time = 0; time < length; time += between(random, 0.012, 0.03)) {
        const wet = {
          frequency: 900 + 2600 * (time / length),
          resonance: 4,
          attack: 0.004,
          decay: 0.025,
          gain: between(random, 0.3, 1),
        };
        addBurst(samples, time, wet, random);
      }
      addBurst(
        samples,
        0,
        { frequency: 3500, resonance: 0.8, attack: 0.15, decay: length, gain: 0.5 },
        random,
      );
      return samples;
    }
    const crisp = variant === 'crunch';
    const fractures = crisp ? 45 : 16;
    const length = crisp ? between(random, 0.14, 0.24) : 0.22;
    for (let fracture = 0; fracture < fractures; fracture++) {
      const late = random() ** 1.5;
      const snap = {
        frequency: crisp ? between(random, 1400, 7000) : between(random, 300, 1600),
        resonance: crisp ? 2.2 : 1.5,
        attack: 0.0005,
        decay: crisp ? between(random, 0.003, 0.012) : between(random, 0.015, 0.04),
        gain: random() ** 2 * (1 - 0.7 * late),
      };
      addBurst(samples, late * length, snap, random);
    }
    addBurst(samples, 0, { frequency: 260, resonance: 0.8, attack: 0.02, decay: 0.14, gain: 0.4 }, random);
    return samples;
  },
});
