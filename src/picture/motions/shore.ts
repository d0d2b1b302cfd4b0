import { boxMean } from '../pixels/box.ts';
import { findComponents } from '../pixels/components.ts';
import type { LabImage } from '../pixels/lab.ts';
import { close, open } from '../pixels/morphology.ts';
import { quantile } from '../pixels/quantile.ts';
import type { Scene } from '../scene.ts';

/** How far a colour of open water may be from the others of its row, in Lab as hundredths of the whole range. */
const LIKENESS = 0.13;

/**
 * Finds open water by its far shore: the straightest level edge across the picture, and below it what keeps one colour
 * along each row and is streaked level, as ripples seen from the side are. 1 on water; null when there is no such place.
 */
export function findOpenWater({ view, depth }: Scene): Float32Array | null {
  const { width, height, lab, scaled } = view;
  const smooth = [lab.lightness, lab.greenRed, lab.blueYellow].map((plane) =>
    boxMean(plane, width, height, scaled(1)),
  );
  const shore = levelEdge(smooth, width, height);
  if (shore === null) return null;
  const likeness = new Float32Array(width * height);
  // The row's own colour is the median of what is not sky, followed downwards so that a beach does not take over.
  const streaks = findStreaks(lab.lightness, width, height, scaled(6));
  let colour: number[] | null = null;
  for (let y = shore + 2; y < height; y++) {
    const row = smooth.map((plane) => quantile(plane.slice(y * width, (y + 1) * width), 0.5));
    if (colour && distance(row, colour) > LIKENESS) break;
    colour = colour ? colour.map((value, channel) => value * 0.9 + row[channel]! * 0.1) : row;
    for (let x = 0; x < width; x++) {
      const pixel = y * width + x;
      if (streaks[pixel] === 0) continue;
      const own = smooth.map((plane) => plane[pixel]!);
      if (distance(own, row) < LIKENESS && (depth.sky?.[pixel] ?? 0) < 0.5) likeness[pixel] = 1;
    }
  }
  const body = close(open(likeness, width, height, scaled(2)), width, height, scaled(3));
  const { labels, parts } = findComponents(body, width, height);
  const kept = parts.map(
    ({ area, top, left, right }) =>
      area > 0.015 * width * height && top < shore + 0.06 * height && right - left > 0.35 * width,
  );
  const mask = body.map((_, pixel) => (kept[labels[pixel]! - 1] ? 1 : 0));
  return isBlue(mask, lab) ? mask : null;
}

const distance = (one: number[], other: number[]) =>
  Math.hypot(...one.map((value, channel) => (value - other[channel]!) * (channel === 0 ? 1 : 1.5)));

/** The row where most columns have a steep level edge; null when they are fewer than half. */
function levelEdge(planes: Float32Array[], width: number, height: number): number | null {
  let best = 0.5;
  let row: number | null = null;
  for (let y = Math.round(0.15 * height); y < 0.85 * height; y++) {
    let count = 0;
    for (let x = 0; x < width; x++) {
      let steep = 0;
      for (let near = y - 1; near <= y + 1; near++) {
        const above = (near - 2) * width + x;
        const below = (near + 2) * width + x;
        steep = Math.max(steep, Math.hypot(...planes.map((plane) => plane[above]! - plane[below]!)));
      }
      if (steep > 0.07) count++;
    }
    if (count / width > best) {
      best = count / width;
      row = y;
    }
  }
  return row;
}

/** 1 where lightness changes more from row to row than along them, or hardly at all: gravel and leaves are no water. */
function findStreaks(lightness: Float32Array, width: number, height: number, radius: number): Float32Array {
  const across = new Float32Array(width * height);
  const down = new Float32Array(width * height);
  for (let pixel = width; pixel < width * (height - 1); pixel++) {
    across[pixel] = (lightness[pixel + 1]! - lightness[pixel - 1]!) ** 2;
    down[pixel] = (lightness[pixel + width]! - lightness[pixel - width]!) ** 2;
  }
  boxMean(across, width, height, radius, across);
  boxMean(down, width, height, radius, down);
  return across.map((value, pixel) => (down[pixel]! > 1.3 * value || down[pixel]! + value < 2e-4 ? 1 : 0));
}

/** Whether there is enough of it, and blue, as water under an open sky is; meadows and deserts are not. */
function isBlue(mask: Float32Array, { blueYellow }: LabImage): boolean {
  let sum = 0;
  let area = 1e-6;
  mask.forEach((value, pixel) => {
    sum += value * blueYellow[pixel]!;
    area += value;
  });
  return area > 0.02 * mask.length && sum / area < -0.015;
}
