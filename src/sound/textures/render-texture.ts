import type { Random } from '../../random.ts';
import { transform } from '../dsp/fft.ts';
import { narrow } from '../dsp/width.ts';
import { createStereo, type StereoSamples } from '../samples.ts';
import {
  BANDS,
  bandOf,
  FRAME,
  FRAME_RATE,
  HOP,
  MODULATIONS,
  QUANTILES,
  type TextureStatistics,
  window,
} from './texture-statistics.ts';

/**
 * `length` samples with the statistics of a recording, and no sample of it: each component moves as Gaussian noise with
 * the recording's modulation spectrum, bent to its distribution; together they give the bands' levels, which shape noise.
 */
export function renderTexture(statistics: TextureStatistics, length: number, random: Random): StereoSamples {
  const frames = Math.ceil((length + FRAME) / HOP) + 1;
  const courses = statistics.modulation.map((modulation, component) =>
    bend(move(modulation, frames, random), statistics.quantiles[component]!),
  );
  const levels = Array.from({ length: frames }, (_, frame) =>
    Float64Array.from({ length: BANDS }, (_, band) => {
      let level = statistics.mean[band]!;
      for (const [component, course] of courses.entries()) {
        level += course[frame]! * statistics.components[component]![band]!;
      }
      return 10 ** (Math.min(level, statistics.mean[band]! + 30) / 20);
    }),
  );
  const samples = createStereo(length);
  for (const channel of [samples.left, samples.right]) shapeNoise(channel, levels, random);
  narrow(samples, 0.5);
  return samples;
}

/** Gaussian noise with the given power per modulation band, one value per frame. */
function move(modulation: readonly number[], frames: number, random: Random): Float64Array {
  let size = 1;
  while (size < frames) size *= 2;
  const real = new Float64Array(size);
  const imaginary = new Float64Array(size);
  for (let bin = 1; bin < size / 2; bin++) {
    const rate = (bin * FRAME_RATE) / size;
    const above = MODULATIONS.findIndex((edge) => edge > rate);
    const power = modulation[Math.max(0, (above < 0 ? MODULATIONS.length : above) - 1)] ?? modulation.at(-1)!;
    const gain = Math.sqrt(-2 * Math.log(1 - random()) * power);
    const phase = 2 * Math.PI * random();
    real[bin] = gain * Math.cos(phase);
    imaginary[bin] = gain * Math.sin(phase);
  }
  transform(real, imaginary, true);
  return real.subarray(0, frames);
}

/** Keeps the order of the values and gives them another distribution. */
function bend(course: Float64Array, quantiles: readonly number[]): Float64Array {
  const order = Array.from(course.keys()).sort((first, second) => course[first]! - course[second]!);
  const bent = new Float64Array(course.length);
  for (const [rank, place] of order.entries()) {
    const share = (rank + 0.5) / course.length;
    const above = QUANTILES.findIndex((edge) => edge > share);
    if (above <= 0) bent[place] = quantiles[above === 0 ? 0 : quantiles.length - 1]!;
    else {
      const [low, high] = [QUANTILES[above - 1]!, QUANTILES[above]!];
      const from = quantiles[above - 1]!;
      bent[place] = from + ((quantiles[above]! - from) * (share - low)) / (high - low);
    }
  }
  return bent;
}

/** Fills a channel with noise whose bands have these levels, frame by frame, overlapped and added. */
function shapeNoise(channel: Float32Array, levels: readonly Float64Array[], random: Random): void {
  const places = Array.from({ length: FRAME / 2 }, (_, bin) => bandOf(bin));
  for (const [frame, level] of levels.entries()) {
    const real = new Float64Array(FRAME);
    const imaginary = new Float64Array(FRAME);
    for (let bin = 2; bin < FRAME / 2; bin++) {
      const [band, part] = places[bin]!;
      const gain = level[band]! ** (1 - part) * level[band + 1]! ** part;
      const phase = 2 * Math.PI * random();
      real[bin] = gain * Math.cos(phase);
      imaginary[bin] = gain * Math.sin(phase);
    }
    transform(real, imaginary, true);
    const from = frame * HOP - FRAME;
    for (let index = 0; index < FRAME; index++) {
      const at = from + index;
      if (at >= 0 && at < channel.length) channel[at]! += real[index]! * window[index]!;
    }
  }
}
