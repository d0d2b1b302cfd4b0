/** Where each output pixel of a bilinear resize reads along one axis. */
export interface ResizeAxis {
  /** The earlier of the two source pixels. */
  first: Int32Array;
  /** The later one; the same at the border. */
  second: Int32Array;
  /** Weight of the later one, 0–1. */
  fraction: Float32Array;
}

/** The reading positions for a resize from `from` to `to` pixels, pixel centres aligned, the border repeated. */
export function resizeAxis(from: number, to: number): ResizeAxis {
  const first = new Int32Array(to);
  const second = new Int32Array(to);
  const fraction = new Float32Array(to);
  for (let index = 0; index < to; index++) {
    const position = Math.max(0, Math.min(from - 1, ((index + 0.5) * from) / to - 0.5));
    first[index] = Math.floor(position);
    second[index] = Math.min(from - 1, first[index]! + 1);
    fraction[index] = position - first[index]!;
  }
  return { first, second, fraction };
}

/** Resizes a plane by linear interpolation. Meant for growing: when it shrinks a plane, detail aliases. */
export function resizeBilinear(
  plane: Float32Array,
  width: number,
  height: number,
  newWidth: number,
  newHeight: number,
): Float32Array {
  const out = new Float32Array(newWidth * newHeight);
  const across = resizeAxis(width, newWidth);
  const down = resizeAxis(height, newHeight);
  const row = new Float32Array(width);
  for (let y = 0; y < newHeight; y++) {
    blendRows(plane, width, down, y, row);
    for (let x = 0, at = y * newWidth; x < newWidth; x++, at++) {
      const value = row[across.first[x]!]!;
      out[at] = value + (row[across.second[x]!]! - value) * across.fraction[x]!;
    }
  }
  return out;
}

/** Writes the source row that output row `y` reads, interpolated between two rows, into `out`. */
export function blendRows(
  plane: Float32Array,
  width: number,
  down: ResizeAxis,
  y: number,
  out: Float32Array,
): void {
  const upper = down.first[y]! * width;
  const lower = down.second[y]! * width;
  const fraction = down.fraction[y]!;
  for (let x = 0; x < width; x++) {
    const value = plane[upper + x]!;
    out[x] = value + (plane[lower + x]! - value) * fraction;
  }
}
