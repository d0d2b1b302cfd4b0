import type { Wish } from '../direct/shot.ts';
import type { Scene } from '../scene.ts';
import type { MovingRegion } from './region.ts';

/** A kind of movement inside the picture. One file each, and one line in `index.ts`. */
export interface Motion {
  /** Stable name: `clouds`. */
  readonly kind: string;
  /** What a prompt calls it, lower case; a word stands for its plural too, and several words for a phrase. */
  readonly phrases: readonly string[];
  /** What lets it happen without naming it: `wind`. Nobody is told when its region is not in the picture. */
  readonly hints?: readonly string[];
  /** What has to be in the picture, for the sentence that says it was not found: `a sky`. */
  readonly needs: string;
  /** Whether it may happen unasked where its region is found for certain. */
  readonly isAmbient: boolean;
  /**
   * Looks for its region. Empty when it is not in the picture: it is then reported, and not faked.
   *
   * @param seed derived for this motion
   */
  find(scene: Scene, wish: Wish, seed: number): MovingRegion[];
}
