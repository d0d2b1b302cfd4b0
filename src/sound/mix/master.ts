import { toGain } from '../dsp/decibels.ts';
import { fadeEnds } from '../dsp/fade.ts';
import { highPass } from '../dsp/filter.ts';
import { limit } from '../dsp/limiter.ts';
import { integratedLoudness } from '../dsp/loudness.ts';
import { truePeak } from '../dsp/true-peak.ts';
import type { StereoSamples } from '../samples.ts';

/** Highest true peak in dBTP: AAC raises peaks by up to 2 dB, and −1 is the limit after it. */
const CEILING = -3;

/**
 * The limiter takes no more than this off the peaks of a track of lone sounds, in dB: what is sharper stays quieter and
 * keeps its shape. Up to two and a half times as much where it would otherwise fall below {@link LEAST_LOUDNESS}.
 */
const MOST_REDUCTION = 4;

/** LUFS. Louder tracks than this hold ambience or music, under which a limited peak is not heard. */
const SPARSE = -17;

/** LUFS. */
const LEAST_LOUDNESS = -21;

/** Seconds of fading at the ends. */
const FADE_IN = 0.02;
const FADE_OUT = 0.35;

/** Finishes a mix in place: no direct current, no click at the ends, `loudness` LUFS, true peak at most −3 dBTP. */
export function master(samples: StereoSamples, loudness: number): void {
  const channels = [samples.left, samples.right];
  for (const channel of channels) {
    highPass(channel, 25);
    fadeEnds(channel, FADE_IN, FADE_OUT);
  }
  const shapeKept =
    loudness > SPARSE ? Number.POSITIVE_INFINITY : CEILING + MOST_REDUCTION - truePeak(samples);
  let limited = raise(samples, loudness, shapeKept);
  const least = Math.min(loudness, LEAST_LOUDNESS);
  if (integratedLoudness(limited) < least) limited = raise(samples, least, shapeKept + 1.5 * MOST_REDUCTION);
  // The moving gain may lift a peak between samples by some hundredths.
  const excess = truePeak(limited) - CEILING;
  if (excess > 0) scale(limited, -excess);
  samples.left.set(limited.left);
  samples.right.set(limited.right);
}

/**
 * A copy at `loudness` LUFS and under the ceiling, or as near as a gain of `most` dB brings it. Limiting takes loudness
 * away, so the gain is found in a few steps, each from the unlimited sound.
 */
function raise(samples: StereoSamples, loudness: number, most: number): StereoSamples {
  const limited = { left: samples.left.slice(), right: samples.right.slice() };
  let gain = loudness - integratedLoudness(samples);
  for (let round = 0; round < 6; round++) {
    gain = Math.min(gain, most);
    limited.left.set(samples.left);
    limited.right.set(samples.right);
    scale(limited, gain);
    limit(limited, CEILING);
    const missing = loudness - integratedLoudness(limited);
    if (Math.abs(missing) < 0.2 || gain === most) break;
    gain += missing;
  }
  return limited;
}

function scale(samples: StereoSamples, decibels: number): void {
  const gain = toGain(decibels);
  for (const channel of [samples.left, samples.right]) {
    for (let index = 0; index < channel.length; index++) channel[index]! *= gain;
  }
}
