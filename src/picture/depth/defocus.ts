import { blur } from '../pixels/box.ts';
import { gradientMagnitude } from '../pixels/gradient.ts';
import { clamp01, smoothstep } from '../pixels/smoothstep.ts';
import type { Cue } from './cue.ts';
import type { View } from './view.ts';

/** Edges steeper than this (lightness a pixel) all count alike. */
const STEEP_ENOUGH = 0.12;
/** Pixels flatter than this (lightness a pixel) are painted, not photographed: a lens's blur and a sensor's noise are steeper. */
const PAINTED = 1e-3;

/**
 * Nearness by sharpness: a lens renders what is in focus sharply, and that is most often what is near. At each edge
 * the gradient before and after a further blur is compared; a sharp edge loses most. The answers are spread to
 * where there are no edges. Zhuo and Sim, "Defocus map estimation from a single image", 2011.
 * Believed when sharpness varies much outside the sky (null when there is none), and not in drawings, where flat
 * areas have no edges to tell anything: under a tenth of a photograph's pixels are flat, over a quarter of a drawing's.
 */
export function defocusCue({ lab, width, height, scaled }: View, sky: Float32Array | null): Cue {
  const before = gradientMagnitude(lab.lightness, width, height);
  const after = gradientMagnitude(blur(lab.lightness, width, height, 1), width, height);
  const sharp = new Float32Array(before.length);
  const edges = new Float32Array(before.length);
  for (let pixel = 0; pixel < before.length; pixel++) {
    const edge = Math.min(before[pixel]!, STEEP_ENOUGH) ** 2;
    edges[pixel] = edge;
    sharp[pixel] = edge * clamp01((before[pixel]! / (after[pixel]! + 1e-3) - 1) / 1.2);
  }
  const radius = scaled(16);
  const nearness = blur(sharp, width, height, radius);
  const known = blur(edges, width, height, radius);
  let flat = 0;
  let count = 0;
  let sum = 0;
  let squares = 0;
  for (let pixel = 0; pixel < nearness.length; pixel++) {
    const value = nearness[pixel]! / (known[pixel]! + 2e-5);
    nearness[pixel] = value;
    if (before[pixel]! < PAINTED) flat++;
    if (sky && sky[pixel]! >= 0.5) continue;
    count++;
    sum += value;
    squares += value * value;
  }
  const deviation = Math.sqrt(Math.max(0, squares / count - (sum / count) ** 2));
  const photographed = smoothstep(0.3, 0.1, flat / before.length);
  return { nearness, weight: photographed * smoothstep(0.1, 0.22, deviation) };
}
