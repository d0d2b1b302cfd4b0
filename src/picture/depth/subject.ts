import { blur, boxMean } from '../pixels/box.ts';
import { findComponents } from '../pixels/components.ts';
import { open } from '../pixels/morphology.ts';
import { otsuSplit, quantile } from '../pixels/quantile.ts';
import { smoothstep } from '../pixels/smoothstep.ts';
import type { Cue } from './cue.ts';
import { measureObjectness } from './objectness.ts';
import { refineMatte } from './refine-matte.ts';
import { saliency } from './saliency.ts';
import type { View } from './view.ts';

/** What stands out. */
export interface Subject {
  matte: Float32Array;
  /** How surely it is an object, 0–1. */
  certainty: number;
}

/** Below this the picture shows no thing. */
const LEAST_CERTAINTY = 0.25;

/**
 * Finds the thing that the picture shows: what is in focus where focus tells (weight of `focus` above 0.4), else what
 * stands out by colour from the border. Null when neither has an object's outline.
 */
export function findSubject(view: View, sky: Float32Array | null, focus: Cue): Subject | null {
  const focused = focus.weight > 0.4 ? judge(view, focusedPart(sky, focus.nearness), sky !== null) : null;
  if (focused && focused.certainty > LEAST_CERTAINTY) return focused;
  const rough = salientPart(view, sky);
  const salient = rough ? judge(view, rough, sky !== null) : null;
  if (!salient || salient.certainty <= LEAST_CERTAINTY) return null;
  return focused && isBlurred(salient.matte, focus.nearness) ? null : salient;
}

/** Whether what stands out is no sharper than the rest: colours of the background behind a thing in focus. */
function isBlurred(matte: Float32Array, sharpness: Float32Array): boolean {
  let inside = 0;
  let sum = 0;
  let total = 0;
  for (let pixel = 0; pixel < matte.length; pixel++) {
    inside += matte[pixel]!;
    sum += matte[pixel]! * sharpness[pixel]!;
    total += sharpness[pixel]!;
  }
  return sum / inside < (1.25 * total) / matte.length;
}

function focusedPart(sky: Float32Array | null, sharpness: Float32Array): Float32Array {
  const middle = quantile(sharpness, 0.5);
  const most = quantile(sharpness, 0.93);
  const low = middle + (most - middle) * 0.45;
  return sharpness.map((value, pixel) => (sky && sky[pixel]! > 0.5 ? 0 : smoothstep(low, most, value)));
}

/** The large parts of what stands out; null when they are too small, too large or too many for a thing. */
function salientPart(view: View, sky: Float32Array | null): Float32Array | null {
  const { width, height, scaled } = view;
  const count = width * height;
  const salient = saliency(view, sky);
  const { threshold } = otsuSplit(salient);
  const soft = salient.map((value) => smoothstep(threshold - 0.08, threshold + 0.08, value));
  const { labels, parts } = findComponents(open(soft, width, height, scaled(3)), width, height);
  const isLarge = parts.map((part) => part.area > count * 0.006);
  const large = parts.filter((_, index) => isLarge[index]);
  const area = large.reduce((sum, part) => sum + part.area, 0);
  if (area < count * 0.008 || area > count * 0.4 || large.length > 5) return null;
  const kept = soft.map((_, pixel) => (isLarge[labels[pixel]! - 1] ? 1 : 0));
  return blur(kept, width, height, scaled(2));
}

/** An object differs from its ring, has real edges along its outline, and stays itself when refined. */
function judge(view: View, rough: Float32Array, outdoors: boolean): Subject {
  const matte = refineMatte(view, rough);
  const { likeness, outline, breadth } = measureObjectness(view, matte);
  let both = 0;
  let either = 0;
  for (let pixel = 0; pixel < matte.length; pixel++) {
    const was = rough[pixel]! > 0.5;
    const is = matte[pixel]! > 0.5;
    if (was && is) both++;
    if (was || is) either++;
  }
  const stable = smoothstep(0.3, 0.7, both / Math.max(1, either));
  const edges = outdoors ? smoothstep(1.3, 1.8, outline) : smoothstep(1.05, 1.5, outline);
  const differs = smoothstep(0.88, 0.6, likeness);
  return { matte, certainty: breadth > (outdoors ? 0.72 : 0.88) ? 0 : differs * edges * stable };
}

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
    const plane = planes[labels[pixel]! - 1] ?? 0;
    value[pixel] = plane;
    weight[pixel] = plane > 0 ? 1 : 0;
  }
  const values = boxMean(value, width, height, scaled(4));
  const weights = boxMean(weight, width, height, scaled(4));
  for (let pixel = 0; pixel < matte.length; pixel++) {
    if (weights[pixel]! < 0.02) continue;
    const plane = Math.max(values[pixel]! / weights[pixel]!, disparity[pixel]!);
    disparity[pixel]! += (plane - disparity[pixel]!) * matte[pixel]!;
  }
}
