import { between, type Random } from '../../random.ts';
import { materialModes } from '../dsp/modal.ts';
import { betweenOctaves } from './parts/chance.ts';
import { moments } from './parts/moments.ts';
import { addAt, addBurst, seconds, strikeOnce } from './parts/mono.ts';

/** A knife: it goes through what is soft or crisp, then meets the board; scissors close on their whole length. */
export const knife = moments({
  name: 'knife',
  summary: 'A knife that slices or chops, scissors, an axe in wood.',
  variants: ['slice', 'chop', 'scissors', 'axe'],
  loudness: -21,
  words: {
    strong:
      'slice chop knife-cut cut-with-knife chopping-board cut-cake cake-cut cut-into being-cut scissors chop-wood cutting-board cut-vegetable cut-fruit carve mince dice-onion haircut',
    weak: 'cut knife cake axe blade-cut splitting lumber',
    variants: {
      slice: 'slice cake bread cut being-cut carve meat',
      chop: 'chop vegetable board onion carrot mince dice',
      scissors: 'scissors hair haircut paper',
      axe: 'axe wood log lumber tree',
    },
  },
  follows: 'hit',
  gap: { slice: 1.5, chop: 0.42, scissors: 0.8, axe: 1.7 },
  draw({ variant }, random) {
    if (variant === 'scissors') return snip(random);
    const samples = seconds(0.9);
    if (variant === 'axe') {
      addAt(samples, strikeOnce(materialModes.wood, between(random, 120, 160), 0.003, 0.6, random), 0, 2);
      addBurst(
        samples,
        0,
        { frequency: 1500, resonance: 0.6, attack: 0.002, decay: 0.16, gain: 1.3 },
        random,
      );
      for (let split = 0; split < 12; split++) {
        addBurst(
          samples,
          0.02 + random() * 0.16,
          {
            frequency: betweenOctaves(random, 900, 4200),
            resonance: 1.8,
            attack: 0.0005,
            decay: between(random, 0.012, 0.03),
            gain: random(),
          },
          random,
        );
      }
      return samples;
    }
    const chop = variant === 'chop';
    const through = chop ? 0.035 : between(random, 0.22, 0.34);
    // Fibres part one by one; a soft cake gives a long, wet hush.
    for (let fibre = 0; fibre < (chop ? 10 : 60); fibre++) {
      const wet = {
        frequency: betweenOctaves(random, chop ? 1500 : 700, chop ? 6000 : 4200),
        resonance: 1.6,
        attack: 0.002,
        decay: 0.012,
        gain: random() ** 2 * 0.55,
      };
      addBurst(samples, random() * through, wet, random);
    }
    addAt(
      samples,
      strikeOnce(materialModes.wood, between(random, 230, 290), 0.0012, 0.3, random),
      through,
      chop ? 1 : 0.45,
    );
    addAt(
      samples,
      strikeOnce(
        materialModes.metal.map((mode) => ({ ...mode, decay: mode.decay * 0.12 })),
        2900,
        0.0004,
        0.2,
        random,
      ),
      through,
      0.12,
    );
    return samples;
  },
});

function snip(random: Random): Float32Array {
  const samples = seconds(0.4);
  for (let touch = 0; touch < 40; touch++) {
    const part = touch / 40;
    addBurst(
      samples,
      part * 0.16,
      {
        frequency: 3600 + 2600 * part,
        resonance: 4,
        attack: 0.0005,
        decay: 0.008,
        gain: between(random, 0.15, 0.4),
      },
      random,
    );
  }
  addAt(
    samples,
    strikeOnce(
      materialModes.metal.map((mode) => ({ ...mode, decay: mode.decay * 0.07 })),
      3300,
      0.0003,
      0.15,
      random,
    ),
    0.17,
    0.8,
  );
  return samples;
}
