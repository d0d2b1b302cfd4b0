import { transform } from '../dsp/fft.ts';
import { SAMPLE_RATE } from '../samples.ts';

/**
 * What is kept of a recording of something that goes on: how loud each band is, how the bands move together, and how
 * fast and how far they do. A simplified McDermott & Simoncelli, "Sound texture perception via statistics of the
 * auditory periphery" (Neuron, 2011).
 */
export interface TextureStatistics {
  /** Mean level of every band in dB. */
  mean: readonly number[];
  /** Directions in which the bands' levels move together, strongest first; each has one number per band. */
  components: readonly (readonly number[])[];
  /** For every component its power at the {@link MODULATIONS} rates. */
  modulation: readonly (readonly number[])[];
  /** For every component its values at the {@link QUANTILES}, in dB. */
  quantiles: readonly (readonly number[])[];
}

/** Samples of a frame, and from one to the next (10 ms). */
export const FRAME = 2048;
export const HOP = 480;
/** Frames per second. */
export const FRAME_RATE = SAMPLE_RATE / HOP;

/** Bands, on the mel scale from 40 Hz to 16 kHz. */
export const BANDS = 40;

/** Shares of the values that lie below the numbers of `quantiles`. */
export const QUANTILES = [0.002, 0.02, 0.1, 0.25, 0.5, 0.75, 0.9, 0.98, 0.998] as const;

/** Power below which nothing is kept (−35 dB, some 60 below the loudest band): the emptiness above a codec's cut-off. */
const FLOOR = 3e-4;

/** Edges of the modulation bands in Hz. */
export const MODULATIONS: readonly number[] = Array.from(
  { length: 21 },
  (_, edge) => 0.08 * (FRAME_RATE / 2 / 0.08) ** (edge / 20),
);

const toMel = (hertz: number) => 2595 * Math.log10(1 + hertz / 700);
const toHertz = (mel: number) => 700 * (10 ** (mel / 2595) - 1);

/** Centres of the bands in Hz. */
const centres: readonly number[] = Array.from({ length: BANDS }, (_, band) =>
  toHertz(toMel(40) + ((toMel(16_000) - toMel(40)) * (band + 1)) / (BANDS + 1)),
);

/** A Hann window of one frame. */
export const window = Float64Array.from(
  { length: FRAME },
  (_, index) => 0.5 - 0.5 * Math.cos((2 * Math.PI * index) / FRAME),
);

/** For a bin of the transform, the band below it and how far it lies towards the next (0–1), on the mel scale. */
export function bandOf(bin: number): [band: number, part: number] {
  const first = toMel(centres[0]!);
  const step = (toMel(centres[BANDS - 1]!) - first) / (BANDS - 1);
  const place = Math.max(0, Math.min(BANDS - 1.000_001, (toMel((bin * SAMPLE_RATE) / FRAME) - first) / step));
  return [Math.floor(place), place % 1];
}

/** Levels in dB of every band in every frame: `levels[frame][band]`. The recording is brought to a level of 0.1 first. */
export function bandLevels(samples: Float32Array): Float64Array[] {
  const power = samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length;
  const scale = 0.1 / Math.sqrt(power + 1e-18);
  const frames: Float64Array[] = [];
  for (let from = 0; from + FRAME <= samples.length; from += HOP) {
    const real = Float64Array.from(window, (value, index) => value * samples[from + index]! * scale);
    const imaginary = new Float64Array(FRAME);
    transform(real, imaginary);
    const sums = new Float64Array(BANDS);
    const weights = new Float64Array(BANDS).fill(1e-9);
    for (let bin = 1; bin < FRAME / 2; bin++) {
      const [band, part] = bandOf(bin);
      const here = real[bin]! ** 2 + imaginary[bin]! ** 2;
      sums[band]! += here * (1 - part);
      weights[band]! += 1 - part;
      sums[band + 1]! += here * part;
      weights[band + 1]! += part;
    }
    frames.push(sums.map((sum, band) => 10 * Math.log10(sum / weights[band]! + FLOOR)));
  }
  return frames;
}
