import { SAMPLE_RATE, type StereoSamples } from '../samples.ts';
import { toDecibels, toGain } from './decibels.ts';
import { peakCurve } from './true-peak.ts';

/** Samples by which the gain falls ahead of a peak: 3 ms. */
const LOOK_AHEAD = Math.round(0.003 * SAMPLE_RATE);

/** Seconds in which the gain comes most of the way (1 − 1/e) back: sooner, and the bass of what goes on would growl. */
const RELEASE = 0.08;

/**
 * Holds the true peak at `ceiling` dBTP, in place; both channels get the same gain. Returns the largest reduction in
 * dB (0 when nothing was too high).
 */
export function limit(samples: StereoSamples, ceiling: number): number {
  const gain = limitingGain(peaksOf(samples, ceiling), ceiling);
  if (gain === undefined) return 0;
  applyGain(samples, gain);
  return Math.abs(toDecibels(gain.reduce((lowest, value) => Math.min(lowest, value), 1)));
}

/** The true peak around every sample, of both channels; only what comes near `ceiling` dBTP is measured between samples. */
export function peaksOf({ left, right }: StereoSamples, ceiling: number): Float32Array {
  const threshold = toGain(ceiling) * 0.6;
  const peaks = peakCurve(left, threshold);
  const others = peakCurve(right, threshold);
  let before = 0;
  for (let index = 0; index < peaks.length; index++) {
    const here = Math.max(peaks[index]!, others[index]!);
    // A peak between two samples counts for both.
    peaks[index] = Math.max(here, before);
    before = here;
  }
  return peaks;
}

/**
 * The gain, one value per sample, that holds these peaks at `ceiling` dB; undefined when none is higher. It is a sliding
 * minimum, averaged over as many samples: it reaches what a peak needs exactly when the peak comes, and never jumps.
 *
 * @param release seconds in which it comes most of the way (1 − 1/e) back
 */
export function limitingGain(
  peaks: Float32Array,
  ceiling: number,
  release = RELEASE,
): Float32Array | undefined {
  const highest = toGain(ceiling);
  let tallest = 0;
  for (let index = 0; index < peaks.length; index++) tallest = Math.max(tallest, peaks[index]!);
  if (tallest <= highest) return undefined;
  const needed = new Float32Array(peaks.length);
  for (let index = 0; index < peaks.length; index++) needed[index] = Math.min(1, highest / peaks[index]!);
  const held = holdAhead(needed);
  const keep = Math.exp(-1 / (release * SAMPLE_RATE));
  let recovering = 1;
  for (let index = 0; index < held.length; index++) {
    recovering = Math.min(held[index]!, 1 - (1 - recovering) * keep);
    held[index] = recovering;
  }
  const gain = new Float32Array(held.length);
  let sum = held[0]! * (LOOK_AHEAD + 1);
  for (let index = 0; index < held.length; index++) {
    sum += held[index]! - (index > LOOK_AHEAD ? held[index - LOOK_AHEAD - 1]! : held[0]!);
    gain[index] = Math.min(1, sum / (LOOK_AHEAD + 1));
  }
  return gain;
}

/** Multiplies both channels by a gain of one value per sample, in place. */
export function applyGain({ left, right }: StereoSamples, gain: Float32Array): void {
  for (let index = 0; index < left.length; index++) {
    left[index]! *= gain[index]!;
    right[index]! *= gain[index]!;
  }
}

/** The minimum over each sample and the look-ahead that follows it (monotonic queue, linear time). */
function holdAhead(needed: Float32Array): Float32Array {
  const held = new Float32Array(needed.length);
  const queue = new Int32Array(needed.length);
  let head = 0;
  let tail = 0;
  for (let index = needed.length - 1; index >= 0; index--) {
    while (tail > head && needed[queue[tail - 1]!]! >= needed[index]!) tail--;
    queue[tail++] = index;
    while (queue[head]! > index + LOOK_AHEAD) head++;
    held[index] = needed[queue[head]!]!;
  }
  return held;
}
