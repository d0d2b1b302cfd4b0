import { findComponents } from '../pixels/components.ts';
import type { Sky } from './sky.ts';
import type { View } from './view.ts';

/**
 * Gives each upright thing against the sky (a tower, a tree, a person) one nearness, that of its foot: otherwise
 * the ramp of the ground would bend it. Things as broad as high (hills, woods) stay as they are.
 * `ground` is the ground's nearness in each row.
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
  const atFoot = ground[Math.min(height - 1, sky.horizonRow + 2)]!;
  const planes = parts.map(({ area, left, right, top, bottom }, index) => {
    const isUpright = right - left < width * 0.3 && bottom - top > (right - left) * 0.6;
    if (area <= 12 || !isUpright) return null;
    const foot = bottom >= sky.horizonRow - 2 ? atFoot : 0;
    return Math.max(0.14, foot, Math.min(0.5, (sums[index]! / area) * 1.2));
  });
  for (let pixel = 0; pixel < above; pixel++) {
    const plane = planes[labels[pixel]! - 1];
    if (plane != null) disparity[pixel] = plane;
  }
}
