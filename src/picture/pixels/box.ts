/** Copies of planes that are to be written over; as large as the largest so far. */
let spare = new Float32Array(0);

/**
 * The mean over the square window of 2 × radius + 1 pixels around each pixel. At the border the window is cut off
 * and the mean is over what remains. Running sums of columns, and over those of the row: the cost does not grow with
 * the radius. `out` may be `plane` itself.
 */
export function boxMean(
  plane: Float32Array,
  width: number,
  height: number,
  radius: number,
  out: Float32Array = new Float32Array(width * height),
): Float32Array {
  const from = out === plane ? copyOf(plane) : plane;
  const window = 2 * radius + 1;
  // Margins of nothing on both sides, so that the running sum of a row needs no question about its ends.
  const margin = radius + 1;
  const sums = new Float64Array(width + 2 * margin);
  const share = new Float64Array(width);
  for (let x = 0; x < width; x++) {
    share[x] = 1 / (Math.min(width - 1, x + radius) - Math.max(0, x - radius) + 1);
  }
  for (let y = 0; y < radius && y < height; y++) addRow(from, y * width, width, margin, sums);
  for (let y = 0; y < height; y++) {
    const last = y + radius;
    const gone = y - radius - 1;
    if (last < height && gone >= 0) {
      for (let x = 0, at = margin, entering = last * width, leaving = gone * width; x < width; x++) {
        sums[at++]! += from[entering++]! - from[leaving++]!;
      }
    } else if (last < height) {
      addRow(from, last * width, width, margin, sums);
    } else if (gone >= 0) {
      for (let x = 0, at = margin, leaving = gone * width; x < width; x++) sums[at++]! -= from[leaving++]!;
    }
    const scale = 1 / (Math.min(height - 1, last) - Math.max(-1, gone));
    let sum = 0;
    for (let x = margin; x < window; x++) sum += sums[x]!;
    for (let x = 0, at = y * width; x < width; x++) {
      sum += sums[x + window]! - sums[x]!;
      out[at++] = sum * share[x]! * scale;
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

function addRow(from: Float32Array, start: number, width: number, margin: number, sums: Float64Array): void {
  for (let x = 0; x < width; x++) sums[margin + x]! += from[start + x]!;
}

function copyOf(plane: Float32Array): Float32Array {
  if (spare.length < plane.length) spare = new Float32Array(plane.length);
  spare.set(plane);
  return spare;
}
