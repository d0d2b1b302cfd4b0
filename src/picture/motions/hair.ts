import { blur, boxMean } from '../pixels/box.ts';
import { gradientMagnitude } from '../pixels/gradient.ts';
import { smoothNoise } from '../pixels/noise.ts';
import { smoothstep } from '../pixels/smoothstep.ts';
import type { Motion } from './motion.ts';

/** Hair and fur of what stands out: where it is fine and rough, it stirs. */
export const hair: Motion = {
  kind: 'hair',
  phrases: 'hair,fur,mane,beard,feather,whisker'.split(','),
  hints: 'wind,windy,breeze,breezy'.split(','),
  needs: 'somebody with hair or fur',
  isAmbient: false,
  find(scene, wish, seed) {
    const { view, depth } = scene;
    if (!depth.subject) return [];
    const { width, height, lab, scaled } = view;
    const rough = boxMean(gradientMagnitude(lab.lightness, width, height), width, height, scaled(3));
    const fine = rough.map((value, pixel) => depth.subject![pixel]! * smoothstep(0.012, 0.03, value));
    if (fine.reduce((sum, value) => sum + value, 0) < 0.004 * width * height) return [];
    const mask = scene.refine(fine);
    const soft = blur(mask.values, mask.width, mask.height, Math.round(mask.width / 70));
    const reach = 0.001 + 0.004 * wish.strength;
    const reachX = { ...mask, values: soft.map((value) => reach * value) };
    const coarse = smoothNoise(mask.width, mask.height, 18, seed);
    return [
      {
        type: 'sway',
        reachX,
        reachY: { ...mask, values: soft.map((value) => 0.3 * reach * value) },
        phase: { ...coarse, values: coarse.values.map((value) => 14 * value) },
        rate: 0.5 + 0.5 * wish.strength,
        gusts: 0.9,
      },
    ];
  },
};
