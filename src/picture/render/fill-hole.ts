import { createRandom, deriveSeed } from '../../random.ts';
import { type Plane, planeAt } from '../pixels/plane.ts';
import { pushPull } from '../pixels/push-pull.ts';
import type { YuvPlanes } from './planes.ts';
import { averageDown } from './region-detail.ts';

/**
 * Paints over a hole (0–1) in a picture with what surrounds it, and with grain as strong as around it, so that the
 * patch does not look like plastic. Works in place.
 */
export function fillHole(picture: YuvPlanes, hole: Plane, seed: number): void {
  const { width, height } = picture;
  const known = hole.values.map((value) => (value < 0.02 ? 1 : 0));
  const planes = [picture.luma, picture.blueChroma, picture.redChroma].map((bytes, index) => {
    const half = index === 0 ? 0 : 1;
    return { bytes, width: width >> half, height: height >> half };
  });
  const fill = pushPull(
    planes.map((plane) => averageDown(plane.bytes, plane.width, plane.height, hole.width, hole.height)),
    known,
  );
  const strength = grainAround(picture, hole);
  const random = createRandom(deriveSeed(seed, 'fill'));
  planes.forEach((plane, index) => {
    const grain = index === 0 ? strength : 0;
    for (let y = 0, pixel = 0; y < plane.height; y++) {
      const v = (y + 0.5) / plane.height;
      for (let x = 0; x < plane.width; x++, pixel++) {
        const u = (x + 0.5) / plane.width;
        const share = Math.min(1, 3 * planeAt(hole, u, v));
        if (share < 0.004) continue;
        const noise = grain > 0 ? grain * (random() + random() + random() - 1.5) * 2 : 0;
        const value = planeAt(fill[index]!, u, v) + noise;
        plane.bytes[pixel]! += Math.round((value - plane.bytes[pixel]!) * share);
      }
    }
  });
}

/** The standard deviation of the finest detail just outside the hole, in steps of luma; at most 6. */
function grainAround({ luma, width, height }: YuvPlanes, hole: Plane): number {
  let sum = 0;
  let count = 1;
  for (let y = 0; y < height - 1; y += 3) {
    for (let x = 0; x < width - 1; x += 3) {
      const u = (x + 0.5) / width;
      const v = (y + 0.5) / height;
      const isBeside =
        planeAt(hole, u, v) < 0.02 && planeAt(hole, u + 0.02, v) + planeAt(hole, u - 0.02, v) > 0.5;
      if (!isBeside) continue;
      const pixel = y * width + x;
      const diagonal = luma[pixel]! - luma[pixel + 1]! - luma[pixel + width]! + luma[pixel + width + 1]!;
      // Steep edges are no grain.
      if (Math.abs(diagonal) > 24) continue;
      sum += (diagonal * diagonal) / 4;
      count++;
    }
  }
  return Math.min(6, Math.sqrt(sum / count));
}
