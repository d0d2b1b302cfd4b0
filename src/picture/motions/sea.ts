import type { Motion } from './motion.ts';
import { openWater } from './open-water.ts';
import { findWater } from './water-mask.ts';

/** A sea rolls in. */
export const sea: Motion = {
  kind: 'sea',
  phrases: 'sea,ocean,wave,surf,tide,swell,seawater'.split(','),
  needs: 'a sea',
  isAmbient: false,
  find(scene, wish, seed) {
    const found = findWater(scene);
    if (!found) return [];
    return openWater(scene.refine(found.mask), found, Math.min(1, wish.strength + 0.2), seed);
  },
};
