import { boxMean } from '../pixels/box.ts';
import { dilate } from '../pixels/morphology.ts';
import { type Plane, planeAt } from '../pixels/plane.ts';
import { quantile } from '../pixels/quantile.ts';
import { clamp01 } from '../pixels/smoothstep.ts';
import type { Scene } from '../scene.ts';
import type { DepthMap } from './depth-map.ts';

/** How far a trained model is believed, and a heuristic that is sure of itself beside it. */
const OF_MODEL = 1;
const OF_HEURISTICS = 0.3;
/** The confidence of a depth that a model has told. */
const CONFIDENCE = 0.9;
/** A picture whose depth differs by less than this share of the nearest is flat: the rest is noise. */
const LEAST_RANGE = 0.3;
/** How much nearer than what surrounds it a subject has to be. */
const STANDS_OUT = 0.02;

/**
 * A model's depth as nearness, 0–1. It comes as relative inverse depth: larger is nearer, and scale and zero mean nothing.
 * Null when it tells no depths apart.
 */
export function toNearness({ width, height, values }: Plane): Plane | null {
  if (!values.every(Number.isFinite)) return null;
  const far = quantile(values, 0.01);
  const near = quantile(values, 0.99);
  const range = Math.max(near - far, LEAST_RANGE * Math.abs(near));
  if (near - far <= 1e-6 * Math.max(1, Math.abs(near))) return null;
  return { width, height, values: values.map((value) => clamp01(1 - (near - value) / range)) };
}

/**
 * A scene whose depth comes from a trained model, with as much of the heuristics as they are sure of. What they took for
 * the sky or for the thing that the picture shows stays so only where the model does not contradict.
 * @param told nearness, 0–1, at any size
 */
export function withModelDepth(scene: Scene, told: Plane): Scene {
  const { depth, view, refine } = scene;
  const { width, height, scaled } = view;
  const model = new Float32Array(width * height);
  for (let y = 0, pixel = 0; y < height; y++) {
    for (let x = 0; x < width; x++, pixel++) {
      model[pixel] = planeAt(told, (x + 0.5) / width, (y + 0.5) / height);
    }
  }
  const sky = depth.sky && isBehind(model, depth.sky) ? depth.sky : null;
  const isSkyWrong = depth.sky !== null && sky === null;
  const guess = isSkyWrong ? 0 : OF_HEURISTICS * depth.confidence;
  const fused = model.map((value, pixel) => {
    const both = (OF_MODEL * value + guess * depth.disparity[pixel]!) / (OF_MODEL + guess);
    return both * (1 - (sky?.[pixel] ?? 0));
  });
  const widened = dilate(fused, width, height, scaled(1));
  const disparity = boxMean(widened, width, height, 1, widened).map(clamp01);
  const subject = depth.subject && standsOut(model, depth.subject, view) ? depth.subject : null;
  const known: DepthMap = {
    ...depth,
    disparity,
    sky,
    subject,
    horizon: sky ? depth.horizon : null,
    confidence: Math.max(CONFIDENCE, isSkyWrong ? 0 : depth.confidence),
  };
  return { ...scene, depth: known, disparity: refine(disparity) };
}

/** Mean of a plane where a weight is, and how much of the weight there is. */
function weightedMean(plane: Float32Array, weight: (pixel: number) => number): number {
  let sum = 0;
  let total = 0;
  for (let pixel = 0; pixel < plane.length; pixel++) {
    sum += plane[pixel]! * weight(pixel);
    total += weight(pixel);
  }
  return total > 0 ? sum / total : 0;
}

function isBehind(nearness: Float32Array, sky: Float32Array): boolean {
  return weightedMean(nearness, (pixel) => sky[pixel]!) < weightedMean(nearness, (pixel) => 1 - sky[pixel]!);
}

function standsOut(
  nearness: Float32Array,
  subject: Float32Array,
  { width, height, scaled }: Scene['view'],
): boolean {
  const around = dilate(subject, width, height, scaled(8));
  const inside = weightedMean(nearness, (pixel) => (subject[pixel]! > 0.5 ? 1 : 0));
  const ring = weightedMean(nearness, (pixel) => (around[pixel]! > 0.5 && subject[pixel]! < 0.1 ? 1 : 0));
  return inside > ring + STANDS_OUT;
}
