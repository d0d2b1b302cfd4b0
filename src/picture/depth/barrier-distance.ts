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
  const state: State = { values, distance, highest, lowest };
  const last = width * height - 1;
  for (let scan = 0; scan < scans; scan++) {
    for (let y = 0; y < height; y++) relaxRow(state, y * width, width, 1, y > 0 ? -width : 0);
    for (let y = 0; y < height; y++) relaxRow(state, last - y * width, width, -1, y > 0 ? width : 0);
  }
  return distance;
}

interface State {
  values: Float32Array;
  distance: Float32Array;
  highest: Float32Array;
  lowest: Float32Array;
}

/**
 * Offers each pixel of a row the paths through the pixel before it and through the row that was scanned before.
 *
 * @param step 1 or −1: the way along the row
 * @param above offset of the row scanned before; 0 when there is none
 */
function relaxRow(
  { values, distance, highest, lowest }: State,
  start: number,
  width: number,
  step: number,
  above: number,
): void {
  let nearDistance = Number.POSITIVE_INFINITY;
  let nearHigh = 0;
  let nearLow = 0;
  for (let x = 0, pixel = start; x < width; x++, pixel += step) {
    const value = values[pixel]!;
    let best = distance[pixel]!;
    let bestHigh = highest[pixel]!;
    let bestLow = lowest[pixel]!;
    if (nearDistance !== Number.POSITIVE_INFINITY) {
      const high = Math.max(nearHigh, value);
      const low = Math.min(nearLow, value);
      if (high - low < best) {
        best = Math.fround(high - low);
        bestHigh = high;
        bestLow = low;
      }
    }
    if (above !== 0 && distance[pixel + above] !== Number.POSITIVE_INFINITY) {
      const high = Math.max(highest[pixel + above]!, value);
      const low = Math.min(lowest[pixel + above]!, value);
      if (high - low < best) {
        best = Math.fround(high - low);
        bestHigh = high;
        bestLow = low;
      }
    }
    distance[pixel] = best;
    highest[pixel] = bestHigh;
    lowest[pixel] = bestLow;
    nearDistance = best;
    nearHigh = bestHigh;
    nearLow = bestLow;
  }
}
