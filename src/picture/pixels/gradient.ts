/**
 * How steeply the values rise at each pixel, whatever the way, in units a pixel: the length of the central
 * differences, the border repeated.
 */
export function gradientMagnitude(plane: Float32Array, width: number, height: number): Float32Array {
  const out = new Float32Array(width * height);
  for (let y = 0; y < height; y++) {
    const row = y * width;
    const above = y > 0 ? row - width : row;
    const below = y < height - 1 ? row + width : row;
    for (let x = 0; x < width; x++) {
      const across = plane[row + (x < width - 1 ? x + 1 : x)]! - plane[row + (x > 0 ? x - 1 : 0)]!;
      const down = plane[below + x]! - plane[above + x]!;
      out[row + x] = Math.sqrt(across * across + down * down) / 2;
    }
  }
  return out;
}
