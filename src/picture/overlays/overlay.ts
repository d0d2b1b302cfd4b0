import type { Wish } from '../direct/shot.ts';
import type { CameraPose } from '../render/camera.ts';
import type { Kernel } from '../render/kernel.ts';
import type { FrameView } from '../render/layout.ts';

/** What an overlay may know of the clip before it begins. */
export interface Stage {
  /** Width of a frame as a share of its height. */
  aspectRatio: number;
  /** Derived for this overlay. */
  seed: number;
}

/** One frame of the clip, while it is drawn. */
export interface Moment {
  /** Since the clip began. */
  seconds: number;
  /** How far the overlay has set in, 0–1. */
  share: number;
  pose: CameraPose;
  frame: FrameView;
  kernel: Kernel;
  /** The place of the frame in the ring. */
  place: number;
  /** How near the picture is at a point of the frame, given in fractions: 0 far … 1 near. */
  nearnessAt(x: number, y: number): number;
  /** Where the sun or the brightest lamp stands in the frame, in fractions; null when there is none. */
  sun: { x: number; y: number } | null;
}

/** Draws an overlay into each frame. */
export type Painter = (moment: Moment) => void;

/** Something that is drawn over the picture. One file each, and one line in `index.ts`. */
export interface Overlay {
  /** Stable name: `rain`. */
  readonly kind: string;
  /** What a prompt calls it, lower case; a word stands for its plural too, and several words for a phrase. */
  readonly phrases: readonly string[];
  /** Prepares it for a clip. The same wish and stage give the same frames at every size of the video. */
  create(wish: Wish, stage: Stage): Painter;
}
