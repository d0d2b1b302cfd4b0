import { between, type Random } from '../../random.ts';
import { driftCurve } from '../dsp/drift.ts';
import { highPass, lowPass } from '../dsp/filter.ts';
import { pinkNoise, whiteNoise } from '../dsp/noise.ts';
import { narrow } from '../dsp/width.ts';
import { createStereo, SAMPLE_RATE, type StereoSamples } from '../samples.ts';
import { addBubble } from './parts/bubble.ts';
import { betweenOctaves } from './parts/chance.ts';
import { addGrain } from './parts/grain.ts';
import type { TextureSound } from './sound.ts';

/** What the drops fall on: range of their clicks in Hz, and the share of drops that make a bubble. */
const grounds = {
  ground: { low: 1500, high: 15000, bubbles: 0.35 },
  roof: { low: 500, high: 3600, bubbles: 0.02 },
  water: { low: 2000, high: 9000, bubbles: 1 },
};

/** Rain: the hiss of far drops, single near ones, and the notes of those that hit water. */
export const rain: TextureSound = {
  kind: 'texture',
  name: 'rain',
  summary: 'Rain on the ground, on a roof or on water.',
  variants: ['ground', 'roof', 'water'],
  loudness: -23,
  words: {
    strong:
      'rain rainy rainfall drizzle downpour raindrop rainstorm thunderstorm monsoon shower-of-rain ' +
      'cloudburst hail',
    weak: 'patter',
    variants: {
      roof: 'roof tin window windowpane umbrella tent car windshield hail',
      water: 'puddle lake pond river pool',
    },
  },
  render(length, { intensity, variant }, random) {
    const samples = createStereo(length);
    const ground = variant === 'roof' || variant === 'water' ? grounds[variant] : grounds.ground;
    addHiss(samples, intensity, random);
    narrow(samples, 0.3);
    const seconds = length / SAMPLE_RATE;
    const drops = Math.floor((180 + 1300 * intensity) * seconds);
    for (let drop = 0; drop < drops; drop++) {
      // Few drops are near: amplitudes follow a power law.
      const gain = Math.min(0.5, 0.035 * (random() + 0.002) ** -0.45 * between(random, 0.3, 1));
      addGrain(
        samples,
        Math.floor(random() * length),
        {
          frequency: betweenOctaves(random, ground.low, ground.high),
          resonance: between(random, 0.9, 3),
          decay: between(random, 0.0012, 0.005),
          gain,
          pan: between(random, -1, 1),
        },
        random,
      );
    }
    const bubbles = Math.floor((12 + 50 * intensity) * ground.bubbles * seconds);
    for (let bubble = 0; bubble < bubbles; bubble++) {
      const at = Math.floor(random() * length);
      const gain = 0.004 + 0.06 * random() ** 2.5;
      addBubble(
        samples,
        at,
        betweenOctaves(random, 700, 4200),
        gain,
        between(random, 0.02, 0.2),
        between(random, -0.9, 0.9),
      );
    }
    return samples;
  },
};

function addHiss(samples: StereoSamples, intensity: number, random: Random): void {
  const length = samples.left.length;
  for (const channel of [samples.left, samples.right]) {
    const hiss = lowPass(highPass(whiteNoise(length, random), 1100, 0.5), 15000, 0.5);
    const body = highPass(lowPass(pinkNoise(length, random), 1100), 120);
    const swell = driftCurve(length, 0.4, random, 3);
    const patter = driftCurve(length, 40, random);
    for (let index = 0; index < length; index++) {
      channel[index] =
        hiss[index]! *
          (0.012 + 0.03 * intensity) *
          (0.75 + 0.5 * swell[index]!) *
          (0.8 + 0.4 * patter[index]!) +
        body[index]! * (0.006 + 0.028 * intensity) * (0.7 + 0.6 * swell[index]!);
    }
  }
}
