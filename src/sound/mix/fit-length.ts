import { createStereo, SAMPLE_RATE, type StereoSamples } from '../samples.ts';

/** How long a sound that is cut off fades, in seconds. */
const FADE_SECONDS = 0.35;

/**
 * Brings somebody's own sound to an exact length: what is longer is cut with an equal-power fade, what is shorter
 * ends in silence. Its level is kept, unless it clips: then the whole is lowered to full scale.
 *
 * @param length samples
 */
export function fitLength(samples: StereoSamples, length: number): StereoSamples {
  const result = createStereo(length);
  const longer = samples.left.length > length;
  const fade = Math.min(length, Math.round(FADE_SECONDS * SAMPLE_RATE));
  let peak = 1;
  for (const channel of ['left', 'right'] as const) {
    const target = result[channel];
    target.set(samples[channel].subarray(0, length));
    if (longer) {
      for (let index = 0; index < fade; index++) {
        const sample = length - fade + index;
        target[sample] = target[sample]! * Math.cos(((index + 1) / fade) * (Math.PI / 2));
      }
    }
    for (const value of target) peak = Math.max(peak, Math.abs(value));
  }
  if (peak > 1) {
    for (const channel of [result.left, result.right]) {
      for (let index = 0; index < length; index++) channel[index] = channel[index]! / peak;
    }
  }
  return result;
}
