import type { Wish } from '../direct/shot.ts';
import { boxMean } from '../pixels/box.ts';
import { findComponents } from '../pixels/components.ts';
import { gradientMagnitude } from '../pixels/gradient.ts';
import { open } from '../pixels/morphology.ts';
import { smoothNoise } from '../pixels/noise.ts';
import { fillPlane, type Plane } from '../pixels/plane.ts';
import { feather } from '../render/region-detail.ts';
import type { Scene } from '../scene.ts';
import type { Motion } from './motion.ts';
import type { FlowRegion } from './region.ts';

/** How steep, in lightness a pixel, the border of a plume may be on average: walls and clothes are steeper. */
const SOFTEST_BORDER = 0.018;

/** Smoke rises and curls. */
export const smoke: Motion = {
  kind: 'smoke',
  phrases: 'smoke,smoking,fumes,chimney'.split(','),
  needs: 'smoke',
  isAmbient: false,
  find(scene, wish, seed) {
    const plume = findPlume(scene);
    return plume ? [rise(scene.refine(plume), wish, seed)] : [];
  },
};

/** A plume of the picture's own, as it rises and curls. */
export function rise(mask: Plane, wish: Wish, seed: number): FlowRegion {
  const speed = 0.012 + 0.05 * wish.strength;
  const curl = smoothNoise(mask.width, mask.height, 9, seed);
  const aside = wish.direction === 'left' ? -0.5 : wish.direction === 'right' ? 0.5 : 0;
  return {
    type: 'flow',
    matte: feather(mask, 1 / 70),
    velocityX: { ...curl, values: curl.values.map((value) => (value - 0.5 + aside) * speed * 1.2) },
    velocityY: fillPlane(2, 2, () => -speed),
    phase: smoothNoise(mask.width, mask.height, 6, seed + 1),
    period: 2.2,
    reach: 0.08,
    flicker: 0,
  };
}

/** Grey, smooth but not even, with a soft border all around; null when there is nothing like it. */
export function findPlume({ view, depth }: Scene): Float32Array | null {
  const { width, height, lab, scaled } = view;
  const count = width * height;
  const steep = boxMean(gradientMagnitude(lab.lightness, width, height), width, height, scaled(1));
  const grey = lab.greenRed.map((value, pixel) => {
    const isGrey = Math.hypot(value, lab.blueYellow[pixel]!) < 0.07;
    const isLit = lab.lightness[pixel]! > 0.28 && lab.lightness[pixel]! < 0.97;
    return isGrey && isLit && steep[pixel]! < 0.02 && (depth.sky?.[pixel] ?? 0) < 0.5 ? 1 : 0;
  });
  const body = open(grey, width, height, scaled(3));
  const { labels, parts } = findComponents(body, width, height);
  const outline = new Float64Array(parts.length);
  const length = new Float64Array(parts.length);
  const edges = gradientMagnitude(lab.lightness, width, height);
  for (let pixel = width + 1; pixel < count - width - 1; pixel++) {
    const label = labels[pixel]!;
    if (label === 0) continue;
    for (const beside of [pixel - 2, pixel + 2, pixel - 2 * width, pixel + 2 * width]) {
      if (labels[beside] === label || beside < 0 || beside >= count) continue;
      outline[label - 1]! += edges[beside]!;
      length[label - 1]! += 1;
    }
  }
  const kept = parts.map(({ area, bottom, top }, index) => {
    const isSoft = outline[index]! / Math.max(1, length[index]!) < SOFTEST_BORDER;
    return area > 0.008 * count && area < 0.4 * count && isSoft && bottom - top > 0.1 * height;
  });
  if (!kept.includes(true)) return null;
  return body.map((_, pixel) => (kept[labels[pixel]! - 1] ? 1 : 0));
}
