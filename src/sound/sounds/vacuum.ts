import { driftCurve } from '../dsp/drift.ts';
import { StateVariableFilter } from '../dsp/filter.ts';
import { pinkNoise } from '../dsp/noise.ts';
import { SAMPLE_RATE } from '../samples.ts';
import { source } from './parts/source.ts';

/** Turns of the motor per second, and the nozzle's or the jar's resonance in Hz. */
const appliances = {
  vacuum: { turns: 330, resonance: 620, air: 0.9 },
  dryer: { turns: 215, resonance: 950, air: 1.2 },
  blender: { turns: 240, resonance: 420, air: 0.5 },
  shaver: { turns: 118, resonance: 1800, air: 0.15 },
} as const;

/** A universal motor and its fan: the whine of the windings at the turns and their multiples, and a lot of air. */
export const vacuum = source({
  name: 'vacuum',
  summary: 'A vacuum cleaner, a hair dryer, a blender, a shaver.',
  variants: ['vacuum', 'dryer', 'blender', 'shaver'],
  loudness: -21,
  indoors: true,
  words: {
    strong:
      'vacuum vacuum-cleaner hair-dryer hairdryer blender blow-dryer food-processor electric-shaver toothbrush leaf-blower blow-dry',
    weak: 'cleaner dryer mixer shaver grinder hoover inflate',
    variants: {
      vacuum: 'vacuum cleaner hoover',
      dryer: 'dryer hair blower inflate',
      blender: 'blender mixer processor smoothie grinder',
      shaver: 'shaver toothbrush trimmer',
    },
  },
  draw(length, { variant }, random) {
    const appliance = appliances[variant as keyof typeof appliances] ?? appliances.vacuum;
    const samples = pinkNoise(length, random);
    const nozzle = new StateVariableFilter(appliance.resonance, 1.1);
    const hiss = new StateVariableFilter(5200, 0.7);
    const moves = driftCurve(length, 0.7, random, 2);
    let phase = 0;
    for (let index = 0; index < length; index++) {
      const spin = Math.min(1, index / SAMPLE_RATE / 0.7);
      const turns = appliance.turns * spin * (0.97 + 0.06 * moves[index]!);
      phase += (2 * Math.PI * turns) / SAMPLE_RATE;
      if ((index & 127) === 0) nozzle.tune(appliance.resonance * (0.75 + 0.5 * moves[index]!), 1.1);
      const air = samples[index]! * spin * spin * appliance.air;
      const whine =
        Math.sin(phase) * 0.3 +
        Math.sin(2 * phase) * 0.18 +
        Math.sin(3.02 * phase) * 0.1 +
        Math.sin(11 * phase) * 0.06;
      const chop = variant === 'blender' ? 0.75 + 0.25 * Math.sin(phase * 0.06) * Math.sin(phase * 0.041) : 1;
      samples[index] = (nozzle.bandPass(air) * 0.9 + hiss.bandPass(air) * 0.3 + whine * spin * 0.5) * chop;
    }
    return samples;
  },
});
