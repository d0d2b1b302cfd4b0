import { between } from '../../random.ts';
import { driftCurve } from '../dsp/drift.ts';
import { Sawtooth } from '../dsp/sawtooth.ts';
import { createStereo, SAMPLE_RATE } from '../samples.ts';
import { betweenOctaves, poissonGap } from './parts/chance.ts';
import { addGrain } from './parts/grain.ts';
import type { TextureSound } from './sound.ts';

/** Electricity: arcs strike on both half waves of the mains (100 a second), sparks on top; a radio between stations. */
export const electricity: TextureSound = {
  kind: 'texture',
  name: 'electricity',
  summary: 'Sparks, an electric arc, welding, static.',
  variants: ['sparks', 'arc', 'static'],
  loudness: -24,
  words: {
    strong:
      'electric-spark spark electricity tesla-coil weld welder short-circuit electric-arc static ' +
      'electric-shock arc-welding tv-static',
    weak: 'zap neon radio-noise interference',
    variants: {
      sparks: 'spark short circuit',
      arc: 'arc weld welder tesla electricity',
      static: 'static radio tv interference noise',
    },
  },
  render(length, { density, variant }, random) {
    const samples = createStereo(length);
    const life = driftCurve(length, 2.2, random, 2);
    const buzz = new Sawtooth(random());
    for (let index = 0; index < length; index++) {
      const on =
        variant === 'static' ? 0.7 : Math.max(0, life[index]! - (variant === 'arc' ? 0.25 : 0.45)) * 2;
      const mains = buzz.next(100);
      const gate = variant === 'static' ? 0.8 : Math.max(0, mains) ** 2;
      const noise = random() - 0.5;
      samples.left[index] = (noise * gate * 0.5 + mains * 0.05) * on;
      samples.right[index] = ((noise * 0.6 + (random() - 0.5) * 0.6) * gate * 0.5 + mains * 0.05) * on;
    }
    const rate = variant === 'static' ? 30 : 20 + 60 * density;
    for (let time = 0; time < length / SAMPLE_RATE; time += poissonGap(random, rate)) {
      const at = Math.floor(time * SAMPLE_RATE);
      const gain = Math.min(1, 0.08 * (random() + 0.003) ** -0.55);
      addGrain(
        samples,
        at,
        {
          frequency: betweenOctaves(random, 1800, 11000),
          resonance: 1,
          decay: betweenOctaves(random, 0.001, 0.008),
          gain,
          pan: between(random, -0.6, 0.6),
        },
        random,
      );
    }
    return samples;
  },
};
