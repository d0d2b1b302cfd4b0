import { between, type Random } from '../../random.ts';
import { driftCurve } from '../dsp/drift.ts';
import { bandPass, highPass, lowPass } from '../dsp/filter.ts';
import { pinkNoise, whiteNoise } from '../dsp/noise.ts';
import { createStereo, SAMPLE_RATE, type StereoSamples } from '../samples.ts';
import { addBubble } from './parts/bubble.ts';
import { betweenOctaves, poissonGap } from './parts/chance.ts';
import type { TextureSound } from './sound.ts';

/** How a variant divides between the rush of much water and the notes of single bubbles. */
const courses = {
  brook: { rush: 0.35, bubbles: 420 },
  river: { rush: 1, bubbles: 260 },
  waterfall: { rush: 2.6, bubbles: 120 },
};

/** Running water: gurgling bubbles that keep to their places, over the rush of the rest. */
export const stream: TextureSound = {
  kind: 'texture',
  name: 'stream',
  summary: 'A brook, a river or a waterfall.',
  variants: ['brook', 'river', 'waterfall'],
  loudness: -24,
  words: {
    strong:
      'stream creek brook river waterfall cascade rivulet fountain rapids water-flow water-run water-trickle ' +
      'babble-brook flow-water run-water trickle-water water-fall gurgle trickle water-rush rush-water',
    weak: 'water flow bank pond sprinkler hose faucet sink shower',
    variants: {
      brook: 'brook creek trickle babble gurgle stream faucet fountain tap sink',
      river: 'river rapids rush flow',
      waterfall: 'waterfall cascade water-fall fall shower',
    },
  },
  render(length, { intensity, variant }, random) {
    const samples = createStereo(length);
    const course = variant === 'river' || variant === 'waterfall' ? courses[variant] : courses.brook;
    addRush(samples, course.rush * (0.5 + intensity), random);
    // Water gurgles where a stone stands in its way: a few spots, each with its own pitch.
    const spots = 6;
    for (let spot = 0; spot < spots; spot++) {
      addSpot(samples, (course.bubbles * (0.6 + 0.8 * intensity)) / spots, random);
    }
    return samples;
  },
};

function addRush(samples: StereoSamples, level: number, random: Random): void {
  const length = samples.left.length;
  for (const channel of [samples.left, samples.right]) {
    const low = highPass(lowPass(pinkNoise(length, random), 900), 150);
    const middle = bandPass(pinkNoise(length, random), 1400, 0.5);
    const high = lowPass(highPass(whiteNoise(length, random), 2500, 0.5), 9000, 0.5);
    const flow = driftCurve(length, 0.7, random, 3);
    const ripple = driftCurve(length, 12, random, 2);
    for (let index = 0; index < length; index++) {
      const moved = 0.6 + 0.8 * ripple[index]!;
      channel[index] =
        level *
        (0.7 + 0.6 * flow[index]!) *
        (low[index]! * 0.03 + (middle[index]! * 0.05 + high[index]! * 0.016) * moved);
    }
  }
}

function addSpot(samples: StereoSamples, rate: number, random: Random): void {
  const length = samples.left.length;
  const pan = between(random, -0.9, 0.9);
  const pitch = betweenOctaves(random, 450, 1900);
  const gurgle = driftCurve(length, 3.5, random, 2);
  const wander = driftCurve(length, 2, random, 2);
  for (let time = 0; ; ) {
    time += poissonGap(random, rate);
    const at = Math.floor(time * SAMPLE_RATE);
    if (at >= length) return;
    if (random() > 0.15 + 1.2 * gurgle[at]!) continue;
    const frequency = pitch * 2 ** ((wander[at]! - 0.5) * 1.6) * betweenOctaves(random, 0.65, 2.4);
    const gain = (0.012 + 0.06 * random() ** 2.5) * Math.min(1, 900 / frequency + 0.3);
    addBubble(samples, at, frequency, gain, between(random, 0.02, 0.2), pan + between(random, -0.2, 0.2));
  }
}
