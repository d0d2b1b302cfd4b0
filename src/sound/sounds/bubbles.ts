import { between } from '../../random.ts';
import { driftCurve } from '../dsp/drift.ts';
import { highPass, lowPass } from '../dsp/filter.ts';
import { brownNoise, pinkNoise } from '../dsp/noise.ts';
import { createStereo, SAMPLE_RATE } from '../samples.ts';
import { addBubble } from './parts/bubble.ts';
import { betweenOctaves, poissonGap } from './parts/chance.ts';
import type { TextureSound } from './sound.ts';

/** Bubbles per second at ordinary density, and their pitches in Hz. */
const liquids: Record<string, readonly [rate: number, low: number, high: number]> = {
  aquarium: [45, 500, 2600],
  boil: [170, 260, 1900],
  underwater: [14, 140, 900],
  mud: [6, 70, 260],
};

/** Bubbles that rise: streams of a size each, so that the note of a stream returns. */
export const bubbles: TextureSound = {
  kind: 'texture',
  name: 'bubbles',
  summary: 'Bubbles in an aquarium, boiling water, a diver, lava or mud.',
  variants: ['aquarium', 'boil', 'underwater', 'mud'],
  loudness: -23,
  words: {
    strong:
      'bubble boil underwater aquarium scuba fish-tank cauldron simmer coral-reef potion jacuzzi deep-sea gargling',
    weak: 'diver submarine lava mud',
    variants: {
      aquarium: 'aquarium tank',
      boil: 'boil simmer pot kettle cauldron potion',
      underwater: 'underwater scuba diver submarine reef deep',
      mud: 'lava mud swamp tar',
    },
  },
  render(length, { density, variant }, random) {
    const samples = createStereo(length);
    const [rate, low, high] = liquids[variant] ?? liquids.aquarium!;
    const activity = driftCurve(length, 1.2, random, 2);
    const nozzles = Array.from({ length: 7 }, () => ({
      pitch: betweenOctaves(random, low, high),
      pan: between(random, -0.7, 0.7),
    }));
    for (
      let time = 0;
      time < length / SAMPLE_RATE;
      time += poissonGap(random, rate * (0.4 + 1.2 * density))
    ) {
      const at = Math.floor(time * SAMPLE_RATE);
      if (at >= length || random() > 0.3 + activity[at]!) continue;
      const nozzle = nozzles[Math.floor(random() * nozzles.length)]!;
      const pitch = nozzle.pitch * between(random, 0.88, 1.12);
      addBubble(
        samples,
        at,
        pitch,
        0.3 * random() ** 1.3 * (500 / pitch) ** 0.4,
        between(random, 0.02, 0.2),
        nozzle.pan,
      );
    }
    const deep = variant === 'underwater';
    for (const channel of [samples.left, samples.right]) {
      const water = highPass(
        lowPass(deep ? brownNoise(length, random) : pinkNoise(length, random), deep ? 240 : 900),
        40,
      );
      for (let index = 0; index < length; index++)
        channel[index]! += water[index]! * (deep ? 0.09 : 0.012) * (0.5 + activity[index]!);
      if (deep) lowPass(channel, 1100);
    }
    return samples;
  },
};
