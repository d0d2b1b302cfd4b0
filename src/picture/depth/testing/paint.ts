import { createRandom, type Random } from '../../../random.ts';
import type { RgbImage } from '../../image.ts';

/** The colour (sRGB, 0–1) of the pixel at the given place. */
export type Paint = (x: number, y: number, random: Random) => [red: number, green: number, blue: number];

/** A picture painted pixel by pixel, for tests; values are held in [0, 1]. */
export function paint(width: number, height: number, colour: Paint): RgbImage {
  const random = createRandom(1);
  const image: RgbImage = {
    width,
    height,
    red: new Float32Array(width * height),
    green: new Float32Array(width * height),
    blue: new Float32Array(width * height),
  };
  for (let pixel = 0; pixel < width * height; pixel++) {
    const [red, green, blue] = colour(pixel % width, Math.floor(pixel / width), random);
    image.red[pixel] = Math.max(0, Math.min(1, red));
    image.green[pixel] = Math.max(0, Math.min(1, green));
    image.blue[pixel] = Math.max(0, Math.min(1, blue));
  }
  return image;
}

/** A blue sky that pales downwards over a rough meadow that begins at the given row. */
export function meadow(width: number, height: number, horizonRow: number): RgbImage {
  return paint(width, height, (_, y, random) => {
    if (y < horizonRow) {
      const pale = (0.4 * y) / horizonRow;
      return [0.3 + pale, 0.5 + pale * 0.8, 0.9];
    }
    const rough = 0.25 * random();
    return [0.15 + rough, 0.35 + rough, 0.1 + rough / 2];
  });
}

/** How well two masks agree: what both cover, as a share of what either covers. */
export function overlap(one: Float32Array, other: Float32Array): number {
  let both = 0;
  let either = 0;
  for (let pixel = 0; pixel < one.length; pixel++) {
    if (one[pixel]! > 0.5 && other[pixel]! > 0.5) both++;
    if (one[pixel]! > 0.5 || other[pixel]! > 0.5) either++;
  }
  return both / Math.max(1, either);
}
