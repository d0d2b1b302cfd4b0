import { refineMatte } from '../depth/refine-matte.ts';
import { boxMean } from '../pixels/box.ts';
import { findComponents } from '../pixels/components.ts';
import { close } from '../pixels/morphology.ts';
import { quantile } from '../pixels/quantile.ts';
import { smoothstep } from '../pixels/smoothstep.ts';
import type { Scene } from '../scene.ts';
import { findOpenWater } from './shore.ts';

/** The least share of the picture that counts as water. */
const LEAST_SHARE = 0.01;

/** Water in a picture, at the size of the scene's view. */
export interface Water {
  /** 0–1; dry stones inside are not part of it. */
  mask: Float32Array;
  /** The bed: the same with its stones and gaps closed. */
  bed: Float32Array;
  /** Whether it lies open to the horizon or to both sides (a sea, a lake), and is no stream. */
  isOpen: boolean;
  /** Rows of its upper and lower end, as shares of the height. */
  top: number;
  bottom: number;
}

/**
 * Finds water: an open one by its shore, or what reflects the sky, the bluest part relative to the picture's own land, by a robust z-score. Only to
 * be asked when the words speak of water. Null when nothing passes for it: blue hills in haze, white walls and cups.
 */
export function findWater(scene: Scene): Water | null {
  const { view, depth, known } = scene;
  if (known.water) {
    return { mask: known.water, bed: known.water, ...extent(known.water, view.width, view.height) };
  }
  const open = findOpenWater(scene);
  if (open) {
    const { top, bottom } = extent(open, view.width, view.height);
    return {
      mask: refineMatte(view, boxMean(open, view.width, view.height, 1)),
      bed: open,
      isOpen: true,
      top,
      bottom,
    };
  }
  const { width, height, lab, scaled } = view;
  const count = width * height;
  const isSky = (pixel: number) => depth.sky !== null && depth.sky[pixel]! > 0.5;
  const blue = boxMean(lab.blueYellow, width, height, scaled(2));
  const land = blue.filter((_, pixel) => pixel % 3 === 0 && !isSky(pixel));
  const middle = quantile(land, 0.5);
  const spread = Math.max(
    0.012,
    1.48 *
      quantile(
        land.map((value) => Math.abs(value - middle)),
        0.5,
      ),
  );
  const score = blue.map((value, pixel) => (isSky(pixel) ? 0 : (middle - value) / spread));
  const hard = score.map((value) => (smoothstep(0.9, 1.5, value) > 0.5 ? 1 : 0));
  const { labels, parts } = findComponents(hard, width, height);
  const sums = new Float64Array(parts.length);
  const lightness = new Float64Array(parts.length);
  const blueness = new Float64Array(parts.length);
  for (let pixel = 0; pixel < count; pixel++) {
    const label = labels[pixel]!;
    if (label === 0) continue;
    sums[label - 1]! += score[pixel]!;
    lightness[label - 1]! += lab.lightness[pixel]!;
    blueness[label - 1]! += lab.blueYellow[pixel]!;
  }
  const worth = parts.map((part, index) => {
    const isWhite = lightness[index]! / part.area > 0.8;
    const isBlue = blueness[index]! / part.area < -0.015;
    // What hangs down from the upper edge is a curtain or a sky.
    const hangs = part.top < 0.03 * height && part.bottom < 0.6 * height;
    const passes = part.area > count * 0.0008 && isBlue && !isWhite && !hangs;
    return passes && liesLevel(part, index + 1, labels, depth.sky, width) ? sums[index]! : 0;
  });
  const best = Math.max(0, ...worth);
  const kept = new Float32Array(count);
  let area = 0;
  for (let pixel = 0; pixel < count; pixel++) {
    const value = worth[labels[pixel]! - 1] ?? 0;
    if (value > best * 0.06 && value > 0) {
      kept[pixel] = 1;
      area++;
    }
  }
  if (area < count * LEAST_SHARE) return null;
  const bed = close(kept, width, height, scaled(4));
  const mask = refineMatte(view, boxMean(bed, width, height, 1));
  const near = boxMean(score, width, height, scaled(2));
  for (let pixel = 0; pixel < count; pixel++) mask[pixel]! *= smoothstep(-0.2, 0.7, near[pixel]!);
  if (mask.reduce((sum, value) => sum + value, 0) < count * LEAST_SHARE) return null;
  return { mask, bed, ...extent(bed, width, height) };
}

/** Hills in haze touch the sky along a ragged line, a sea along a straight one. */
function liesLevel(
  part: { area: number; left: number; right: number; top: number; bottom: number },
  label: number,
  labels: Int32Array,
  sky: Float32Array | null,
  width: number,
): boolean {
  if (!sky) return true;
  const rows: number[] = [];
  for (let x = part.left; x <= part.right; x++) {
    for (let y = Math.max(3, part.top); y <= part.bottom; y++) {
      if (labels[y * width + x] !== label) continue;
      if (sky[(y - 3) * width + x]! > 0.5 || sky[Math.max(0, y - 6) * width + x]! > 0.5) rows.push(y);
      break;
    }
  }
  const breadth = part.right - part.left + 1;
  if (rows.length < breadth * 0.15) return true;
  rows.sort((one, other) => one - other);
  const range = rows[Math.floor(rows.length * 0.9)]! - rows[Math.floor(rows.length * 0.1)]!;
  return range <= Math.max(2, 0.02 * breadth);
}

function extent(bed: Float32Array, width: number, height: number): Pick<Water, 'isOpen' | 'top' | 'bottom'> {
  let [top, bottom, left, right] = [height, 0, 0, 0];
  let rows = 0;
  let breadth = 0;
  for (let y = 0; y < height; y++) {
    let sum = 0;
    for (let x = 0; x < width; x++) sum += bed[y * width + x]!;
    left += bed[y * width + 1]!;
    right += bed[y * width + width - 2]!;
    if (sum < 2) continue;
    top = Math.min(top, y);
    bottom = y + 1;
    rows++;
    breadth += sum / width;
  }
  const isWide = breadth / Math.max(1, rows) > 0.5 || (left > 0.25 * rows && right > 0.25 * rows);
  return { isOpen: isWide, top: top / height, bottom: bottom / height };
}
