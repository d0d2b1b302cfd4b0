import { between } from '../../random.ts';
import { driftCurve } from '../dsp/drift.ts';
import { StateVariableFilter } from '../dsp/filter.ts';
import { betweenOctaves } from './parts/chance.ts';
import { moments } from './parts/moments.ts';
import { addBurst, hill, seconds } from './parts/mono.ts';

/** Cloth that slides over cloth, or leaves that are moved: thousands of fibres, soft; leaves add their brittle edges. */
export const rustle = moments({
  name: 'rustle',
  summary: 'Cloth that rustles, leaves or bushes that are moved.',
  variants: ['cloth', 'leaves'],
  loudness: -25,
  words: {
    strong: 'rustle cloth-rustle fabric-rustle leaf-rustle shuffle-fabric flag-flap',
    weak: 'cloth fabric clothes clothing shuffle silk curtain leaf bush foliage straw hay',
    variants: {
      cloth: 'cloth fabric clothes clothing silk dress curtain flag',
      leaves: 'leaf bush grass foliage branch straw hay tree',
    },
  },
  gap: 0.9,
  draw({ variant }, random) {
    const samples = seconds(between(random, 0.4, 0.9));
    const leaves = variant === 'leaves';
    const fibre = new StateVariableFilter(leaves ? 4200 : 1500, 0.6);
    const air = new StateVariableFilter(leaves ? 7000 : 4200, 0.7);
    const grip = driftCurve(samples.length, 26, random, 2);
    for (let index = 0; index < samples.length; index++) {
      const part = index / samples.length;
      const rub = grip[index]! ** 2 * hill(part, 0.35, 0.5);
      if ((index & 63) === 0) fibre.tune((leaves ? 3200 : 900) * (1 + 1.4 * grip[index]!), 0.6);
      const noise = (random() - 0.5) * rub;
      samples[index] = fibre.bandPass(noise) * 2 + air.bandPass(noise) * (leaves ? 1 : 0.35);
    }
    if (leaves) {
      for (let edge = 0; edge < 26; edge++) {
        const snap = {
          frequency: betweenOctaves(random, 2400, 9000),
          resonance: 1.4,
          attack: 0.0005,
          decay: 0.008,
          gain: random() ** 2 * 0.5,
        };
        addBurst(samples, random() * (samples.length / 48_000), snap, random);
      }
    }
    return samples;
  },
});
