import type { StereoSamples } from '../samples.ts';
import { toDecibels } from './decibels.ts';

/** Taps of one interpolation filter. */
const TAPS = 24;

/** Three windowed sinc filters: the values a quarter, a half and three quarters on the way to the next sample. */
const phases = [1, 2, 3].map((quarter) =>
  Float64Array.from({ length: TAPS }, (_, tap) => {
    const time = tap - (TAPS / 2 - 1) - quarter / 4;
    const sinc = Math.sin(Math.PI * time) / (Math.PI * time);
    return sinc * (0.5 + 0.5 * Math.cos((Math.PI * time) / (TAPS / 2 + 0.5)));
  }),
);

/**
 * The highest amplitude that the analogue signal reaches from each sample to the next, four times oversampled
 * (ITU-R BS.1770-5, annex 2). Stretches where both samples stay below `threshold` are not interpolated: there the
 * sample itself is returned.
 */
export function peakCurve(channel: Float32Array, threshold: number): Float32Array {
  const length = channel.length;
  const peaks = new Float32Array(length);
  const lead = TAPS / 2 - 1;
  for (let index = 0; index < length; index++) {
    const here = Math.abs(channel[index]!);
    let peak = here;
    const next = index + 1 < length ? Math.abs(channel[index + 1]!) : 0;
    if ((here >= threshold || next >= threshold) && index >= lead && index + TAPS - lead <= length) {
      for (const filter of phases) {
        let sum = 0;
        for (let tap = 0; tap < TAPS; tap++) sum += filter[tap]! * channel[index - lead + tap]!;
        peak = Math.max(peak, Math.abs(sum));
      }
    }
    peaks[index] = peak;
  }
  return peaks;
}

/** The true peak of both channels in dBTP. */
export function truePeak(samples: StereoSamples): number {
  let highest = 0;
  for (const channel of [samples.left, samples.right]) {
    let samplePeak = 0;
    for (let index = 0; index < channel.length; index++) {
      samplePeak = Math.max(samplePeak, Math.abs(channel[index]!));
    }
    // An overshoot of more than 6 dB over both neighbouring samples does not occur in practice.
    const peaks = peakCurve(channel, samplePeak / 2);
    for (let index = 0; index < peaks.length; index++) highest = Math.max(highest, peaks[index]!);
  }
  return toDecibels(highest);
}
