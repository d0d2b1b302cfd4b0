import { between, type Random } from '../../../random.ts';
import { StateVariableFilter } from '../../dsp/filter.ts';
import { type Mode, strike } from '../../dsp/modal.ts';
import { SAMPLE_RATE } from '../../samples.ts';

/** Silence of so many seconds, one channel. */
export function seconds(length: number): Float32Array {
  return new Float32Array(Math.max(1, Math.round(length * SAMPLE_RATE)));
}

/** Adds one channel to another from `time` seconds on; what lies outside is cut off. */
export function addAt(target: Float32Array, part: Float32Array, time: number, gain: number): void {
  const at = Math.round(time * SAMPLE_RATE);
  const last = Math.min(part.length, target.length - at);
  for (let index = Math.max(0, -at); index < last; index++) target[at + index]! += part[index]! * gain;
}

/** A burst of noise around a frequency in one channel. */
export interface Burst {
  /** Centre in Hz. */
  frequency: number;
  /** Q of the band. */
  resonance: number;
  /** Seconds until it is loudest. */
  attack: number;
  /** Seconds until it has fallen to 1 % afterwards. */
  decay: number;
  gain: number;
}

/** Adds a burst from `time` seconds on. */
export function addBurst(target: Float32Array, time: number, burst: Burst, random: Random): void {
  const filter = new StateVariableFilter(burst.frequency, burst.resonance);
  const from = Math.round(time * SAMPLE_RATE);
  const rise = Math.max(1, burst.attack * SAMPLE_RATE);
  const count = Math.round((burst.attack + burst.decay) * SAMPLE_RATE);
  const fall = Math.exp(-4.6 / (burst.decay * SAMPLE_RATE));
  let level = burst.gain * 2;
  for (let index = 0; index < count && from + index < target.length; index++) {
    if (index > rise) level *= fall;
    const sample = filter.bandPass((random() - 0.5) * level * Math.min(1, index / rise));
    if (from + index >= 0) target[from + index]! += sample;
  }
}

/** A struck body whose modes differ a little with every blow: no two blows meet the same spot. */
export function strikeOnce(
  modes: readonly Mode[],
  frequency: number,
  contact: number,
  length: number,
  random: Random,
): Float32Array {
  const varied = modes.map((mode) => ({
    ratio: mode.ratio * between(random, 0.992, 1.008),
    gain: mode.gain * between(random, 0.6, 1),
    decay: mode.decay * between(random, 0.85, 1.15),
  }));
  return strike(varied, frequency, contact, Math.round(length * SAMPLE_RATE));
}

/**
 * A sine of moving pitch: `pitch` in Hz and `level` at a part (0–1) of `length` seconds; `overtones` are the
 * amplitudes of the second, third … harmonic.
 */
export function glide(
  length: number,
  pitch: (part: number) => number,
  level: (part: number) => number,
  overtones: readonly number[] = [],
): Float32Array {
  const samples = seconds(length);
  let phase = 0;
  let hertz = pitch(0);
  let gain = level(0);
  let gainStep = 0;
  for (let index = 0; index < samples.length; index++) {
    if ((index & 15) === 0) {
      const next = Math.min(1, (index + 16) / samples.length);
      hertz = pitch(next);
      // Steps of the level would be heard as a tone of their own.
      gainStep = (level(next) - gain) / 16;
    }
    gain += gainStep;
    phase += (2 * Math.PI * hertz) / SAMPLE_RATE;
    let sum = Math.sin(phase);
    for (let overtone = 0; overtone < overtones.length; overtone++) {
      sum += overtones[overtone]! * Math.sin(phase * (overtone + 2));
    }
    samples[index] = sum * gain;
  }
  return samples;
}

/** A hill over 0–1: rises in `rise`, falls from 1 − `fall` on. */
export function hill(part: number, rise: number, fall: number): number {
  return Math.max(0, Math.min(1, part / rise, (1 - part) / fall));
}
