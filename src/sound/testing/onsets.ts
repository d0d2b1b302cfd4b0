import { StateVariableFilter } from '../dsp/filter.ts';
import { SAMPLE_RATE, type StereoSamples } from '../samples.ts';

const HOP = 240;

/** Times in seconds at which the sound starts anew: peaks of the rise of its level in six bands (spectral flux). */
export function findOnsets({ left, right }: StereoSamples): number[] {
  const hops = Math.floor(left.length / HOP);
  const rise = new Float64Array(hops);
  for (const centre of [150, 400, 1000, 2500, 5000, 9000]) {
    const filter = new StateVariableFilter(centre, 1.2);
    const powers = new Float64Array(hops);
    for (let index = 0; index < hops * HOP; index++) {
      powers[Math.floor(index / HOP)]! += filter.bandPass(left[index]! + right[index]!) ** 2;
    }
    const mean = powers.reduce((sum, power) => sum + power, 0) / hops;
    const levels = powers.map((power) => Math.log10(power + 0.05 * mean + 1e-12));
    for (let hop = 2; hop < hops; hop++) {
      rise[hop]! += Math.max(0, levels[hop]! - Math.min(levels[hop - 1]!, levels[hop - 2]!)) / 6;
    }
  }
  const onsets: number[] = [];
  for (let hop = 1; hop < hops - 1; hop++) {
    const time = (hop * HOP) / SAMPLE_RATE;
    const around = rise.slice(Math.max(0, hop - 20), hop + 21);
    const mean = around.reduce((sum, value) => sum + value, 0) / around.length;
    const peak = rise[hop]! >= rise[hop - 1]! && rise[hop]! >= rise[hop + 1]! && rise[hop]! > mean + 0.25;
    if (peak && time - (onsets.at(-1) ?? -1) > 0.2) onsets.push(time);
  }
  return onsets;
}

/** Onsets against events, within 100 ms: the share of events that are heard, and F1. */
export function agreement(onsets: number[], times: number[]): { recall: number; f1: number } {
  const found = times.filter((time) => onsets.some((onset) => Math.abs(onset - time) <= 0.1)).length;
  const right = onsets.filter((onset) => times.some((time) => Math.abs(onset - time) <= 0.1)).length;
  const precision = right / Math.max(1, onsets.length);
  const recall = found / times.length;
  return { recall, f1: (2 * precision * recall) / Math.max(1e-9, precision + recall) };
}
