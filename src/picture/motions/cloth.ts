import { blur, boxMean } from '../pixels/box.ts';
import { findComponents } from '../pixels/components.ts';
import { close, open } from '../pixels/morphology.ts';
import { smoothNoise } from '../pixels/noise.ts';
import { fillPlane } from '../pixels/plane.ts';
import { clamp01 } from '../pixels/smoothstep.ts';
import type { Scene } from '../scene.ts';
import type { Motion } from './motion.ts';

/** Curtains, flags and dresses: they hang from above and stir below. */
export const cloth: Motion = {
  kind: 'cloth',
  phrases: 'cloth,curtain,flag,dress,fabric,scarf,banner,veil,laundry,skirt,cape,drapes'.split(','),
  needs: 'cloth that hangs in folds',
  isAmbient: false,
  find(scene, wish, seed) {
    const folds = findFolds(scene);
    if (!folds) return [];
    const mask = scene.refine(folds.mask);
    const { width, height } = mask;
    const soft = blur(mask.values, width, height, Math.round(width / 50));
    const reach = 0.002 + 0.008 * wish.strength;
    const held = (y: number) => clamp01((y - folds.top) / Math.max(0.05, folds.bottom - folds.top)) ** 1.2;
    const reachX = fillPlane(width, height, (_, y, pixel) => reach * soft[pixel]! * held(y));
    const coarse = smoothNoise(width, height, 7, seed);
    return [
      {
        type: 'sway',
        reachX,
        reachY: { ...reachX, values: reachX.values.map((value) => 0.2 * value) },
        phase: fillPlane(
          coarse.width,
          coarse.height,
          (x, y, pixel) => 9 * x + 4 * y + 5 * coarse.values[pixel]!,
        ),
        rate: 0.3 + 0.4 * wish.strength,
        gusts: 0.8,
      },
    ];
  },
};

/**
 * The largest place where lightness changes across and hardly downwards, as it does over hanging folds, and as smoothly;
 * null when there is none of a curtain's size.
 */
function findFolds({ view, depth }: Scene): { mask: Float32Array; top: number; bottom: number } | null {
  const { width, height, lab, scaled } = view;
  const count = width * height;
  const across = new Float32Array(count);
  const down = new Float32Array(count);
  for (let pixel = width; pixel < count - width; pixel++) {
    across[pixel] = (lab.lightness[pixel + 1]! - lab.lightness[pixel - 1]!) ** 2;
    down[pixel] = (lab.lightness[pixel + width]! - lab.lightness[pixel - width]!) ** 2;
  }
  boxMean(across, width, height, scaled(5), across);
  boxMean(down, width, height, scaled(5), down);
  const hanging = across.map((value, pixel) => {
    const isSmooth = value > 4e-5 && value < 0.006;
    return isSmooth && value > 1.6 * down[pixel]! && (depth.sky?.[pixel] ?? 0) < 0.5 ? 1 : 0;
  });
  const body = close(open(hanging, width, height, scaled(3)), width, height, scaled(5));
  const { labels, parts } = findComponents(body, width, height);
  const best = parts.reduce((most, { area }, index) => (area > (parts[most]?.area ?? 0) ? index : most), 0);
  const part = parts[best];
  if (!part || part.area < 0.015 * count || part.area > 0.5 * count) return null;
  if (part.bottom - part.top < 0.6 * (part.right - part.left)) return null;
  return {
    mask: body.map((_, pixel) => (labels[pixel] === best + 1 ? 1 : 0)),
    top: part.top / height,
    bottom: part.bottom / height,
  };
}
