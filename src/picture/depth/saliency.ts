import { boxMean } from '../pixels/box.ts';
import { quantile } from '../pixels/quantile.ts';
import { barrierDistance } from './barrier-distance.ts';
import type { View } from './view.ts';

/**
 * How much each pixel stands out from the picture's border, 0–1, less towards the corners: where looks are drawn. The barrier distances of the three Lab planes added: Zhang and others, 2015.
 */
export function saliency({ lab, width, height, scaled }: View): Float32Array {
  const seeds = new Float32Array(width * height);
  seeds.fill(1, 0, width);
  seeds.fill(1, (height - 1) * width);
  for (let y = 0; y < height; y++) {
    seeds[y * width] = 1;
    seeds[y * width + width - 1] = 1;
  }
  const out = new Float32Array(width * height);
  const add = (plane: Float32Array, radius: number, weight: number) => {
    const smoothed = boxMean(plane, width, height, scaled(radius));
    const distance = barrierDistance(smoothed, seeds, width, height);
    for (let pixel = 0; pixel < out.length; pixel++) out[pixel]! += weight * distance[pixel]!;
  };
  add(lab.lightness, 1, 1);
  add(lab.greenRed, 2, 1.5);
  add(lab.blueYellow, 2, 1.5);

  const most = quantile(out, 0.98) || 1;
  const across = bell(width);
  const down = bell(height);
  for (let y = 0, pixel = 0; y < height; y++) {
    for (let x = 0; x < width; x++, pixel++)
      out[pixel] = Math.min(1, out[pixel]! / most) * across[x]! * down[y]!;
  }
  return out;
}

/** 1 in the middle of a side and e^−0.7 at its ends. */
function bell(length: number): Float64Array {
  return Float64Array.from({ length }, (_, index) => Math.exp(-0.7 * ((2 * index) / length - 1) ** 2));
}
