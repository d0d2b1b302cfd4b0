import { between, type Random } from '../../random.ts';
import { driftCurve } from '../dsp/drift.ts';
import { bandPass, lowPass, StateVariableFilter } from '../dsp/filter.ts';
import { whiteNoise } from '../dsp/noise.ts';
import { Sawtooth } from '../dsp/sawtooth.ts';
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
    if (variant === 'drone') return fourRotors(length, pace, random);
    const samples = new Float32Array(length);
    const rate = 11 + 9 * pace;
    const slap = new StateVariableFilter(95, 1.2);
    const air = new StateVariableFilter(520, 0.7);
    const whine = new StateVariableFilter(2900, 4);
    const gust = driftCurve(length, 0.7, random, 2);
    let phase = 0;
    let tail = 0;
    let turbine = 0;
    for (let index = 0; index < length; index++) {
      phase += (rate * (0.98 + 0.04 * gust[index]!)) / SAMPLE_RATE;
      tail += (rate * 5.6) / SAMPLE_RATE;
      turbine += (2 * Math.PI * 2430) / SAMPLE_RATE;
      const blade = phase % 1;
      const pulse = blade < 0.16 ? Math.sin((Math.PI * blade) / 0.16) ** 2 : 0;
      const wash = (random() - 0.5) * (0.25 + 1.6 * pulse);
      samples[index] =
        slap.lowPass(pulse - 0.08) * (1 + 0.5 * gust[index]!) +
        air.bandPass(wash) * 0.9 +
        Math.sin(2 * Math.PI * tail) * 0.05 +
        whine.bandPass((random() - 0.5) * 0.4 + Math.sin(turbine) * 0.1) * 0.25;
    }
    return samples;
  },
});

/** Four small rotors that the controller never holds at quite the same speed: their tones beat and wander apart. */
function fourRotors(length: number, pace: number, random: Random): Float32Array {
  const samples = new Float32Array(length);
  const base = 170 + 60 * pace;
  for (let rotor = 0; rotor < 4; rotor++) {
    const saw = new Sawtooth(random());
    const tune = between(random, 0.95, 1.05);
    const waver = driftCurve(length, 2.5, random, 3);
    for (let start = 0; start < length; start += 64) {
      const speed = tune * (1 + 0.05 * (waver[start]! - 0.5));
      saw.add(samples, start, Math.min(length, start + 64), base * speed);
    }
  }
  bandPass(samples, 900, 0.5);
  const air = bandPass(whiteNoise(length, random), 3600, 0.6);
  const wash = driftCurve(length, 14, random, 2);
  for (let index = 0; index < length; index++)
    samples[index]! += air[index]! * 0.35 * (0.4 + 1.2 * wash[index]!);
  return lowPass(samples, 7500);
}
