import { between } from '../../random.ts';
import { driftCurve } from '../dsp/drift.ts';
import { StateVariableFilter } from '../dsp/filter.ts';
import { addPanned, panGains } from '../dsp/pan.ts';
import { Sawtooth } from '../dsp/sawtooth.ts';
import { createStereo, SAMPLE_RATE } from '../samples.ts';
import type { TextureSound } from './sound.ts';

/** Wing beats per second. */
const wings = { bees: [185, 250], fly: [170, 210], mosquito: [420, 580] } as const;

/** Insects in flight: each a buzz at the beat of its wings that comes nearer, turns and goes. */
export const bees: TextureSound = {
  kind: 'texture',
  name: 'bees',
  summary: 'Bees, flies or a mosquito that buzz around.',
  variants: ['bees', 'fly', 'mosquito'],
  loudness: -26,
  words: {
    strong: 'bee wasp hornet mosquito bumblebee beehive insect-buzz fly-buzz buzz-fly swarm-of-bee',
    weak: 'buzz fly housefly swarm',
    variants: { bees: 'bee wasp hornet beehive swarm', fly: 'fly housefly', mosquito: 'mosquito' },
  },
  render(length, { density, variant }, random) {
    const samples = createStereo(length);
    const [slow, quick] = wings[variant as keyof typeof wings] ?? wings.bees;
    const count = variant === 'bees' ? 6 + Math.round(14 * density) : 1 + Math.round(density);
    for (let insect = 0; insect < count; insect++) {
      const saw = new Sawtooth(random());
      const body = new StateVariableFilter(900, 1.1);
      const pitch = between(random, slow, quick);
      const way = driftCurve(length, 0.5, random, 2);
      const near = driftCurve(length, variant === 'bees' ? 0.6 : 0.4, random, 2);
      const buzz = new Float32Array(length);
      const pan = between(random, -0.8, 0.8);
      for (let index = 0; index < length; index++) {
        const close = Math.max(0, near[index]! - 0.25) * 1.6;
        const beat = pitch * (1 + (way[index]! - 0.5) * 0.22);
        if ((index & 63) === 0) body.tune(500 + 2200 * close, 0.9);
        buzz[index] = body.lowPass(saw.next(beat) + (random() - 0.5) * 0.2) * (0.06 + close * close);
      }
      if (count > 3) {
        addPanned(samples, buzz, 0, between(random, 0.2, 1), pan);
        continue;
      }
      for (let index = 0; index < length; index++) {
        const [left, right] = panGains((way[index]! - 0.5) * 3);
        samples.left[index]! += buzz[index]! * left;
        samples.right[index]! += buzz[index]! * right;
      }
    }
    // Wings beat fast against one another: the swarm shimmers a little.
    for (const channel of [samples.left, samples.right]) {
      const shimmer = driftCurve(length, 30, random);
      for (let index = 0; index < SAMPLE_RATE && index < length; index++)
        channel[index]! *= Math.min(1, index / 2400);
      for (let index = 0; index < length; index++) channel[index]! *= 0.8 + 0.4 * shimmer[index]!;
    }
    return samples;
  },
};
