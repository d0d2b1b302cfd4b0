import { deriveSeed } from '../../random.ts';
import { isUnasked } from '../direct/scenery.ts';
import type { Wish } from '../direct/shot.ts';
import type { Scene } from '../scene.ts';
import { motions } from './index.ts';
import type { MovingRegion } from './region.ts';

/** The regions that move, the wishes that came true, and what was asked for and is not in the picture. */
export interface FoundRegions {
  regions: MovingRegion[];
  motions: Wish[];
  missing: { kind: string; needs: string }[];
}

/** Looks in a picture for everything that is to move. Each motion has a seed of its own. */
export function findRegions(scene: Scene, wishes: Wish[], seed: number): FoundRegions {
  const found: FoundRegions = { regions: [], motions: [], missing: [] };
  for (const wish of wishes) {
    const motion = motions.find(({ kind }) => kind === wish.kind)!;
    const regions = motion.find(scene, wish, deriveSeed(seed, motion.kind));
    found.regions.push(...regions);
    if (regions.length > 0) found.motions.push(wish);
    else if (!isUnasked(wish)) found.missing.push({ kind: motion.kind, needs: motion.needs });
  }
  return found;
}
