import type { FrameView } from './layout.ts';
import type { YuvPlanes } from './planes.ts';

/** A pixel of the small picture is the mean of at most so many by so many of the frame: more costs time and is not seen. */
const MOST_SAMPLES = 4;

/** A frame whose long side is at most `longSide` pixels; both sides are even. */
export function shrinkFrame(view: FrameView, longSide: number): YuvPlanes {
  const { stride, luma, blueChroma, redChroma } = view;
  const scale = Math.min(1, longSide / Math.max(view.width, view.height));
  const even = (side: number) => Math.max(2, 2 * Math.floor((side * scale) / 2));
  const width = even(view.width);
  const height = even(view.height);
  const shrink = (plane: Uint8Array, half: number) =>
    meanDown(plane, stride >> half, view.width >> half, view.height >> half, width >> half, height >> half);
  return {
    width,
    height,
    luma: shrink(luma, 0),
    blueChroma: shrink(blueChroma, 1),
    redChroma: shrink(redChroma, 1),
  };
}

function meanDown(
  plane: Uint8Array,
  stride: number,
  width: number,
  height: number,
  toWidth: number,
  toHeight: number,
): Uint8Array {
  const small = new Uint8Array(toWidth * toHeight);
  const samples = (from: number, to: number) => Math.min(MOST_SAMPLES, Math.max(1, Math.round(from / to)));
  const across = samples(width, toWidth);
  const down = samples(height, toHeight);
  const columns = places(width, toWidth * across);
  const rows = places(height, toHeight * down);
  for (let y = 0, pixel = 0; y < toHeight; y++) {
    for (let x = 0; x < toWidth; x++, pixel++) {
      let sum = 0;
      for (let row = y * down; row < (y + 1) * down; row++) {
        const start = rows[row]! * stride;
        for (let column = x * across; column < (x + 1) * across; column++) {
          sum += plane[start + columns[column]!]!;
        }
      }
      small[pixel] = sum / (across * down) + 0.5;
    }
  }
  return small;
}

/** So many places on a line of pixels, evenly spread. */
function places(length: number, count: number): Int32Array {
  return Int32Array.from({ length: count }, (_, index) => Math.floor(((index + 0.5) * length) / count));
}
