import { blur } from '../pixels/box.ts';
import { fillPlane } from '../pixels/plane.ts';
import type { Motion } from './motion.ts';

/** Breaths a second: about fifteen a minute. */
const RATE = 0.26;

/** What stands out breathes: it widens a little around its middle, and rises. */
export const breathing: Motion = {
  kind: 'breathing',
  phrases: 'breathing,breathe,breathes,breath,inhales,exhales,sleeping,asleep'.split(','),
  needs: 'somebody who stands out from the background',
  isAmbient: false,
  find({ depth, refine }, wish) {
    if (!depth.subject) return [];
    const mask = refine(depth.subject);
    const { width, height } = mask;
    let [sum, middleX, middleY] = [1e-6, 0, 0];
    mask.values.forEach((value, pixel) => {
      sum += value;
      middleX += (value * (pixel % width)) / width;
      middleY += (value * Math.floor(pixel / width)) / height;
    });
    middleX /= sum;
    middleY /= sum;
    const soft = blur(mask.values, width, height, Math.round(width / 40));
    const reach = 0.008 + 0.02 * wish.strength;
    const aspect = height / width;
    return [
      {
        type: 'sway',
        reachX: fillPlane(width, height, (x, _, pixel) => reach * soft[pixel]! * (x - middleX)),
        reachY: fillPlane(
          width,
          height,
          (_, y, pixel) => reach * aspect * soft[pixel]! * (y - middleY - 0.15),
        ),
        phase: fillPlane(2, 2, () => 0),
        rate: RATE,
        gusts: 0,
      },
    ];
  },
};
