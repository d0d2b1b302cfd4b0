/** A picture's disparity on a coarse grid, as the renderer reads it. */
export interface Relief {
  width: number;
  height: number;
  /** width × height values, 0 far … 1 near. */
  disparity: Float32Array;
}

/**
 * Bilinear disparity at a point of the picture, given in fractions of its width and height; outside, the border's
 * value holds.
 */
export function disparityAt(relief: Relief, x: number, y: number): number {
  const { width, height, disparity } = relief;
  const column = Math.min(width - 1.001, Math.max(0, x * width - 0.5));
  const row = Math.min(height - 1.001, Math.max(0, y * height - 0.5));
  const left = column | 0;
  const top = row | 0;
  const fractionX = column - left;
  const fractionY = row - top;
  const index = top * width + left;
  const upper = disparity[index]! * (1 - fractionX) + disparity[index + 1]! * fractionX;
  const lower = disparity[index + width]! * (1 - fractionX) + disparity[index + width + 1]! * fractionX;
  return upper * (1 - fractionY) + lower * fractionY;
}

/**
 * Limits how steeply disparity falls, keeping what is near: a grey dilation with a cone, in two raster passes.
 * Where the largest shift times the slope stays below 0.8 the renderer's fixed point converges; an object keeps its
 * own disparity to its last pixel, so it moves as one piece, and the stretch falls beside it.
 *
 * @param largestShift how far disparity 1 moves against disparity 0 in the clip, as a fraction of the width
 */
export function limitSlope(relief: Relief, largestShift: number): Relief {
  const { width, height } = relief;
  const result = Float32Array.from(relief.disparity);
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
  return { width, height, disparity: result };
}
