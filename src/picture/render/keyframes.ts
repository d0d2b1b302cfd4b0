import { createRandom } from '../../random.ts';
import type { RgbImage } from '../image.ts';
import { type Plane, planeAt } from '../pixels/plane.ts';
import { resizeAxis } from '../pixels/resize.ts';
import type { YuvPlanes } from './planes.ts';
import type { Size } from './size.ts';

/** Frames of the film from one keyframe to the next. */
const FRAMES_PER_KEY = 2;
/**
 * How much later a frame looks than the keyframe before it, in keyframes: with a quarter every frame is mixed alike
 * (3 : 1 or 1 : 3), and none is sharper than its neighbours.
 */
const OFFSET = 0.25;

/** Two keyframes and how much of the second a frame takes, 0–1. */
export interface KeyPlace {
  first: number;
  share: number;
}

/** Where a frame lies between the keyframes; it reads `first` and `first + 1`. */
export function keyPlace(frame: number): KeyPlace {
  const position = frame / FRAMES_PER_KEY + OFFSET;
  const first = Math.floor(position);
  return { first, share: position - first };
}

/** How many keyframes a film needs, and the moment of each in seconds. */
export function keyCount(frameCount: number): number {
  return keyPlace(frameCount - 1).first + 2;
}

export function keySeconds(key: number, framesPerSecond: number): number {
  return ((key - OFFSET) * FRAMES_PER_KEY) / framesPerSecond;
}

/** Bytes of a keyframe of an even size. */
export function keyBytes({ width, height }: Size): number {
  return width * height * 1.5;
}

/** A keyframe as planes, at a place in a buffer. */
export function keyPlanes(buffer: SharedArrayBuffer, start: number, size: Size): YuvPlanes {
  const { width, height } = size;
  const count = width * height;
  return {
    width,
    height,
    luma: new Uint8Array(buffer, start, count),
    blueChroma: new Uint8Array(buffer, start + count, count / 4),
    redChroma: new Uint8Array(buffer, start + count * 1.25, count / 4),
  };
}

/** Writes a picture of the keyframe's size as YUV; see `convertToYuv` for the coefficients. */
export function writeKey({ red, green, blue }: RgbImage, key: YuvPlanes): void {
  const { width, height, luma, blueChroma, redChroma } = key;
  for (let pixel = 0; pixel < luma.length; pixel++) {
    luma[pixel] = 16.5 + 46.56 * red[pixel]! + 156.63 * green[pixel]! + 15.81 * blue[pixel]!;
  }
  let at = 0;
  for (let y = 0; y < height; y += 2) {
    for (let x = 0; x < width; x += 2, at++) {
      const a = y * width + x;
      const b = a + width;
      const r = red[a]! + red[a + 1]! + red[b]! + red[b + 1]!;
      const g = green[a]! + green[a + 1]! + green[b]! + green[b + 1]!;
      const u = blue[a]! + blue[a + 1]! + blue[b]! + blue[b + 1]!;
      blueChroma[at] = 128.5 - 6.416 * r - 21.584 * g + 28 * u;
      redChroma[at] = 128.5 + 28 * r - 25.433 * g - 2.567 * u;
    }
  }
}

/** Puts what lies between two keyframes into a picture. */
export type Blender = (first: YuvPlanes, second: YuvPlanes, share: number) => void;

/** Side of the tile of noise that hides the steps between levels of an enlarged keyframe. */
const TILE = 128;

/**
 * A blender into a picture: through the mask the keyframes show, around it the picture stays as it was uploaded.
 *
 * @param size of the keyframes
 */
export function createBlender(picture: YuvPlanes, mask: Plane, size: Size): Blender {
  const random = createRandom(1);
  const noise = Float32Array.from({ length: TILE * TILE }, () => 0.5 + 1.6 * (random() + random() - 1));
  const layers = (['luma', 'blueChroma', 'redChroma'] as const).map((name) => {
    const half = name === 'luma' ? 0 : 1;
    const to = { width: picture.width >> half, height: picture.height >> half };
    const from = { width: size.width >> half, height: size.height >> half };
    const alpha = new Float32Array(to.width * to.height);
    const spans = Array.from({ length: to.height }, (_, y) => {
      let [start, end] = [to.width, 0];
      for (let x = 0; x < to.width; x++) {
        const value = planeAt(mask, (x + 0.5) / to.width, (y + 0.5) / to.height);
        if (value < 0.004) continue;
        alpha[y * to.width + x] = value > 0.996 ? 1 : value;
        start = Math.min(start, x);
        end = x + 1;
      }
      return [start, end] as const;
    });
    return {
      name,
      alpha,
      spans,
      to,
      from,
      still: picture[name].slice(),
      across: resizeAxis(from.width, to.width),
      down: resizeAxis(from.height, to.height),
      row: new Float32Array(from.width),
      grain: half === 0 ? noise : new Float32Array(TILE * TILE).fill(0.5),
    };
  });
  return (one, other, share) => {
    for (const { name, alpha, spans, to, from, still, across, down, row, grain } of layers) {
      const [a, b, out] = [one[name], other[name], picture[name]];
      const { first, second, fraction } = across;
      for (let y = 0; y < to.height; y++) {
        const [start, end] = spans[y]!;
        if (start >= end) continue;
        const upper = down.first[y]! * from.width;
        const lower = down.second[y]! * from.width;
        const low = down.fraction[y]!;
        for (let x = first[start]!; x <= second[end - 1]!; x++) {
          const above = a[upper + x]! + (b[upper + x]! - a[upper + x]!) * share;
          const below = a[lower + x]! + (b[lower + x]! - a[lower + x]!) * share;
          row[x] = above + (below - above) * low;
        }
        const tile = (y % TILE) * TILE;
        for (let x = start, at = y * to.width + start; x < end; x++, at++) {
          const left = row[first[x]!]!;
          const value = left + (row[second[x]!]! - left) * fraction[x]!;
          const was = still[at]!;
          out[at] = was + (value - was) * alpha[at]! + grain[tile + (x & (TILE - 1))]!;
        }
      }
    }
  };
}
