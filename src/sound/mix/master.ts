import { toDecibels, toGain } from '../dsp/decibels.ts';
import { fadeEnds } from '../dsp/fade.ts';
import { highPass } from '../dsp/filter.ts';
import { applyGain, limitingGain, peaksOf } from '../dsp/limiter.ts';
import { gatedLoudness, meanLoudness, weightedPower } from '../dsp/loudness.ts';
import { addStereo } from '../dsp/pan.ts';
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

/** Seconds until a lone sound has its own level again: it is over before the limiter's usual time. */
const SPARSE_RELEASE = 0.015;

/** LUFS. */
const LEAST_LOUDNESS = -21;

/** What lies below this, in LUFS, is not there: the absolute gate of BS.1770. */
const SILENT = -70;

/** How far the bed lies below the mean of all else, in dB: the meter's relative gate is at 10, and the air swells by 3. */
const BED_BELOW = 14;

/** Seconds of fading at the ends. */
const FADE_IN = 0.02;
const FADE_OUT = 0.35;

/**
 * Finishes a mix in place: no direct current, no click at the ends, `loudness` LUFS, true peak at most −3 dBTP. The bed is
 * laid under it afterwards, at its own level or lower: raising rare or faint sounds does not raise the hum of the room, and
 * a loudness meter does not take it for one of them. Where nothing else is heard the bed stays as it is.
 *
 * @param bed as long as the mix
 */
export function master(samples: StereoSamples, loudness: number, bed: StereoSamples): void {
  for (const channel of [samples.left, samples.right]) {
    highPass(channel, 25);
    fadeEnds(channel, FADE_IN, FADE_OUT);
  }
  for (const channel of [bed.left, bed.right]) fadeEnds(channel, FADE_IN, FADE_OUT);
  const power = weightedPower(samples);
  const heard = gatedLoudness(power);
  if (heard < SILENT) {
    addStereo(samples, bed, 0, 1);
    return;
  }
  const below =
    raise(samples, power, loudness - heard, loudness) - BED_BELOW - meanLoudness(weightedPower(bed));
  addStereo(samples, bed, 0, toGain(Math.min(0, below)));
  // The moving gain and the bed may lift a peak by some hundredths.
  const excess = truePeak(samples) - CEILING;
  if (excess > 0) scale(samples, -excess);
}

/**
 * Brings a mix to `loudness` LUFS under the ceiling, or as near as its shape allows; returns the mean of it all in LUFS.
 *
 * @param power K-weighted, of every sample
 * @param start the gain in dB that would do without a limiter
 */
function raise(samples: StereoSamples, power: Float32Array, start: number, loudness: number): number {
  const peaks = peaksOf(samples, CEILING - Math.max(0, start));
  const sparse = loudness <= SPARSE;
  const shapeKept = sparse ? CEILING + MOST_REDUCTION - highestOf(peaks) : Number.POSITIVE_INFINITY;
  const heard = { power, peaks, release: sparse ? SPARSE_RELEASE : undefined };
  let found = findGain(heard, loudness, start, shapeKept);
  const least = Math.min(loudness, LEAST_LOUDNESS);
  if (found.loudness < least) found = findGain(heard, least, start, shapeKept + 1.5 * MOST_REDUCTION);
  scale(samples, found.decibels);
  if (found.limiting) applyGain(samples, found.limiting);
  return found.decibels + meanLoudness(power, found.limiting);
}

/** What brings a mix to a loudness. */
interface FoundGain {
  decibels: number;
  /** What the limiter does afterwards; undefined: nothing. */
  limiting: Float32Array | undefined;
  /** Reached, in LUFS. */
  loudness: number;
}

/**
 * The gain, of at most `most` dB, after which the limited mix is `loudness` LUFS. Limiting takes loudness away, so it is
 * found in a few steps; the limiter moves slowly against the meter's weighting, which is therefore applied only once.
 */
function findGain(
  { power, peaks, release }: { power: Float32Array; peaks: Float32Array; release: number | undefined },
  loudness: number,
  start: number,
  most: number,
): FoundGain {
  let decibels = Math.min(start, most);
  for (let round = 0; ; round++) {
    const limiting = limitingGain(peaks, CEILING - decibels, release);
    const reached = decibels + gatedLoudness(power, limiting);
    const missing = loudness - reached;
    if (Math.abs(missing) < 0.2 || decibels === most || round === 5) {
      return { decibels, limiting, loudness: reached };
    }
    decibels = Math.min(decibels + missing, most);
  }
}

/** In dB. */
function highestOf(peaks: Float32Array): number {
  return toDecibels(peaks.reduce((highest, peak) => Math.max(highest, peak), 0));
}

function scale(samples: StereoSamples, decibels: number): void {
  const gain = toGain(decibels);
  for (const channel of [samples.left, samples.right]) {
    for (let index = 0; index < channel.length; index++) channel[index]! *= gain;
  }
}
