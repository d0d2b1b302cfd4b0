import { smoothNoise } from '../pixels/noise.ts';
import { feather } from '../render/region-detail.ts';
import type { Motion } from './motion.ts';
import { openWater } from './open-water.ts';
import { streamField } from './stream-field.ts';
import { findWater } from './water-mask.ts';

/** A river or a stream runs down its bed; water that lies open moves as a lake does. */
export const water: Motion = {
  kind: 'water',
  phrases: 'water,river,stream,creek,brook,rapids,current,flowing,splashing,babbling'.split(','),
  needs: 'water',
  isAmbient: false,
  find(scene, wish, seed) {
    const found = findWater(scene);
    if (!found) return [];
    const mask = scene.refine(found.mask);
    if (found.isOpen) return openWater(mask, found, wish.strength, seed);
    const { width, height } = scene.view;
    return [
      {
        type: 'flow',
        matte: feather(mask, 1 / 200),
        ...streamField(found, width, height, 0.02 + 0.06 * wish.strength),
        phase: smoothNoise(mask.width, mask.height, 7, seed),
        period: 1.2,
        reach: 0.03,
        flicker: 0,
      },
    ];
  },
};
