import { between } from '../../random.ts';
import { driftCurve } from '../dsp/drift.ts';
import { bandPass, highPass } from '../dsp/filter.ts';
import { whiteNoise } from '../dsp/noise.ts';
import { createStereo, SAMPLE_RATE } from '../samples.ts';
import { betweenOctaves, poissonGap } from './parts/chance.ts';
import { addGrain } from './parts/grain.ts';
import type { TextureSound } from './sound.ts';

/** Hot fat: drops of water burst into steam, thousands a second as a hiss, the larger ones as spits one by one. */
export const sizzling: TextureSound = {
  kind: 'texture',
  name: 'sizzling',
  summary: 'Food that fries or sizzles; popcorn.',
  variants: ['frying', 'popcorn'],
  loudness: -24,
  indoors: true,
  words: {
    strong:
      'sizzle fry frying-pan deep-fry bacon popcorn grill barbecue steak stir-fry oil-sizzle cook-pan food-fry skillet pan-fry',
    weak: 'cook grease oil wok pan food kitchen',
    variants: { frying: 'fry sizzle bacon grill oil', popcorn: 'popcorn' },
  },
  render(length, { density, intensity, variant }, random) {
    const samples = createStereo(length);
    const popcorn = variant === 'popcorn';
    const heat = driftCurve(length, 1.4, random, 3);
    for (const channel of [samples.left, samples.right]) {
      const steam = highPass(bandPass(whiteNoise(length, random), 6200, 0.5), 1800);
      const crowd = driftCurve(length, 900, random);
      for (let index = 0; index < length; index++) {
        channel[index] =
          steam[index]! *
          (popcorn ? 0.006 : 0.04) *
          (0.4 + 0.8 * heat[index]!) *
          (0.2 + 1.6 * crowd[index]! ** 2);
      }
    }
    const rate = popcorn ? 4 + 9 * density : 90 + 240 * intensity;
    for (let time = 0; time < length / SAMPLE_RATE; time += poissonGap(random, rate)) {
      const at = Math.floor(time * SAMPLE_RATE);
      if (!popcorn && random() > 0.25 + heat[at]!) continue;
      const pan = between(random, -0.6, 0.6);
      if (popcorn) {
        const gain = between(random, 0.5, 1.4);
        addGrain(
          samples,
          at,
          { frequency: betweenOctaves(random, 500, 1500), resonance: 2.2, decay: 0.022, gain, pan },
          random,
        );
        addGrain(
          samples,
          at,
          { frequency: 4800, resonance: 0.8, decay: 0.004, gain: gain * 0.5, pan },
          random,
        );
        continue;
      }
      const gain = Math.min(0.5, 0.012 * (random() + 0.002) ** -0.6);
      addGrain(
        samples,
        at,
        {
          frequency: betweenOctaves(random, 2200, 12000),
          resonance: between(random, 0.8, 2.4),
          decay: betweenOctaves(random, 0.002, 0.012),
          gain,
          pan,
        },
        random,
      );
    }
    return samples;
  },
};
