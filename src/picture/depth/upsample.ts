import type { RgbImage } from '../image.ts';
import { applyGuided, createGuide, guidedCoefficients } from '../pixels/guided.ts';
import { clamp01 } from '../pixels/smoothstep.ts';
import type { DepthMap } from './depth-map.ts';

/**
 * The disparity (0–1) at the size of `guide`, a larger version of `image`, which is the picture that `depth` was
 * estimated from: the edges follow the larger picture's edges.
 */
export function upsampleDepth(image: RgbImage, depth: DepthMap, guide: RgbImage): Float32Array {
  const coefficients = guidedCoefficients(createGuide(image, 3, 3e-4), depth.disparity);
  return applyGuided(coefficients, guide).map(clamp01);
}
