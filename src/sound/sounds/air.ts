import { driftCurve } from '../dsp/drift.ts';
import { highPass, lowPass } from '../dsp/filter.ts';
import { brownNoise, pinkNoise } from '../dsp/noise.ts';
import { narrow } from '../dsp/width.ts';
import { createStereo } from '../samples.ts';
import type { TextureSound } from './sound.ts';

/** The air of a place where nothing happens. Every plan has it: sounds on digital silence give themselves away. */
export const air: TextureSound = {
  kind: 'texture',
  name: 'air',
  summary: 'The faint, dark air of a quiet place.',
  variants: ['open'],
  loudness: -46,
  words: {
    strong: '',
  },
  render(length, _parameters, random) {
    const samples = createStereo(length);
    for (const channel of [samples.left, samples.right]) {
      const deep = highPass(lowPass(brownNoise(length, random), 260), 35);
      const high = lowPass(pinkNoise(length, random), 2400);
      const swell = driftCurve(length, 0.22, random, 2);
      const breath = driftCurve(length, 0.4, random, 2);
      for (let index = 0; index < length; index++) {
        channel[index] =
          deep[index]! * (0.6 + 0.8 * swell[index]!) + high[index]! * 0.1 * (0.4 + 1.2 * breath[index]!);
      }
    }
    narrow(samples, 0.5);
    return samples;
  },
};
