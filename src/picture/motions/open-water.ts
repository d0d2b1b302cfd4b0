import { smoothNoise } from '../pixels/noise.ts';
import { fillPlane, type Plane, planeAt } from '../pixels/plane.ts';
import { feather } from '../render/region-detail.ts';
import type { MovingRegion } from './region.ts';
import type { Water } from './water-mask.ts';

/**
 * Water that lies open, seen in perspective: its surface rocks in bands that grow towards the viewer, and its glitter
 * drifts. Both fade out where the water ends, so that banks stay where they are.
 */
export function openWater(mask: Plane, { top }: Water, strength: number, seed: number): MovingRegion[] {
  const { width, height } = mask;
  const matte = feather(mask, 1 / 120);
  const nearness = (y: number) => Math.max(0, (y - top) / (1 - top));
  const wobble = smoothNoise(width, height, 6, seed);
  const drift = smoothNoise(width, height, 5, seed + 1);
  const withinWater = (valueAt: (y: number) => number) => {
    const rows = Float32Array.from({ length: height }, (_, row) => valueAt((row + 0.5) / height));
    return fillPlane(
      width,
      height,
      (_, __, pixel) => matte.values[pixel]! * rows[Math.floor(pixel / width)]!,
    );
  };
  return [
    {
      type: 'sway',
      reachX: withinWater((y) => (0.0006 + 0.0022 * strength) * (0.25 + nearness(y))),
      reachY: withinWater((y) => (0.0018 + 0.0045 * strength) * (0.15 + nearness(y))),
      // Bands a constant distance apart on the water stand ever closer towards the horizon.
      phase: fillPlane(
        wobble.width,
        height,
        (x, y) => 26 * Math.log(0.06 + nearness(y)) + 9 * planeAt(wobble, x, y) + 3 * x,
      ),
      rate: 0.4 + 0.25 * strength,
      gusts: 0.5,
    },
    {
      type: 'flow',
      matte,
      velocityX: fillPlane(
        drift.width,
        drift.height,
        (_, y, pixel) => (drift.values[pixel]! - 0.5) * (0.02 + 0.05 * strength) * (0.2 + nearness(y)),
      ),
      velocityY: fillPlane(2, drift.height, (_, y) => (0.008 + 0.018 * strength) * nearness(y)),
      phase: smoothNoise(width, height, 8, seed + 2),
      period: 1.6,
      reach: 0.02,
      flicker: 0,
    },
  ];
}
