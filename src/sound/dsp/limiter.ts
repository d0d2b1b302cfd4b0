import { SAMPLE_RATE, type StereoSamples } from '../samples.ts';
import { toDecibels, toGain } from './decibels.ts';
import { peakCurve } from './true-peak.ts';

/** Samples by which the gain falls ahead of a peak: 3 ms. */
const LOOK_AHEAD = Math.round(0.003 * SAMPLE_RATE);

/** Seconds in which the gain comes most of the way (1 − 1/e) back. */
const RELEASE = 0.08;

/**
 * Holds the true peak at `ceiling` dBTP, in place; both channels get the same gain. Returns the largest reduction in
 * dB (0 when nothing was too high). The gain is a sliding minimum, averaged over as many samples: it reaches what a
 * peak needs exactly when the peak comes, and never jumps.
 */
export function limit(samples: StereoSamples, ceiling: number): number {
  const needed = neededGain(samples, toGain(ceiling));
  const held = holdAhead(needed);
  const keep = Math.exp(-1 / (RELEASE * SAMPLE_RATE));
  let recovering = 1;
  for (let index = 0; index < held.length; index++) {
    recovering = Math.min(held[index]!, 1 - (1 - recovering) * keep);
    held[index] = recovering;
  }
  let sum = held[0]! * (LOOK_AHEAD + 1);
  let lowest = 1;
  const { left, right } = samples;
  for (let index = 0; index < left.length; index++) {
    sum += held[index]! - (index > LOOK_AHEAD ? held[index - LOOK_AHEAD - 1]! : held[0]!);
    const gain = Math.min(1, sum / (LOOK_AHEAD + 1));
    left[index]! *= gain;
    right[index]! *= gain;
    lowest = Math.min(lowest, gain);
  }
  return Math.abs(toDecibels(lowest));
}

function neededGain({ left, right }: StereoSamples, ceiling: number): Float32Array {
  const needed = new Float32Array(left.length).fill(1);
  for (const channel of [left, right]) {
    const peaks = peakCurve(channel, ceiling * 0.6);
    for (let index = 0; index < peaks.length; index++) {
      // A peak between two samples counts for both.
      const peak = Math.max(peaks[index]!, index > 0 ? peaks[index - 1]! : 0);
      if (peak * needed[index]! > ceiling) needed[index] = ceiling / peak;
    }
  }
  return needed;
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
