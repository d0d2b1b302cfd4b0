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

/** Brings the sound to the level at which recordings are measured: a root mean square of 0.1. */
const LEVEL = 4.7;

/** How much a component that is led still moves by itself, against what leads it. */
const OWN_LIFE = 0.3;

/**
 * `length` samples with the statistics of a recording, and no sample of it, at a root mean square of 0.1: each component moves as Gaussian noise with
 * the recording's modulation spectrum, bent to its distribution; together they give the bands' levels, which shape noise.
 *
 * @param lead when it is loud and when not, one value per sample on any scale: waves that are seen, gusts. It decides the
 *   times, the recording how loud and how bright that is. Default: chance leads
 */
export function renderTexture(
  statistics: TextureStatistics,
  length: number,
  random: Random,
  lead?: Float32Array,
): StereoSamples {
  const frames = Math.ceil((length + FRAME) / HOP) + 1;
  const courses = statistics.modulation.map((modulation, component) => {
    const course = move(modulation, frames, random);
    if (lead && component === 0) follow(course, lead, statistics.components[0]!);
    return bend(course, statistics.quantiles[component]!);
  });
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
  shapeNoise(samples, levels, random);
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

/** Lets a course follow what leads it; a component may stand for less as well as for more. */
function follow(course: Float64Array, lead: Float32Array, component: readonly number[]): void {
  const led = Float64Array.from(course, (_, frame) => {
    const centre = frame * HOP - FRAME / 2;
    return lead[Math.max(0, Math.min(lead.length - 1, centre))] ?? 0;
  });
  const sign = component.reduce((sum, value) => sum + value, 0) < 0 ? -1 : 1;
  const [own, leading] = [OWN_LIFE / spread(course), sign / spread(led)];
  for (let frame = 0; frame < course.length; frame++) {
    course[frame] = course[frame]! * own + led[frame]! * leading;
  }
}

/** Standard deviation, never 0. */
function spread(values: Float64Array): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length) || 1;
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

/**
 * Fills both channels with noise whose bands have these levels, frame by frame, overlapped and added. One transform makes
 * two independent channels: where the halves of its spectrum differ, so do its real and its imaginary part.
 */
function shapeNoise({ left, right }: StereoSamples, levels: readonly Float64Array[], random: Random): void {
  const places = Array.from({ length: FRAME / 2 }, (_, bin) => bandOf(bin));
  const bands = Uint8Array.from(places, ([band]) => band);
  const parts = Float64Array.from(places, ([, part]) => part);
  const real = new Float64Array(FRAME);
  const imaginary = new Float64Array(FRAME);
  for (const [frame, level] of levels.entries()) {
    real.fill(0);
    imaginary.fill(0);
    for (let bin = 2; bin < FRAME / 2; bin++) {
      const below = level[bands[bin]!]!;
      const gain = LEVEL * (below + (level[bands[bin]! + 1]! - below) * parts[bin]!);
      // Even numbers instead of normal ones: the sum of so many is normal.
      real[bin] = gain * (random() - 0.5);
      imaginary[bin] = gain * (random() - 0.5);
      real[FRAME - bin] = gain * (random() - 0.5);
      imaginary[FRAME - bin] = gain * (random() - 0.5);
    }
    transform(real, imaginary, true);
    const from = frame * HOP - FRAME;
    const end = Math.min(FRAME, left.length - from);
    for (let index = Math.max(0, -from); index < end; index++) {
      left[from + index]! += real[index]! * window[index]!;
      right[from + index]! += imaginary[index]! * window[index]!;
    }
  }
}
