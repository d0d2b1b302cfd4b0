import { findComponents } from '../pixels/components.ts';
import type { Sky } from './sky.ts';
import type { View } from './view.ts';

/** How near things that the picture's upper edge cuts off are: what is farther fits into the picture. */
const CUT_OFF = 0.5;

/** What stands against the sky is no farther than this, unless its foot is. */
const LEAST = 0.14;

/**
 * Gives each upright thing against the sky (a tower, a tree, a person) one nearness, that of what it stands on, down to
 * where the ground is as near: otherwise the ramp of the ground would bend it. Things as broad as high (hills, woods)
 * stay as they are. `ground` is the ground's nearness in each row.
 */
export function straightenSkyline(
  { width, height }: View,
  sky: Sky,
  ground: Float32Array,
  disparity: Float32Array,
): void {
  const above = sky.horizonRow * width;
  const standing = sky.mask.map((value, pixel) => (pixel < above ? 1 - value : 0));
  const { labels, parts } = findComponents(standing, width, height);
  const sums = new Float64Array(parts.length);
  for (let pixel = 0; pixel < above; pixel++) {
    const label = labels[pixel]!;
    if (label > 0) sums[label - 1]! += disparity[pixel]!;
  }
  // What is right below the horizon in each column carries what stands on it.
  const belowRow = Math.min(height - 1, sky.horizonRow + 2) * width;
  const lastRow = Math.max(0, sky.horizonRow - 1) * width;
  const carried = new Float64Array(parts.length);
  const feet = new Float64Array(parts.length);
  for (let x = 0; x < width; x++) {
    const label = labels[lastRow + x]!;
    if (label === 0) continue;
    carried[label - 1]! += disparity[belowRow + x]!;
    feet[label - 1]! += 1;
  }
  const planes = parts.map(({ area, left, right, top, bottom }, index) => {
    const isUpright = right - left < width * 0.3 && bottom - top > (right - left) * 0.6;
    if (area <= 12 || !isUpright) return null;
    const foot = feet[index]! > 0 ? carried[index]! / feet[index]! : 0;
    const own = Math.min(0.5, (sums[index]! / area) * 1.2);
    return Math.max(top <= 1 ? CUT_OFF : LEAST, foot, own);
  });
  for (let pixel = 0; pixel < above; pixel++) {
    const label = labels[pixel]!;
    const plane = label > 0 ? planes[label - 1] : null;
    if (plane != null) disparity[pixel] = plane;
  }
  for (let x = 0; x < width; x++) {
    const plane = planes[labels[lastRow + x]! - 1];
    if (plane == null) continue;
    for (let y = sky.horizonRow; y < height && ground[y]! < plane; y++) {
      disparity[y * width + x] = Math.max(disparity[y * width + x]!, plane);
    }
  }
}
