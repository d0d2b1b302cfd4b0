/** Samples per second of everything that the sound engine makes. */
export const SAMPLE_RATE = 48_000;

/** Two channels of equal length at {@link SAMPLE_RATE}; full scale is ±1. */
export interface StereoSamples {
  left: Float32Array;
  right: Float32Array;
}

/** Silence of the given length in samples. */
export function createStereo(length: number): StereoSamples {
  return { left: new Float32Array(length), right: new Float32Array(length) };
}

/** The number of samples that fills a video of the given length in seconds. */
export function sampleCount(seconds: number): number {
  return Math.round(seconds * SAMPLE_RATE);
}
