/** A picture as three planes of numbers in [0, 1], sRGB encoded, row by row. */
export interface RgbImage {
  width: number;
  height: number;
  red: Float32Array;
  green: Float32Array;
  blue: Float32Array;
}

/** Splits interleaved 8-bit RGB (three bytes a pixel, no padding) into planes. */
export function fromInterleaved(bytes: Uint8Array, width: number, height: number): RgbImage {
  const count = width * height;
  const red = new Float32Array(count);
  const green = new Float32Array(count);
  const blue = new Float32Array(count);
  for (let pixel = 0, byte = 0; pixel < count; pixel++, byte += 3) {
    red[pixel] = bytes[byte]! / 255;
    green[pixel] = bytes[byte + 1]! / 255;
    blue[pixel] = bytes[byte + 2]! / 255;
  }
  return { width, height, red, green, blue };
}
