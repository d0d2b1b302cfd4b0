import { between, type Random } from '../../random.ts';
import { driftCurve } from '../dsp/drift.ts';
import { bandPass, highPass, lowPass } from '../dsp/filter.ts';
import { brownNoise, whiteNoise } from '../dsp/noise.ts';
import { narrow } from '../dsp/width.ts';
import { createStereo, SAMPLE_RATE, type StereoSamples } from '../samples.ts';
import { betweenOctaves, poissonGap } from './parts/chance.ts';
import { addGrain } from './parts/grain.ts';
import type { TextureSound } from './sound.ts';

/** Fire: a steady hiss, the flapping of the flames, and more than a hundred crackles a second, most of them tiny. */
export const fire: TextureSound = {
  kind: 'texture',
  name: 'fire',
  summary: 'A fire that hisses and crackles.',
  variants: ['wood'],
  loudness: -24,
  words: {
    strong:
      'campfire bonfire fireplace flame burn crackle ember blaze wildfire hearth candle-flame torch ' +
      'fire-crackle fire-burn fire-and-smoke smoke-and-fire fire-and-flame',
    weak: 'fire lava lighter match',
  },
  render(length, { intensity, density }, random) {
    const samples = createStereo(length);
    addFlames(samples, intensity, random);
    narrow(samples, 0.5);
    addCrackles(samples, 120 + 180 * density, random);
    return samples;
  },
};

function addFlames(samples: StereoSamples, intensity: number, random: Random): void {
  const length = samples.left.length;
  for (const channel of [samples.left, samples.right]) {
    const deep = lowPass(brownNoise(length, random), 110, 0.7);
    const middle = bandPass(brownNoise(length, random), 500, 0.5);
    const hiss = highPass(whiteNoise(length, random), 2600, 0.5);
    const flap = driftCurve(length, 14, random, 2);
    const flicker = driftCurve(length, 5, random, 3);
    const steam = driftCurve(length, 1.2, random, 3);
    for (let index = 0; index < length; index++) {
      const flapping = flap[index]! * flicker[index]!;
      channel[index] =
        deep[index]! * (0.012 + 0.03 * flapping) * (0.4 + 1.2 * intensity) +
        middle[index]! * 0.03 * flicker[index]! * (0.3 + 1.4 * intensity) +
        hiss[index]! * (0.012 + 0.008 * steam[index]!) * (0.6 + 0.8 * intensity);
    }
  }
}

/** `rate` is crackles per second where the fire is busiest. Splinters crack in clusters. */
function addCrackles(samples: StereoSamples, rate: number, random: Random): void {
  const length = samples.left.length;
  const activity = driftCurve(length, 1.6, random, 2);
  for (let time = 0; ; ) {
    time += poissonGap(random, rate);
    const at = Math.floor(time * SAMPLE_RATE);
    if (at >= length) return;
    if (random() > 0.35 + activity[at]!) continue;
    const size = 0.03 * (random() + 0.0015) ** -0.72;
    const splinters = random() < 0.12 ? 2 + Math.floor(random() * 7) : 1;
    let next = at;
    for (let splinter = 0; splinter < splinters; splinter++) {
      addGrain(
        samples,
        next,
        {
          frequency: betweenOctaves(random, 900, 15000),
          resonance: between(random, 0.7, 3),
          decay: betweenOctaves(random, 0.0012, 0.012),
          gain: Math.min(0.9, splinter === 0 ? size : size * between(random, 0.3, 0.8)),
          pan: between(random, -0.8, 0.8),
        },
        random,
      );
      next += Math.floor(SAMPLE_RATE * betweenOctaves(random, 0.004, 0.06));
    }
  }
}
