import { transform } from '../dsp/fft.ts';
import {
  BANDS,
  bandLevels,
  FRAME_RATE,
  MODULATIONS,
  QUANTILES,
  type TextureStatistics,
} from './texture-statistics.ts';

/** Components that are kept. */
const COMPONENTS = 8;

/** Frames of one modulation spectrum: 10 s. */
const SEGMENT = 1024;

/** The statistics of a recording of ten seconds or more, one channel at 48 kHz. Numbers are rounded to be shipped. */
export function fitTexture(samples: Float32Array): TextureStatistics {
  const levels = bandLevels(samples);
  const mean = Array.from({ length: BANDS }, (_, band) => average(levels.map((frame) => frame[band]!)));
  const centred = levels.map((frame) => frame.map((level, band) => level - mean[band]!));
  const components = principalComponents(centred);
  const courses = components.map((component) =>
    centred.map((frame) => frame.reduce((sum, level, band) => sum + level * component[band]!, 0)),
  );
  return {
    mean: mean.map((value) => round(value, 1)),
    components: components.map((component) => Array.from(component, (value) => round(value, 3))),
    modulation: courses.map((course) =>
      modulationSpectrum(course).map((value) => Number(value.toPrecision(2))),
    ),
    quantiles: courses.map((course) => {
      const sorted = course.toSorted((first, second) => first - second);
      return QUANTILES.map((share) => round(sorted[Math.round(share * (sorted.length - 1))]!, 1));
    }),
  };
}

function average(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function round(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}

/** Eigenvectors of the covariance with the largest eigenvalues, by power iteration and deflation. */
function principalComponents(frames: readonly Float64Array[]): Float64Array[] {
  const covariance = Array.from({ length: BANDS }, () => new Float64Array(BANDS));
  for (const frame of frames) {
    for (let row = 0; row < BANDS; row++) {
      for (let column = 0; column < BANDS; column++)
        covariance[row]![column]! += (frame[row]! * frame[column]!) / frames.length;
    }
  }
  const components: Float64Array[] = [];
  for (let component = 0; component < COMPONENTS; component++) {
    let vector = Float64Array.from(
      { length: BANDS },
      (_, band) => 1 + 0.1 * Math.cos(band * (component + 1)),
    );
    let size = 0;
    for (let round = 0; round < 300; round++) {
      const next = Float64Array.from(covariance, (row) =>
        row.reduce((sum, value, band) => sum + value * vector[band]!, 0),
      );
      size = Math.sqrt(next.reduce((sum, value) => sum + value * value, 0)) || 1;
      vector = next.map((value) => value / size);
    }
    for (let row = 0; row < BANDS; row++) {
      for (let column = 0; column < BANDS; column++)
        covariance[row]![column]! -= size * vector[row]! * vector[column]!;
    }
    components.push(vector);
  }
  return components;
}

/** Power per modulation band, averaged over segments of ten seconds that overlap by half (Welch's method). */
function modulationSpectrum(course: readonly number[]): number[] {
  const sums = new Float64Array(MODULATIONS.length - 1);
  const counts = new Float64Array(MODULATIONS.length - 1);
  const segments = Math.max(1, Math.floor((course.length - SEGMENT / 2) / (SEGMENT / 2)));
  for (let segment = 0; segment < segments; segment++) {
    const from = (segment * SEGMENT) / 2;
    const real = Float64Array.from(
      { length: SEGMENT },
      (_, index) => (course[from + index] ?? 0) * Math.sin((Math.PI * (index + 0.5)) / SEGMENT),
    );
    const imaginary = new Float64Array(SEGMENT);
    transform(real, imaginary);
    for (let bin = 1; bin < SEGMENT / 2; bin++) {
      const rate = (bin * FRAME_RATE) / SEGMENT;
      const band = MODULATIONS.findIndex(
        (edge, place) => rate >= edge && rate < (MODULATIONS[place + 1] ?? 0),
      );
      if (band < 0 || band >= sums.length) continue;
      sums[band]! += (real[bin]! ** 2 + imaginary[bin]! ** 2) / SEGMENT;
      counts[band]!++;
    }
  }
  // Bands narrower than a bin take their neighbour's.
  let last = sums.find((_, band) => counts[band]! > 0) ?? 0;
  return Array.from(sums, (sum, band) => {
    if (counts[band]! > 0) last = sum / counts[band]!;
    return last;
  });
}
