/** The greatest value in the square window of 2 × radius + 1 pixels around each pixel; bright parts grow. */
export function dilate(plane: Float32Array, width: number, height: number, radius: number): Float32Array {
  return extremum(plane, width, height, radius, 1);
}

/** The least value in the square window of 2 × radius + 1 pixels around each pixel; bright parts shrink. */
export function erode(plane: Float32Array, width: number, height: number, radius: number): Float32Array {
  return extremum(plane, width, height, radius, -1);
}

/** Removes bright parts narrower than the window: erosion, then dilation. */
export function open(plane: Float32Array, width: number, height: number, radius: number): Float32Array {
  return dilate(erode(plane, width, height, radius), width, height, radius);
}

/** Fills dark parts narrower than the window: dilation, then erosion. */
export function close(plane: Float32Array, width: number, height: number, radius: number): Float32Array {
  return erode(dilate(plane, width, height, radius), width, height, radius);
}

/** Rows, then columns; the minimum is the maximum of the negated values. */
function extremum(
  plane: Float32Array,
  width: number,
  height: number,
  radius: number,
  sign: 1 | -1,
): Float32Array {
  const out = new Float32Array(width * height);
  const line = createLine(Math.max(width, height), radius);
  for (let y = 0; y < height; y++) slide(plane, out, y * width, 1, width, radius, sign, line);
  for (let x = 0; x < width; x++) slide(out, out, x, width, height, radius, sign, line);
  return out;
}

interface Line {
  padded: Float32Array;
  forward: Float32Array;
  backward: Float32Array;
}

function createLine(length: number, radius: number): Line {
  const size = length + 4 * radius + 1;
  return {
    padded: new Float32Array(size),
    forward: new Float32Array(size),
    backward: new Float32Array(size),
  };
}

/**
 * The running maximum of one row or column in three comparisons a pixel, whatever the radius: maxima from both ends
 * of blocks as long as the window. Van Herk, "A fast algorithm for local minimum and maximum filters", 1992.
 */
function slide(
  from: Float32Array,
  to: Float32Array,
  start: number,
  step: number,
  length: number,
  radius: number,
  sign: 1 | -1,
  { padded, forward, backward }: Line,
): void {
  const window = 2 * radius + 1;
  const size = Math.ceil((length + 2 * radius) / window) * window;
  padded.fill(Number.NEGATIVE_INFINITY, 0, size);
  for (let index = 0, at = start; index < length; index++, at += step)
    padded[radius + index] = sign * from[at]!;
  for (let block = 0; block < size; block += window) {
    const last = block + window - 1;
    let greatest = Number.NEGATIVE_INFINITY;
    for (let index = block; index <= last; index++) {
      if (padded[index]! > greatest) greatest = padded[index]!;
      forward[index] = greatest;
    }
    greatest = Number.NEGATIVE_INFINITY;
    for (let index = last; index >= block; index--) {
      if (padded[index]! > greatest) greatest = padded[index]!;
      backward[index] = greatest;
    }
  }
  for (let index = 0, at = start; index < length; index++, at += step) {
    const left = backward[index]!;
    const right = forward[index + 2 * radius]!;
    to[at] = sign * Math.max(left, right);
  }
}
