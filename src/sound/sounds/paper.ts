import { between } from '../../random.ts';
import { betweenOctaves } from './parts/chance.ts';
import { moments } from './parts/moments.ts';
import { addBurst, seconds } from './parts/mono.ts';

/** Paper and foil: folds that snap, their loudness a power law (Houle & Sethna, "Acoustic emission from crumpling paper", 1996). */
export const paper = moments({
  name: 'paper',
  summary: 'Paper or plastic that is crumpled, torn, turned or unwrapped.',
  variants: ['crumple', 'tear', 'page', 'plastic'],
  loudness: -23,
  indoors: true,
  words: {
    strong:
      'paper crumple crinkle page-turn turn-page unwrap plastic-bag foil newspaper book-page tear-paper rip wrapper wrapping-paper plastic cellophane',
    weak: 'page tear bag wrap fold cardboard packing book envelope card',
    variants: {
      crumple: 'crumple paper crinkle fold',
      tear: 'tear rip',
      page: 'page book newspaper turn card shuffle',
      plastic: 'plastic foil bag wrapper unwrap wrap crinkle packing',
    },
  },
  gap: { crumple: 1.3, tear: 1.6, page: 2, plastic: 1.2 },
  draw({ variant }, random) {
    const tear = variant === 'tear';
    const page = variant === 'page';
    const length = page ? 0.5 : between(random, 0.7, 1.1);
    const samples = seconds(length + 0.1);
    const folds = tear ? 420 : page ? 35 : 260;
    for (let fold = 0; fold < folds; fold++) {
      const time = (tear ? fold / folds + between(random, -0.01, 0.01) : random()) * length;
      const bright = variant === 'plastic' ? [2600, 13000] : [1100, 8000];
      const snap = {
        frequency: betweenOctaves(random, bright[0]!, bright[1]!) * (tear ? 0.8 + 0.5 * (time / length) : 1),
        resonance: between(random, 0.9, 2.6),
        attack: 0.0004,
        decay: betweenOctaves(random, 0.002, variant === 'plastic' ? 0.008 : 0.016),
        gain: Math.min(0.75, 0.07 * (random() + 0.002) ** -0.62) * (tear ? 0.6 : 1),
      };
      addBurst(samples, Math.max(0, time), snap, random);
    }
    // The sheet between the folds is a skin that answers them all.
    const sheet = { frequency: variant === 'plastic' ? 1500 : 620, resonance: 0.7, decay: length * 0.6 };
    addBurst(
      samples,
      0,
      { ...sheet, attack: length * 0.4, gain: variant === 'plastic' ? 0.1 : 0.16 },
      random,
    );
    if (page || tear)
      addBurst(
        samples,
        0,
        {
          frequency: 1800,
          resonance: 0.6,
          attack: length * 0.5,
          decay: length * 0.5,
          gain: page ? 0.25 : 0.15,
        },
        random,
      );
    return samples;
  },
});
