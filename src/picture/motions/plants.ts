import { blur, boxMean } from '../pixels/box.ts';
import { gradientMagnitude } from '../pixels/gradient.ts';
import { smoothNoise } from '../pixels/noise.ts';
import { fillPlane, type Plane, planeAt } from '../pixels/plane.ts';
import { clamp01, smoothstep } from '../pixels/smoothstep.ts';
import type { Scene } from '../scene.ts';
import type { Motion } from './motion.ts';

/** The least share of the picture that has to be leaves. */
const LEAST_SHARE = 0.06;

/** Grass, leaves and flowers sway in the wind. */
export const plants: Motion = {
  kind: 'plants',
  phrases:
    'grass,leaf,leaves,tree,foliage,forest,flower,plant,meadow,field,bush,branch,wheat,reed,fern,palm,sunflower,dandelion,garden'.split(
      ',',
    ),
  hints: 'wind,windy,breeze,breezy,sway,swaying,rustle,rustling'.split(','),
  needs: 'grass, leaves or flowers',
  isAmbient: true,
  find(scene, wish, seed) {
    const growth = findGrowth(scene);
    const { width, height } = scene.view;
    const area = growth.reduce((sum, value) => sum + value, 0) / (width * height);
    if (area < LEAST_SHARE) return [];
    const mask = scene.refine(growth);
    const soft = blur(mask.values, mask.width, mask.height, Math.round(mask.width / 60));
    const head = subjectShadow(scene);
    const reach = 0.0015 + 0.009 * wish.strength;
    const coarse = smoothNoise(mask.width, mask.height, 8, seed);
    const fine = smoothNoise(mask.width, mask.height, 26, seed + 1);
    // Wind comes in gusts from the side, and a stem or a trunk bends as a whole: along it little changes.
    const along = 0.2;
    // What grows is held at its foot: the lower in the picture, the less it moves.
    const held = (y: number) => clamp01(1.35 * (1 - y)) ** 1.2;
    const heldAt = Float32Array.from({ length: mask.height }, (_, row) => held((row + 0.5) / mask.height));
    const wide = fillPlane(mask.width, mask.height, (x, y, pixel) => {
      const pace = 0.35 + 0.65 * heldAt[Math.floor(pixel / mask.width)]!;
      return reach * soft[pixel]! * pace * (1 - planeAt(head, x, y));
    });
    const regions: ReturnType<Motion['find']> = [
      {
        type: 'sway',
        reachX: wide,
        reachY: { ...wide, values: wide.values.map((value) => 0.2 * value) },
        phase: fillPlane(
          fine.width,
          fine.height,
          (x, y) => 9 * planeAt(coarse, x, along * y) + 6 * planeAt(fine, x, along * y) + 7 * x,
        ),
        rate: 0.32 + 0.5 * wish.strength,
        gusts: 1,
      },
    ];
    if (scene.depth.subject) {
      // A flower's head and its stem are one: a joint would tear.
      const whole = fillPlane(fine.width, fine.height, (x, y) => 1.6 * reach * planeAt(head, x, y) * held(y));
      regions.push({
        type: 'sway',
        reachX: whole,
        reachY: { ...whole, values: whole.values.map((value) => 0.12 * value) },
        phase: fillPlane(2, 2, () => 0),
        rate: 0.3 + 0.25 * wish.strength,
        gusts: 0.7,
      });
    }
    return regions;
  },
};

/** Green, or autumn's colours where it is rough; never the sky. Smooth green walls and cars are not rough. */
function findGrowth({ view, depth }: Scene): Float32Array {
  const { width, height, lab, scaled } = view;
  const rough = boxMean(gradientMagnitude(lab.lightness, width, height), width, height, scaled(5));
  const green = boxMean(lab.greenRed, width, height, scaled(3));
  const yellow = boxMean(lab.blueYellow, width, height, scaled(3));
  return rough.map((roughness, pixel) => {
    const isGreen = smoothstep(-0.01, -0.06, green[pixel]!) * smoothstep(0.03, 0.08, yellow[pixel]!);
    const isAutumn =
      smoothstep(0.16, 0.28, yellow[pixel]!) *
      smoothstep(0.28, 0.16, green[pixel]!) *
      smoothstep(0.025, 0.045, roughness);
    const growth = Math.max(isGreen * smoothstep(0.004, 0.014, roughness), isAutumn);
    return growth * (1 - (depth.sky?.[pixel] ?? 0));
  });
}

/** The subject and all below it, soft: its mask throws a shadow downwards, along the stem. */
function subjectShadow({ depth, refine, image }: Scene): Plane {
  const { width, height } = image;
  if (!depth.subject) return { width: 2, height: 2, values: new Float32Array(4) };
  const values = refine(depth.subject).values.slice();
  for (let pixel = width; pixel < values.length; pixel++) {
    values[pixel] = Math.max(values[pixel]!, values[pixel - width]! * 0.995);
  }
  return { width, height, values: blur(values, width, height, Math.round(width / 40)) };
}
