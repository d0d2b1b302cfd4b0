import { toGain } from '../dsp/decibels.ts';
import { limit } from '../dsp/limiter.ts';
import { integratedLoudness } from '../dsp/loudness.ts';
import { truePeak } from '../dsp/true-peak.ts';
import { createStereo, SAMPLE_RATE, type StereoSamples } from '../samples.ts';

/** Highest true peak of a mix in dBTP: AAC raises peaks by up to 2 dB, and −1 is the limit after it. */
const CEILING = -3;
/** How far the original steps back behind what is loud in ours, in dB. */
const DEPTH = 8;
/** Around our sound's own loudness, in dB: above the first the original is all the way back, below the second not at all. */
const LOUD = -3;
const QUIET = -12;
/** Seconds over which our level is measured, and in which the original comes back. */
const WINDOW = 0.05;
const RELEASE = 0.3;

/**
 * Puts our sound over the one that a video had: both as they are (`mix`), or the original 8 dB lower wherever ours is
 * loud (`duck`). As long as ours; an original that is shorter ends in silence. The peaks of the sum are limited.
 *
 * @param original from the start of the video
 * @param made our sound, as long as the video
 */
export function mixOriginal(
  original: StereoSamples,
  made: StereoSamples,
  mode: 'mix' | 'duck',
): StereoSamples {
  const length = made.left.length;
  const gain = mode === 'duck' ? duckingGain(made) : undefined;
  const mixed = createStereo(length);
  for (const channel of ['left', 'right'] as const) {
    const [target, ours, theirs] = [mixed[channel], made[channel], original[channel]];
    for (let index = 0; index < length; index++) {
      const heard = (theirs[index] ?? 0) * (gain ? gain[index]! : 1);
      target[index] = ours[index]! + heard;
    }
  }
  limit(mixed, CEILING);
  // The moving gain may lift a peak between samples by some hundredths.
  const excess = truePeak(mixed) - CEILING;
  if (excess > 0) {
    for (const channel of [mixed.left, mixed.right]) {
      for (let index = 0; index < length; index++) channel[index]! *= toGain(-excess);
    }
  }
  return mixed;
}

/** The original's gain, one value per sample: down within one window, up with the release time. */
function duckingGain(made: StereoSamples): Float32Array {
  const length = made.left.length;
  const gain = new Float32Array(length).fill(1);
  const loudness = integratedLoudness(made);
  const window = Math.round(WINDOW * SAMPLE_RATE);
  const rise = 1 - Math.exp(-1 / (RELEASE * SAMPLE_RATE));
  let current = 1;
  for (let start = 0; start < length; start += window) {
    const end = Math.min(length, start + window);
    const wanted = toGain(-DEPTH * loudPart(powerDecibels(made, start, end) - loudness));
    for (let index = start; index < end; index++) {
      const step = wanted < current ? 3 / window : rise;
      current += (wanted - current) * step;
      gain[index] = current;
    }
  }
  return gain;
}

/** 0 for what is quiet, 1 for what is loud, relative to the whole. */
function loudPart(decibels: number): number {
  return Math.max(0, Math.min(1, (decibels - QUIET) / (LOUD - QUIET)));
}

/** Power of both channels in dB, near what a loudness meter shows for broad sounds. */
function powerDecibels({ left, right }: StereoSamples, start: number, end: number): number {
  let sum = 0;
  for (let index = start; index < end; index++) sum += left[index]! ** 2 + right[index]! ** 2;
  return 10 * Math.log10(Math.max(1e-12, sum / (end - start)));
}
