import { erode } from '../pixels/morphology.ts';
import { quantile } from '../pixels/quantile.ts';
import { clamp01, smoothstep } from '../pixels/smoothstep.ts';
import type { Cue } from './cue.ts';
import type { View } from './view.ts';

/**
 * Nearness by haze: air adds light, so the darkest of the colours around a pixel is the brighter the farther it is.
 * He, Sun and Tang, "Single image haze removal using dark channel prior", 2009. Believed when that dark channel
 * spreads widely outside the sky; only pictures with a sky (1 inside) are out of doors.
 */
export function hazeCue({ image, width, height, scaled }: View, sky: Float32Array): Cue {
  const darkest = new Float32Array(width * height);
  for (let pixel = 0; pixel < darkest.length; pixel++) {
    darkest[pixel] = Math.min(image.red[pixel]!, image.green[pixel]!, image.blue[pixel]!);
  }
  const dark = erode(darkest, width, height, scaled(5));
  const land = dark.filter((_, pixel) => sky[pixel]! < 0.5);
  const clear = quantile(land, 0.05);
  const spread = quantile(land, 0.97) - clear;
  const nearness = dark.map((value) => 1 - clamp01((value - clear) / (spread + 1e-3)));
  return { nearness, weight: smoothstep(0.12, 0.35, spread) };
}
