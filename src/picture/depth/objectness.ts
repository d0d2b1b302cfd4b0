import { boxMean } from '../pixels/box.ts';
import { gradientMagnitude } from '../pixels/gradient.ts';
import { dilate } from '../pixels/morphology.ts';
import type { View } from './view.ts';

/** What makes a matte an object and not a patch. */
export interface Objectness {
  /** How alike its colours and those of the ring around it are: 0 different … 1 the same (Bhattacharyya). */
  likeness: number;
  /** How much steeper the picture is along the outline than around it; 1 is chance. */
  outline: number;
  /** Its width as a share of the picture's. */
  breadth: number;
}

/**
 * Measures mattes of one picture: whether a border is a border in the picture. Colour contrast to the surroundings and
 * closed edges, two of the cues of Alexe, Deselaers and Ferrari, "What is an object?", 2010.
 */
export function createObjectness(view: View): (matte: Float32Array) => Objectness {
  const steepness = colourSteepness(view);
  const bins = Uint16Array.from({ length: view.width * view.height }, (_, pixel) => binOf(view, pixel));
  return (matte) => measure(view, matte, steepness, bins);
}

function measure(
  { width, height }: View,
  matte: Float32Array,
  steepness: Float32Array,
  bins: Uint16Array,
): Objectness {
  const inside = new Float32Array(matte.length);
  for (let pixel = 0; pixel < matte.length; pixel++) inside[pixel] = matte[pixel]! > 0.5 ? 1 : 0;
  const grown = boxMean(inside, width, height, Math.max(1, Math.round(width * 0.05)));
  const within = new Float64Array(BINS ** 3);
  const around = new Float64Array(BINS ** 3);
  let withinCount = 1;
  let aroundCount = 1;
  let outlineSum = 0;
  let outlineCount = 1;
  let regionSum = 0;
  let regionCount = 1;
  let left = width;
  let right = 0;
  for (let y = 1; y < height - 1; y++) {
    for (let x = 1; x < width - 1; x++) {
      const pixel = y * width + x;
      const isNear = grown[pixel]! > 0.01;
      if (inside[pixel] === 1) {
        within[bins[pixel]!]! += 1;
        withinCount++;
        left = Math.min(left, x);
        right = Math.max(right, x);
      } else if (isNear) {
        around[bins[pixel]!]! += 1;
        aroundCount++;
      }
      if (!isNear) continue;
      regionSum += steepness[pixel]!;
      regionCount++;
      if (inside[pixel] !== inside[pixel + 1] || inside[pixel] !== inside[pixel + width]) {
        outlineSum += steepness[pixel]!;
        outlineCount++;
      }
    }
  }
  let likeness = 0;
  for (let bin = 0; bin < within.length; bin++) {
    likeness += Math.sqrt((within[bin]! / withinCount) * (around[bin]! / aroundCount));
  }
  return {
    likeness,
    outline: outlineSum / outlineCount / (regionSum / regionCount + 1e-3),
    breadth: Math.max(0, right - left) / width,
  };
}

const BINS = 8;

function binOf({ lab }: View, pixel: number): number {
  const bin = (value: number) => Math.max(0, Math.min(BINS - 1, Math.floor(value)));
  const lightness = bin(lab.lightness[pixel]! * BINS);
  return (lightness * BINS + bin(lab.greenRed[pixel]! * 10 + 4)) * BINS + bin(lab.blueYellow[pixel]! * 7 + 4);
}

function colourSteepness({ lab, width, height, scaled }: View): Float32Array {
  const steepness = (plane: Float32Array) =>
    gradientMagnitude(boxMean(plane, width, height, scaled(1)), width, height);
  const sum = steepness(lab.lightness);
  const greenRed = steepness(lab.greenRed);
  const blueYellow = steepness(lab.blueYellow);
  for (let pixel = 0; pixel < sum.length; pixel++) {
    sum[pixel]! += 1.5 * (greenRed[pixel]! + blueYellow[pixel]!);
  }
  return dilate(sum, width, height, scaled(1));
}
