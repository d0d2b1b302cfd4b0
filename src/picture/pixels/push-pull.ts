import type { Plane } from './plane.ts';
import { resizeBilinear } from './resize.ts';

interface Level {
  width: number;
  height: number;
  planes: Float32Array[];
  weight: Float32Array;
}

/**
 * Continues planes smoothly to where nothing is known: `weight` is 1 where the values hold and 0 where they are to be
 * filled. Gortler et al., "The Lumigraph", 1996, section 3.6.3 (pull-push), with box averages.
 */
export function pushPull(planes: Plane[], weight: Float32Array): Plane[] {
  const { width, height } = planes[0]!;
  const levels: Level[] = [
    {
      width,
      height,
      weight: Float32Array.from(weight),
      planes: planes.map(({ values }) => values.map((value, pixel) => value * weight[pixel]!)),
    },
  ];
  for (let level = levels[0]!; level.width > 1 || level.height > 1; level = levels.at(-1)!) {
    levels.push(halve(level));
  }
  for (let index = levels.length - 2; index >= 0; index--) fillFrom(levels[index]!, levels[index + 1]!);
  return levels[0]!.planes.map((values) => ({ width, height, values }));
}

/** Sums 2 × 2 pixels; what is known more than once is brought back to weight 1. */
function halve(fine: Level): Level {
  const width = (fine.width + 1) >> 1;
  const height = (fine.height + 1) >> 1;
  const weight = new Float32Array(width * height);
  const planes = fine.planes.map(() => new Float32Array(width * height));
  for (let y = 0, pixel = 0; y < fine.height; y++) {
    for (let x = 0; x < fine.width; x++, pixel++) {
      const target = (y >> 1) * width + (x >> 1);
      weight[target]! += fine.weight[pixel]!;
      for (let plane = 0; plane < planes.length; plane++) {
        planes[plane]![target]! += fine.planes[plane]![pixel]!;
      }
    }
  }
  for (let pixel = 0; pixel < weight.length; pixel++) {
    if (weight[pixel]! <= 1) continue;
    for (const plane of planes) plane[pixel]! /= weight[pixel]!;
    weight[pixel] = 1;
  }
  return { width, height, planes, weight };
}

function fillFrom(fine: Level, coarse: Level): void {
  const grow = (values: Float32Array) =>
    resizeBilinear(values, coarse.width, coarse.height, fine.width, fine.height);
  const weight = grow(coarse.weight);
  const planes = coarse.planes.map(grow);
  for (let pixel = 0; pixel < fine.weight.length; pixel++) {
    const missing = 1 - fine.weight[pixel]!;
    if (missing <= 0) continue;
    const share = missing / Math.max(1e-6, weight[pixel]!);
    for (let plane = 0; plane < planes.length; plane++) {
      fine.planes[plane]![pixel]! += planes[plane]![pixel]! * share;
    }
    fine.weight[pixel] = 1;
  }
}
