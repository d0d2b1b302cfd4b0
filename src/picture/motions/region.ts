import type { Plane } from '../pixels/plane.ts';

/**
 * A part of the picture whose detail flows, seen from the picture itself: two copies of the detail, half a period
 * apart, take turns, so that it never jumps. After Max and Becker, "Flow visualization using moving textures", 1995.
 */
export interface FlowRegion {
  type: 'flow';
  /** Where it flows, 0–1, feathered. Each plane of a region is as fine as it has to be; all cover the whole picture. */
  matte: Plane;
  /** How fast, in picture widths a second. */
  velocityX: Plane;
  velocityY: Plane;
  /** Offset of the turns in periods, smooth: without it all of the water would pulse at once. */
  phase: Plane;
  /** Length of a turn in seconds. */
  period: number;
  /** What is broader than this (a share of the width) is light and colour, and stays. */
  reach: number;
  /** How much the detail grows and shrinks in time, 0 steady … 1, as fire does. */
  flicker: number;
  /** Detail that the picture does not have, instead of its own: `texture` (−1 … 1) times steps of each YUV plane. */
  paint?: { texture: Plane; lift: [luma: number, blueChroma: number, redChroma: number] };
}

/** A part of the picture that bends to and fro around where it is. */
export interface SwayRegion {
  type: 'sway';
  /** The farthest way, in picture widths; 0 where nothing moves. */
  reachX: Plane;
  reachY: Plane;
  /** In radians: where in the swing each place is. */
  phase: Plane;
  /** Swings a second. */
  rate: number;
  /** How irregular the swing is: 0 a pure sine (breath), 1 mostly gusts (leaves). */
  gusts: number;
}

/** How a part of the picture moves. Plain data: it is handed to another thread. */
export type MovingRegion = FlowRegion | SwayRegion;
