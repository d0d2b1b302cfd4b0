import { blur } from '../pixels/box.ts';
import type { Plane } from '../pixels/plane.ts';

/** A picture's disparity on a coarse grid, as the renderer reads it: 0 far … 1 near. */
export type Relief = Plane;

/**
 * Limits how steeply disparity falls, keeping what is near: a grey dilation with a cone, in two raster passes.
 * Where the largest shift times the slope stays below 0.8 the renderer's fixed point converges; an object keeps its
 * own disparity to its last pixel, so it moves as one piece, and the stretch falls beside it.
 *
 * @param largestShift how far disparity 1 moves against disparity 0 in the clip, as a fraction of the width
 */
export function limitSlope(relief: Relief, largestShift: number): Relief {
  const { width, height, values } = relief;
  const result = Float32Array.from(values);
  const step = 0.8 / Math.max(1, largestShift * width);
  const diagonal = step * Math.SQRT2;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const index = y * width + x;
      let value = result[index]!;
      if (x > 0) value = Math.max(value, result[index - 1]! - step);
      if (y > 0) {
        value = Math.max(value, result[index - width]! - step);
        if (x > 0) value = Math.max(value, result[index - width - 1]! - diagonal);
        if (x < width - 1) value = Math.max(value, result[index - width + 1]! - diagonal);
      }
      result[index] = value;
    }
  }
  for (let y = height - 1; y >= 0; y--) {
    for (let x = width - 1; x >= 0; x--) {
      const index = y * width + x;
      let value = result[index]!;
      if (x < width - 1) value = Math.max(value, result[index + 1]! - step);
      if (y < height - 1) {
        value = Math.max(value, result[index + width]! - step);
        if (x < width - 1) value = Math.max(value, result[index + width + 1]! - diagonal);
        if (x > 0) value = Math.max(value, result[index + width - 1]! - diagonal);
      }
      result[index] = value;
    }
  }
  return { width, height, values: result };
}

/**
 * Halves the steps of a relief and leaves its broad rise: for a subject that cannot be cut out, beside which straight
 * lines would bend.
 */
export function softenSteps({ width, height, values }: Relief): Relief {
  const broad = blur(values, width, height, Math.max(2, Math.round(Math.max(width, height) / 12)));
  return { width, height, values: values.map((value, pixel) => (value + broad[pixel]!) / 2) };
}
