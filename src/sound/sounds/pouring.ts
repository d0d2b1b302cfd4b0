import { between } from '../../random.ts';
import { driftCurve } from '../dsp/drift.ts';
import { StateVariableFilter } from '../dsp/filter.ts';
import { createStereo, SAMPLE_RATE } from '../samples.ts';
import { addBubble } from './parts/bubble.ts';
import { betweenOctaves, poissonGap } from './parts/chance.ts';
import type { TextureSound } from './sound.ts';

/**
 * Water that fills a vessel: bubbles and hiss, heard through the column of air above, a quarter of whose wave is what
 * is left of the height: the pitch rises as it fills (Cabe & Pittenger, 2000). A toilet empties instead.
 */
export const pouring: TextureSound = {
  kind: 'texture',
  name: 'pouring',
  summary: 'Water or wine poured into a glass, a bath that fills, a toilet that flushes.',
  variants: ['glass', 'bath', 'flush'],
  loudness: -22,
  indoors: true,
  words: {
    strong:
      'pour fill-glass toilet-flush flush-toilet flush water-pour pour-water fill-bath pour-coffee pour-tea ' +
      'fill-with-water drain-water urinate water-drain bathtub fill-with-liquid tap-run liquid-pour ' +
      'water-tap',
    weak: 'toilet drain fill bath faucet sink basin',
    variants: {
      glass: 'glass cup coffee tea wine drink bottle',
      bath: 'bath tub bucket faucet tap sink basin drain',
      flush: 'toilet flush',
    },
  },
  render(length, { variant, intensity }, random) {
    const samples = createStereo(length);
    const flush = variant === 'flush';
    const bath = variant === 'bath';
    const wobble = driftCurve(length, 3, random, 2);
    const fill = (index: number) =>
      flush ? 1 - (index / length) * 0.9 : Math.min(1, index / Math.min(length, SAMPLE_RATE * 6));
    const level = (index: number) => {
      const part = index / length;
      return flush ? Math.min(1, part * 12) * (part < 0.55 ? 1 : Math.max(0.08, 1 - (part - 0.55) * 3)) : 1;
    };
    for (const channel of [samples.left, samples.right]) {
      const air = new StateVariableFilter(400, 5);
      const upper = new StateVariableFilter(1200, 6);
      const hiss = new StateVariableFilter(4600, 0.6);
      for (let index = 0; index < length; index++) {
        if ((index & 63) === 0) {
          const column = bath || flush ? 0.6 - 0.3 * fill(index) : 0.15 - 0.125 * fill(index);
          air.tune(343 / (4 * column), 5);
          upper.tune((3 * 343) / (4 * column), 6);
        }
        const water = (random() - 0.5) * (0.5 + wobble[index]!) * level(index);
        channel[index] =
          air.bandPass(water) * 0.9 +
          upper.bandPass(water) * 0.45 +
          hiss.bandPass(water) * (flush ? 0.5 : bath ? 0.2 : 0.14);
      }
    }
    const rate = (flush ? 260 : bath ? 190 : 130) * (0.5 + intensity);
    for (let time = 0; time < length / SAMPLE_RATE; time += poissonGap(random, rate)) {
      const at = Math.floor(time * SAMPLE_RATE);
      const pitch = betweenOctaves(random, bath || flush ? 260 : 700, 4200);
      addBubble(
        samples,
        at,
        pitch,
        (bath ? 0.3 : 0.12) * random() ** 1.6 * level(at),
        between(random, 0, 0.15),
        between(random, -0.5, 0.5),
      );
    }
    return samples;
  },
};
