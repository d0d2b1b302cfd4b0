/**
 * The mean over the square window of 2 × radius + 1 pixels around each pixel. At the border the window is cut off
 * and the mean is over what remains. Running sums: the cost does not grow with the radius.
 * `out` may be `plane` itself.
 */
export function boxMean(
  plane: Float32Array,
  width: number,
  height: number,
  radius: number,
  out: Float32Array = new Float32Array(width * height),
): Float32Array {
  const rows = new Float32Array(width * height);
  const share = new Float64Array(width);
  for (let x = 0; x < width; x++) {
    share[x] = 1 / (Math.min(width - 1, x + radius) - Math.max(0, x - radius) + 1);
  }
  for (let y = 0; y < height; y++) {
    const start = y * width;
    let sum = 0;
    for (let x = 0; x <= radius && x < width; x++) sum += plane[start + x]!;
    for (let x = 0; x < width; x++) {
      rows[start + x] = sum * share[x]!;
      if (x + radius + 1 < width) sum += plane[start + x + radius + 1]!;
      if (x >= radius) sum -= plane[start + x - radius]!;
    }
  }
  const sums = new Float64Array(width);
  for (let y = 0; y <= radius && y < height; y++) {
    for (let x = 0; x < width; x++) sums[x]! += rows[y * width + x]!;
  }
  for (let y = 0; y < height; y++) {
    const first = y - radius;
    const last = y + radius;
    const scale = 1 / ((last < height ? last : height - 1) - Math.max(first, 0) + 1);
    const start = y * width;
    for (let x = 0; x < width; x++) out[start + x] = sums[x]! * scale;
    if (last + 1 < height) {
      const entering = (last + 1) * width;
      for (let x = 0; x < width; x++) sums[x]! += rows[entering + x]!;
    }
    if (first >= 0) {
      const leaving = first * width;
      for (let x = 0; x < width; x++) sums[x]! -= rows[leaving + x]!;
    }
  }
  return out;
}

/** Three box means in a row: nearly a Gaussian whose standard deviation is √(r² + r) pixels. */
export function blur(plane: Float32Array, width: number, height: number, radius: number): Float32Array {
  const out = boxMean(plane, width, height, radius);
  boxMean(out, width, height, radius, out);
  return boxMean(out, width, height, radius, out);
}
