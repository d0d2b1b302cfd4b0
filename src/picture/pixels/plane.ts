/** One value a pixel, row by row. */
export interface Plane {
  width: number;
  height: number;
  /** width × height values. */
  values: Float32Array;
}

/** A plane of the given size, filled by a function of the pixel's centre in fractions of width and height. */
export function fillPlane(
  width: number,
  height: number,
  valueAt: (x: number, y: number, pixel: number) => number,
): Plane {
  const values = new Float32Array(width * height);
  for (let row = 0, pixel = 0; row < height; row++) {
    const y = (row + 0.5) / height;
    for (let column = 0; column < width; column++, pixel++) {
      values[pixel] = valueAt((column + 0.5) / width, y, pixel);
    }
  }
  return { width, height, values };
}

/**
 * The value at a point of the picture, given in fractions of its width and height, by linear interpolation; outside,
 * the border's value holds.
 */
export function planeAt({ width, height, values }: Plane, x: number, y: number): number {
  const column = Math.min(width - 1.001, Math.max(0, x * width - 0.5));
  const row = Math.min(height - 1.001, Math.max(0, y * height - 0.5));
  const left = column | 0;
  const top = row | 0;
  const fractionX = column - left;
  const fractionY = row - top;
  const index = top * width + left;
  const upper = values[index]! * (1 - fractionX) + values[index + 1]! * fractionX;
  const lower = values[index + width]! * (1 - fractionX) + values[index + width + 1]! * fractionX;
  return upper * (1 - fractionY) + lower * fractionY;
}
