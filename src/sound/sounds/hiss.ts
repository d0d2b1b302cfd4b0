import { between } from '../../random.ts';
import { driftCurve } from '../dsp/drift.ts';
import { StateVariableFilter } from '../dsp/filter.ts';
import { moments } from './parts/moments.ts';
import { hill, seconds } from './parts/mono.ts';

/** Seconds, frequency of the jet in Hz, whistle of the opening in Hz with its share. */
const jets: Record<string, { length: number; jet: number; whistle: number; share: number }> = {
  spray: { length: 0.5, jet: 7200, whistle: 9800, share: 0.25 },
  steam: { length: 1.9, jet: 4200, whistle: 3100, share: 0.5 },
  brakes: { length: 0.8, jet: 5200, whistle: 2300, share: 0.3 },
  leak: { length: 2.6, jet: 6200, whistle: 4700, share: 0.9 },
};

/** Gas through an opening: turbulence whose centre follows the jet's speed over its width (Strouhal), and its whistle. */
export const hiss = moments({
  name: 'hiss',
  summary: 'A spray can, steam, air brakes, a leak.',
  variants: ['steam', 'spray', 'brakes', 'leak'],
  loudness: -22,
  words: {
    strong:
      'hiss spray steam-hiss aerosol air-leak deflate air-brake spray-paint pressure-release geyser ' +
      'spray-can airbrush steam-release blowtorch',
    weak: 'steam pressure leak gas inflate pump pssh release vapor',
    variants: {
      spray: 'spray aerosol paint can graffiti bottle perfume',
      steam: 'steam geyser pressure',
      brakes: 'brake truck bus release',
      leak: 'leak deflate balloon gas inflate',
    },
  },
  gap: { steam: 2.8, spray: 1.2, brakes: 2.6, leak: 3.5 },
  draw({ variant }, random) {
    const jet = jets[variant] ?? jets.steam!;
    const samples = seconds(jet.length * between(random, 0.8, 1.2));
    const turbulence = new StateVariableFilter(jet.jet, 0.7);
    const opening = new StateVariableFilter(jet.whistle, 7);
    const pressure = driftCurve(samples.length, 9, random, 2);
    for (let index = 0; index < samples.length; index++) {
      const part = index / samples.length;
      const push = hill(part, 0.04, variant === 'spray' ? 0.15 : 0.7) * (0.75 + 0.5 * pressure[index]!);
      if ((index & 31) === 0) {
        turbulence.tune(jet.jet * (0.5 + 0.5 * push), 0.7);
        opening.tune(jet.whistle * (0.8 + 0.2 * push), 7);
      }
      const air = (random() - 0.5) * push;
      samples[index] = turbulence.bandPass(air) + opening.bandPass(air) * jet.share * 2;
    }
    return samples;
  },
});
