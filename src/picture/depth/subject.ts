import { blur, boxMean } from '../pixels/box.ts';
import { findComponents } from '../pixels/components.ts';
import { open } from '../pixels/morphology.ts';
import { otsuSplit } from '../pixels/quantile.ts';
import { smoothstep } from '../pixels/smoothstep.ts';
import type { Cue } from './cue.ts';
import { findFigure } from './figure.ts';
import { createObjectness } from './objectness.ts';
import { refineMatte } from './refine-matte.ts';
import type { View } from './view.ts';

/** What stands out. */
export interface Subject {
  matte: Float32Array;
  /** How surely it is an object, 0–1. */
  certainty: number;
}

/** Below this the picture shows no thing; a landscape has more that looks like one. The larger, the surer it has to be. */
const LEAST_CERTAINTY = { thing: 0.25, landscape: 0.7 };
/** Broader than this share of the picture it is what the picture is of, and no thing in it. */
const BROADEST = { thing: 0.97, landscape: 0.72 };
/** A thing covers at least this share of the picture. */
const LEAST_AREA = 0.008;
/** Where what stands out is cut off, as multiples of the threshold that divides it best. */
const CUTS = [1.8, 1.5, 1.25, 1];

/**
 * Finds the thing that the picture shows: of what stands out from the border and the sky (null when there is none), cut
 * off at several heights, the part that is most like an object. Null when none has an object's outline.
 */
export function findSubject(view: View, sky: Float32Array | null, focus: Cue): Subject | null {
  const place = isLandscape(sky, focus) ? 'landscape' : 'thing';
  const figure = findFigure(view, sky, focus);
  const { threshold } = otsuSplit(figure);
  const objectness = createObjectness(view);
  let best: { part: Float32Array; worth: number } | null = null;
  for (const cut of CUTS) {
    const part = cutOff(view, figure, cut * threshold);
    if (!part) continue;
    const { likeness, outline, breadth } = objectness(part);
    const worth = (1 - likeness) * outline * prominence(part, figure);
    if (breadth <= BROADEST[place] && worth > (best?.worth ?? 0)) best = { part, worth };
  }
  if (!best) return null;
  const rough = blur(best.part, view.width, view.height, view.scaled(2));
  const matte = refineMatte(view, rough);
  const { likeness, outline, breadth } = objectness(matte);
  const edges = place === 'landscape' ? smoothstep(1.3, 1.8, outline) : smoothstep(1.05, 1.5, outline);
  const differs = smoothstep(0.88, 0.6, likeness);
  const certainty = differs * edges * smoothstep(0.3, 0.7, agreement(rough, matte));
  const share = matte.reduce((sum, value) => sum + value, 0) / matte.length;
  return certainty > LEAST_CERTAINTY[place] + share && breadth <= BROADEST[place]
    ? { matte, certainty }
    : null;
}

/** Whether a picture is of the land under its sky: where focus singles something out, it is of that. */
export function isLandscape(sky: Float32Array | null, focus: Cue): boolean {
  return sky !== null && focus.weight < 0.4;
}

/** The large parts of what stands out above a threshold, 0 or 1; null when they are too small, too large or too many for a thing. */
function cutOff(view: View, figure: Float32Array, threshold: number): Float32Array | null {
  const { width, height, scaled } = view;
  const count = width * height;
  const soft = new Float32Array(count);
  let above = 0;
  for (let pixel = 0; pixel < count; pixel++) {
    soft[pixel] = smoothstep(threshold - 0.08, threshold + 0.08, figure[pixel]!);
    if (soft[pixel]! > 0.5) above++;
  }
  if (above < count * LEAST_AREA) return null;
  const { labels, parts } = findComponents(open(soft, width, height, scaled(3)), width, height);
  const isLarge = parts.map((part) => part.area > count * 0.006);
  const large = parts.filter((_, index) => isLarge[index]);
  const area = large.reduce((sum, part) => sum + part.area, 0);
  if (area < count * LEAST_AREA || area > count * 0.65 || large.length > 8) return null;
  const kept = new Float32Array(count);
  for (let pixel = 0; pixel < count; pixel++) {
    const label = labels[pixel]!;
    kept[pixel] = label > 0 && isLarge[label - 1] ? 1 : 0;
  }
  return kept;
}

/** How much more what is inside stands out than what is outside. */
function prominence(matte: Float32Array, figure: Float32Array): number {
  let [inside, outside, weight] = [0, 0, 0];
  for (let pixel = 0; pixel < matte.length; pixel++) {
    weight += matte[pixel]!;
    inside += matte[pixel]! * figure[pixel]!;
    outside += (1 - matte[pixel]!) * figure[pixel]!;
  }
  return inside / Math.max(1e-6, weight) - outside / Math.max(1e-6, matte.length - weight);
}

/** What two mattes have in common, as a share of what they cover. */
function agreement(one: Float32Array, other: Float32Array): number {
  let [both, either] = [0, 0];
  for (let pixel = 0; pixel < one.length; pixel++) {
    const inOne = one[pixel]! > 0.5;
    const inOther = other[pixel]! > 0.5;
    if (inOne && inOther) both++;
    if (inOne || inOther) either++;
  }
  return both / Math.max(1, either);
}

/** A thing is no cardboard: its foot is so much nearer than its head, in a whole height, and its middle than its rim. */
const LEAN = 0.08;
const ROUND = 0.08;

/**
 * Stands the subject upright: each of its parts becomes one plane, as near as the ground (a value for each row) at
 * its foot, so that it moves as a whole. Never farther than `least`, and never farther than it was.
 */
export function standUpright(
  { width, height, scaled }: View,
  matte: Float32Array,
  ground: Float32Array,
  least: number,
  disparity: Float32Array,
): void {
  const { labels, parts } = findComponents(matte, width, height);
  const planes = parts.map((part) =>
    part.area > matte.length * 0.003 ? Math.max(least, Math.min(0.95, ground[part.bottom]!)) : 0,
  );
  const value = new Float32Array(matte.length);
  const weight = new Float32Array(matte.length);
  for (let pixel = 0; pixel < matte.length; pixel++) {
    const label = labels[pixel]!;
    const plane = label > 0 ? planes[label - 1]! : 0;
    value[pixel] = plane;
    weight[pixel] = plane > 0 ? 1 : 0;
  }
  const inner = boxMean(matte, width, height, scaled(40));
  const values = boxMean(value, width, height, scaled(4));
  const weights = boxMean(weight, width, height, scaled(4));
  for (let pixel = 0; pixel < matte.length; pixel++) {
    if (weights[pixel]! < 0.02) continue;
    const lean = LEAN * (Math.floor(pixel / width) / height - 0.5);
    const round = ROUND * (inner[pixel]! - 0.5);
    const plane = Math.max(values[pixel]! / weights[pixel]! + lean + round, disparity[pixel]!);
    disparity[pixel]! += (plane - disparity[pixel]!) * matte[pixel]!;
  }
}
