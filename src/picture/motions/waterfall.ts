import { boxMean } from '../pixels/box.ts';
import { smoothNoise } from '../pixels/noise.ts';
import { fillPlane } from '../pixels/plane.ts';
import { smoothstep } from '../pixels/smoothstep.ts';
import { feather } from '../render/region-detail.ts';
import type { Motion } from './motion.ts';
import { findWater } from './water-mask.ts';

/** Water falls: pale, streaked downwards, straight down. */
export const waterfall: Motion = {
  kind: 'waterfall',
  // "Falls" alone is what snow, rain and night do.
  phrases: 'waterfall,cascade,cascading,the falls,water falls,niagara falls,victoria falls'.split(','),
  needs: 'a waterfall',
  isAmbient: false,
  find(scene, wish, seed) {
    const { view } = scene;
    const { width, height, lab, scaled } = view;
    const found = findWater(scene);
    if (!found) return [];
    // Falling water is white with foam: lighter than the water around it.
    const light = boxMean(lab.lightness, width, height, scaled(1));
    let sum = 0;
    let area = 0;
    found.mask.forEach((value, pixel) => {
      sum += value * light[pixel]!;
      area += value;
    });
    const mean = sum / Math.max(1, area);
    const foam = found.mask.map(
      (value, pixel) => value * smoothstep(mean - 0.12, mean + 0.05, light[pixel]!),
    );
    if (foam.reduce((total, value) => total + value, 0) < 0.003 * width * height) return [];
    const mask = scene.refine(foam);
    const speed = 0.05 + 0.1 * wish.strength;
    return [
      {
        type: 'flow',
        matte: feather(mask, 1 / 220),
        velocityX: fillPlane(2, 2, () => 0),
        velocityY: fillPlane(2, 2, (_, y) => speed * (0.7 + 0.6 * y)),
        phase: smoothNoise(mask.width, mask.height, 9, seed),
        period: 0.8,
        reach: 0.03,
        flicker: 0,
      },
    ];
  },
};
