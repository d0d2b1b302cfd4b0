import { driftCurve } from '../dsp/drift.ts';
import { StateVariableFilter } from '../dsp/filter.ts';
import { SAMPLE_RATE } from '../samples.ts';
import { source } from './parts/source.ts';

/** A helicopter: each blade slaps the wake of the one before, 11–22 times a second, over the whine of the turbine. */
export const helicopter = source({
  name: 'helicopter',
  summary: 'A helicopter, or the hum of a small drone.',
  variants: ['helicopter', 'drone'],
  loudness: -20,
  words: {
    strong: 'helicopter chopper quadcopter drone-buzz rotor',
    weak: 'helicopter-fly drone',
    variants: { helicopter: 'helicopter chopper', drone: 'drone quadcopter' },
  },
  draw(length, { variant, pace }, random) {
    const drone = variant === 'drone';
    const samples = new Float32Array(length);
    const rate = drone ? 175 : 11 + 9 * pace;
    const slap = new StateVariableFilter(drone ? 900 : 95, 1.2);
    const air = new StateVariableFilter(drone ? 3200 : 520, 0.7);
    const whine = new StateVariableFilter(drone ? 5200 : 2900, 4);
    const gust = driftCurve(length, 0.7, random, 2);
    let phase = 0;
    let tail = 0;
    let turbine = 0;
    for (let index = 0; index < length; index++) {
      phase += (rate * (0.98 + 0.04 * gust[index]!)) / SAMPLE_RATE;
      tail += (rate * 5.6) / SAMPLE_RATE;
      turbine += (2 * Math.PI * (drone ? rate * 6.1 : 2430)) / SAMPLE_RATE;
      const blade = phase % 1;
      const pulse = blade < 0.16 ? Math.sin((Math.PI * blade) / 0.16) ** 2 : 0;
      const wash = (random() - 0.5) * (0.25 + 1.6 * pulse);
      samples[index] =
        slap.lowPass(pulse - 0.08) * (1 + 0.5 * gust[index]!) +
        air.bandPass(wash) * 0.9 +
        Math.sin(2 * Math.PI * tail) * (drone ? 0.25 : 0.05) +
        whine.bandPass((random() - 0.5) * 0.4 + Math.sin(turbine) * 0.1) * 0.25;
    }
    return samples;
  },
});
