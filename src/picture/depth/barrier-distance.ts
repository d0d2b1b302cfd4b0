/**
 * The distance of every pixel from the seeds (above one half), measured by how high and how low the values go on
 * the way: the least over all paths of (highest − lowest). What a closed edge surrounds is far away.
 * Zhang and others, "Minimum barrier salient object detection at 80 FPS", 2015: raster scans instead of a queue.
 */
export function barrierDistance(
  values: Float32Array,
  seeds: Float32Array,
  width: number,
  height: number,
  scans = 2,
): Float32Array {
  const distance = seeds.map((seed) => (seed > 0.5 ? 0 : Number.POSITIVE_INFINITY));
  const highest = values.slice();
  const lowest = values.slice();
  const relax = (pixel: number, from: number) => {
    const value = values[pixel]!;
    const high = Math.max(highest[from]!, value);
    const low = Math.min(lowest[from]!, value);
    if (distance[from] === Number.POSITIVE_INFINITY || high - low >= distance[pixel]!) return;
    distance[pixel] = high - low;
    highest[pixel] = high;
    lowest[pixel] = low;
  };
  for (let scan = 0; scan < scans; scan++) {
    for (let y = 0, pixel = 0; y < height; y++) {
      for (let x = 0; x < width; x++, pixel++) {
        if (x > 0) relax(pixel, pixel - 1);
        if (y > 0) relax(pixel, pixel - width);
      }
    }
    for (let y = height - 1, pixel = width * height - 1; y >= 0; y--) {
      for (let x = width - 1; x >= 0; x--, pixel--) {
        if (x < width - 1) relax(pixel, pixel + 1);
        if (y < height - 1) relax(pixel, pixel + width);
      }
    }
  }
  return distance;
}
