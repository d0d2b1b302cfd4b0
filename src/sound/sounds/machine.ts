import { between, type Random } from '../../random.ts';
import { driftCurve } from '../dsp/drift.ts';
import { bandPass, lowPass, StateVariableFilter } from '../dsp/filter.ts';
import { brownNoise, pinkNoise } from '../dsp/noise.ts';
import { SAMPLE_RATE } from '../samples.ts';
import { addAt, addBurst, seconds, strikeOnce } from './parts/mono.ts';
import { source } from './parts/source.ts';

const frameModes = [
  { ratio: 1, gain: 1, decay: 0.12 },
  { ratio: 2.4, gain: 0.7, decay: 0.09 },
  { ratio: 4.6, gain: 0.5, decay: 0.06 },
];

/** A machine that runs: mains hum and its harmonics, the draught of a fan, or the beat of something that goes to and fro. */
export const machine = source({
  name: 'machine',
  summary: 'A machine that hums, a fan, a factory, a sewing machine, a printer.',
  variants: ['hum', 'fan', 'factory', 'sewing', 'printer'],
  loudness: -23,
  words: {
    strong:
      'machine machinery factory conveyor generator compressor sewing-machine air-conditioning ' +
      'air-conditioner ventilator washing-machine printer loom lathe assembly-line spaceship-interior ' +
      'refrigerator engine-room machine-run machine-vibrate machine-buzz machine-hum',
    weak:
      'hum motor fan whir whirring mechanical mechanism industrial appliance pump printing sewing humming ' +
      'elevator escalator robot gear air-vent vibrate vibration mechanic',
    variants: {
      hum: 'hum refrigerator generator electric buzz vibration compressor pump',
      fan: 'fan air ventilator whir conditioner vent conditioning',
      factory: 'factory industrial conveyor assembly loom machinery mechanical gear robot washing',
      sewing: 'sewing sew stitch',
      printer: 'printer print printing copier',
    },
  },
  draw(length, { variant, pace }, random) {
    if (variant === 'fan') return blow(length, random);
    const samples = hum(length, variant === 'factory' ? 0.1 : variant === 'hum' ? 0.5 : 0.02, random);
    if (variant === 'factory') addBeat(samples, 1.1 + 1.6 * pace, [0, 0.22, 0.5, 0.86], 150, 0.8, random);
    if (variant === 'sewing') addBeat(samples, 9 + 8 * pace, [0, 0.45], 900, 0.3, random);
    if (variant === 'printer') addBeat(samples, 2.2, [0, 0.1, 0.2, 0.3, 0.4, 0.5], 1600, 0.3, random);
    return samples;
  },
});

/** 100 Hz and its harmonics (a transformer's core pulls twice per period), each with its own slow drift. */
function hum(length: number, level: number, random: Random): Float32Array {
  const samples = lowPass(brownNoise(length, random), 300);
  const air = bandPass(pinkNoise(length, random), 1200, 0.5);
  for (let index = 0; index < length; index++)
    samples[index] = (samples[index]! * 0.12 + air[index]! * 0.06) * (0.3 + 1.4 * level);
  for (const harmonic of [0.5, 1, 2, 3, 4, 6, 8, 12]) {
    const drift = driftCurve(length, 0.6, random);
    const step = (2 * Math.PI * 100 * harmonic * between(random, 0.9995, 1.0005)) / SAMPLE_RATE;
    const gain = (level / harmonic ** 0.8) * between(random, 0.5, 1);
    for (let index = 0; index < length; index++)
      samples[index]! += Math.sin(step * index) * gain * (0.6 + 0.8 * drift[index]!);
  }
  return samples;
}

/** Air through turning blades: noise whose level follows the blades, with their tone underneath. */
function blow(length: number, random: Random): Float32Array {
  const air = pinkNoise(length, random);
  const duct = new StateVariableFilter(between(random, 380, 520), 0.5);
  const blades = between(random, 58, 74);
  const swing = driftCurve(length, 0.3, random, 2);
  let phase = 0;
  for (let index = 0; index < length; index++) {
    phase += (2 * Math.PI * blades) / SAMPLE_RATE;
    const beat = Math.sin(phase);
    const gust = air[index]! * (0.8 + 0.12 * beat) * (0.8 + 0.4 * swing[index]!);
    air[index] = duct.lowPass(gust) * 0.8 + gust * 0.05 + beat * 0.05 + Math.sin(2 * phase) * 0.02;
  }
  return lowPass(air, 5200);
}

function addBeat(
  samples: Float32Array,
  rate: number,
  beats: readonly number[],
  hertz: number,
  gain: number,
  random: Random,
): void {
  const end = samples.length / SAMPLE_RATE;
  for (let time = 0; time < end; time += 1 / rate) {
    for (const [place, beat] of beats.entries()) {
      const knock = seconds(0.16);
      addAt(knock, strikeOnce(frameModes, hertz * (1 + 0.35 * (place % 3)), 0.001, 0.16, random), 0, 1);
      addBurst(
        knock,
        0,
        { frequency: hertz * 5, resonance: 0.8, attack: 0.001, decay: 0.04, gain: 0.4 },
        random,
      );
      addAt(samples, knock, time + beat / rate, gain * between(random, 0.8, 1));
    }
  }
}
