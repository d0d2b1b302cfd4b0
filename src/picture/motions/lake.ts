import type { Motion } from './motion.ts';
import { openWater } from './open-water.ts';
import { findWater } from './water-mask.ts';

/** A lake ripples, and what it mirrors trembles. */
export const lake: Motion = {
  kind: 'lake',
  phrases: 'lake,pond,pool,ripple,rippling,reflection,puddle,lagoon,fjord'.split(','),
  needs: 'a lake',
  isAmbient: false,
  find(scene, wish, seed) {
    const found = findWater(scene);
    return found ? openWater(scene.refine(found.mask), found, 0.7 * wish.strength, seed) : [];
  },
};
