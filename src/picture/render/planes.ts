import type { Size } from './size.ts';

/** A picture as planar YUV 4:2:0, BT.709, limited range; chroma planes have half the width and height. */
export interface YuvPlanes extends Size {
  luma: Uint8Array;
  blueChroma: Uint8Array;
  redChroma: Uint8Array;
}

/**
 * Converts interleaved 8-bit sRGB to planes that belong to the caller.
 * Coefficients: ITU-R BT.709-6, item 3.2 and 3.4, scaled to 219 (luma) and 224 (chroma) steps; chroma is the mean of
 * four pixels, so it sits in their centre.
 *
 * @param rgb three bytes a pixel; width and height are even
 */
export function convertToYuv(rgb: Uint8Array, planes: YuvPlanes): void {
  const { width, height, luma, blueChroma, redChroma } = planes;
  const stride = width * 3;
  for (let pixel = 0, byte = 0; pixel < width * height; pixel++, byte += 3) {
    luma[pixel] = 16.5 + 0.18259 * rgb[byte]! + 0.61423 * rgb[byte + 1]! + 0.06201 * rgb[byte + 2]!;
  }
  let target = 0;
  for (let y = 0; y < height; y += 2) {
    for (let x = 0; x < width; x += 2) {
      const a = (y * width + x) * 3;
      const b = a + stride;
      const red = (rgb[a]! + rgb[a + 3]! + rgb[b]! + rgb[b + 3]!) / 4;
      const green = (rgb[a + 1]! + rgb[a + 4]! + rgb[b + 1]! + rgb[b + 4]!) / 4;
      const blue = (rgb[a + 2]! + rgb[a + 5]! + rgb[b + 2]! + rgb[b + 5]!) / 4;
      blueChroma[target] = 128.5 - 0.10064 * red - 0.33857 * green + 0.43922 * blue;
      redChroma[target] = 128.5 + 0.43922 * red - 0.39894 * green - 0.04027 * blue;
      target++;
    }
  }
}

/** The inverse of {@link convertToYuv}: interleaved 8-bit sRGB, for stills and measurements. */
export function convertToRgb(planes: YuvPlanes): Uint8Array {
  const { width, height, luma, blueChroma, redChroma } = planes;
  const rgb = new Uint8ClampedArray(width * height * 3);
  for (let y = 0, pixel = 0; y < height; y++) {
    for (let x = 0; x < width; x++, pixel++) {
      const chroma = (y >> 1) * (width >> 1) + (x >> 1);
      const bright = 1.16438 * (luma[pixel]! - 16);
      const blue = blueChroma[chroma]! - 128;
      const red = redChroma[chroma]! - 128;
      rgb[pixel * 3] = bright + 1.79274 * red;
      rgb[pixel * 3 + 1] = bright - 0.21325 * blue - 0.53291 * red;
      rgb[pixel * 3 + 2] = bright + 2.1124 * blue;
    }
  }
  return new Uint8Array(rgb.buffer);
}
