import { blur, boxMean } from '../pixels/box.ts';
import { smoothstep } from '../pixels/smoothstep.ts';
import type { View } from './view.ts';

/** Deviations of lightness that are no detail and that are plain to see. */
const NONE = 0.006;
const PLAIN = 0.016;

/**
 * How much detail is to be seen around each pixel, 0 none to 1: with distance it falls below the size of a pixel and
 * into the light that the air adds. The gradients of texture of Gibson, "The perception of the visual world", 1950.
 */
export function visibleDetail({ lab, width, height, scaled }: View): Float32Array {
  const mean = boxMean(lab.lightness, width, height, scaled(2));
  const deviation = lab.lightness.map((value, pixel) => Math.abs(value - mean[pixel]!));
  return blur(deviation, width, height, scaled(6)).map((value) => smoothstep(NONE, PLAIN, value));
}
