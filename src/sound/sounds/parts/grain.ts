import type { Random } from '../../../random.ts';
import { panGains } from '../../dsp/pan.ts';
import { SAMPLE_RATE, type StereoSamples } from '../../samples.ts';

/** A short burst of noise around a frequency: a drop that hits, a splinter that cracks, a stone that rubs. */
export interface Grain {
  /** Centre in Hz. */
  frequency: number;
  /** Q of the band: 0.7 is a click, 4 has a pitch. */
  resonance: number;
  /** Seconds until it has fallen to 1 % (−40 dB). */
  decay: number;
  /** Amplitude of the noise before the filter. */
  gain: number;
  /** −1 … 1. */
  pan: number;
}

/** Adds a grain from sample `at` on. */
export function addGrain(target: StereoSamples, at: number, grain: Grain, random: Random): void {
  const { left, right } = target;
  if (at < 0 || at >= left.length) return;
  const [leftGain, rightGain] = panGains(grain.pan);
  const g = Math.tan((Math.PI * Math.min(grain.frequency, SAMPLE_RATE * 0.45)) / SAMPLE_RATE);
  const damping = 1 / grain.resonance;
  const a1 = 1 / (1 + g * (g + damping));
  const a2 = g * a1;
  const a3 = g * a2;
  const samples = grain.decay * SAMPLE_RATE;
  const fall = Math.exp(-4.6 / samples);
  // The filter rings on for a while after the noise.
  const end = Math.min(
    left.length,
    at + Math.ceil(samples + (SAMPLE_RATE * grain.resonance * 1.5) / grain.frequency),
  );
  let level = grain.gain * damping * 2;
  let first = 0;
  let second = 0;
  for (let index = at; index < end; index++) {
    const difference = (random() - 0.5) * level - second;
    const band = a1 * first + a2 * difference;
    second += 2 * (a2 * first + a3 * difference);
    first = 2 * band - first;
    level *= fall;
    left[index]! += band * leftGain;
    right[index]! += band * rightGain;
  }
}
