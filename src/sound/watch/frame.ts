/** A frame of a video, small: 64 × 36 pixels tell all that its sound needs. */
export interface SmallFrame {
  width: number;
  height: number;
  /** Interleaved 8-bit RGB, row by row. */
  rgb: Uint8Array;
}

/** Brightness of every pixel, 0–255 (ITU-R BT.709 weights on the encoded values). */
export function readLuma({ width, height, rgb }: SmallFrame): Float32Array {
  const luma = new Float32Array(width * height);
  for (let pixel = 0; pixel < luma.length; pixel++) {
    luma[pixel] = 0.2126 * rgb[3 * pixel]! + 0.7152 * rgb[3 * pixel + 1]! + 0.0722 * rgb[3 * pixel + 2]!;
  }
  return luma;
}
