import { between, type Random } from '../../../random.ts';
import { type Call, type Formant, renderCall } from './call.ts';
import { hill } from './mono.ts';

/** How somebody with a throat sounds. */
export interface Throat {
  /** Formants as [Hz, Q, gain]. */
  formants: readonly (readonly [frequency: number, resonance: number, gain: number])[];
  /** Share of breath in the voice, 0–1. */
  breath: number;
  /** Hz and depth (0–1) of its roughness. */
  rough: readonly [rate: number, depth: number];
}

/** One sound of that throat. Each individual and each cry differ by some per cent. */
export function cry(
  throat: Throat,
  length: number,
  pitch: (part: number) => number,
  random: Random,
  level: (part: number) => number = (part) => hill(part, 0.08, 0.35),
): Float32Array {
  const size = between(random, 0.96, 1.04);
  const call: Call = {
    seconds: length,
    pitch,
    level,
    formants: throat.formants.map(
      ([frequency, resonance, gain]): Formant => ({ frequency: frequency * size, resonance, gain }),
    ),
    flutter: { rate: throat.rough[0] * between(random, 0.85, 1.15), depth: throat.rough[1] },
    breath: throat.breath,
  };
  return renderCall(call, random);
}

/** A course through the given values, evenly spaced over 0–1, with smooth corners. */
export function through(...values: readonly [number, number, ...number[]]): (part: number) => number {
  return (part) => {
    const place = Math.max(0, Math.min(1, part)) * (values.length - 1);
    const from = Math.min(values.length - 2, Math.floor(place));
    const within = place - from;
    const smooth = within * within * (3 - 2 * within);
    return values[from]! + (values[from + 1]! - values[from]!) * smooth;
  };
}
