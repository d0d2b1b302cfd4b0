import type { Random } from '../../../random.ts';
import { StateVariableFilter } from '../../dsp/filter.ts';
import { Sawtooth } from '../../dsp/sawtooth.ts';
import { SAMPLE_RATE } from '../../samples.ts';

/** A resonance of a throat. */
export interface Formant {
  /** Centre in Hz. */
  frequency: number;
  resonance: number;
  gain: number;
}

/** One cry of a throat with vocal folds. */
export interface Call {
  seconds: number;
  /** Pitch in Hz at a part (0–1) of the call. */
  pitch: (part: number) => number;
  /** Amplitude at a part of the call; 0 at both ends. */
  level: (part: number) => number;
  formants: readonly Formant[];
  /** How often, in Hz, and how deeply (0–1) the folds flutter. */
  flutter: { rate: number; depth: number };
  /** Share of breath in the source, 0–1. */
  breath: number;
}

/** A cry as one channel: a source rich in harmonics through formants (Fant's source–filter model). */
export function renderCall(call: Call, random: Random): Float32Array {
  const length = Math.floor(call.seconds * SAMPLE_RATE);
  const samples = new Float32Array(length);
  const source = new Sawtooth(random());
  const filters = call.formants.map(
    ({ frequency, resonance }) => new StateVariableFilter(frequency, resonance),
  );
  let waver = 0;
  let flutter = random() * 2 * Math.PI;
  let pitch = 0;
  let level = 0;
  for (let index = 0; index < length; index++) {
    if ((index & 15) === 0) {
      const part = index / length;
      waver = waver * 0.93 + (random() - 0.5) * 0.008;
      pitch = call.pitch(part) * (1 + waver);
    }
    const target = call.level(index / length);
    level = target * (1 - call.flutter.depth * (0.5 + 0.5 * Math.sin(flutter)));
    flutter += (2 * Math.PI * call.flutter.rate) / SAMPLE_RATE;
    const folds = (source.next(pitch) + (random() - 0.5) * 2 * call.breath) * level;
    let sum = 0;
    for (let formant = 0; formant < filters.length; formant++) {
      sum += filters[formant]!.bandPass(folds) * call.formants[formant]!.gain;
    }
    samples[index] = sum;
  }
  return samples;
}
