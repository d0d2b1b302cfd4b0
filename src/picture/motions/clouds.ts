import { blur } from '../pixels/box.ts';
import { dilate, erode } from '../pixels/morphology.ts';
import { createLattice, fractalNoise, smoothNoise } from '../pixels/noise.ts';
import { fillPlane, type Plane, planeAt } from '../pixels/plane.ts';
import { clamp01, smoothstep } from '../pixels/smoothstep.ts';
import { feather } from '../render/region-detail.ts';
import type { Scene } from '../scene.ts';
import type { Motion } from './motion.ts';
import type { FlowRegion } from './region.ts';

/** Standard deviation of the sky's lightness around its gradient above which it has clouds of its own. */
const CLOUDED = 0.008;

/** Clouds drift; a clear sky is given high, thin ones. */
export const clouds: Motion = {
  kind: 'clouds',
  phrases: 'cloud,clouds,cloudy,sky,cloudscape,skies,timelapse,time lapse'.split(','),
  needs: 'a sky',
  isAmbient: true,
  find(scene, wish, seed) {
    const { depth } = scene;
    if (!depth.sky || depth.horizon === null) return [];
    const sky = scene.refine(depth.sky);
    const speed = (wish.direction === 'left' ? -1 : 1) * (0.008 + 0.05 * wish.strength);
    const horizon = depth.horizon;
    // Overhead is near: clouds slow down towards the horizon.
    const pace = (y: number) => 0.35 + 0.65 * clamp01(1 - y / Math.max(0.1, horizon));
    const calm = feather(sky, 1 / 160);
    const glare = sunlight(scene);
    for (let pixel = 0; pixel < glare.length; pixel++)
      calm.values[pixel]! *= smoothstep(0.5, 0.02, glare[pixel]!);
    const base = {
      type: 'flow' as const,
      matte: calm,
      velocityX: fillPlane(16, 64, (_, y) => speed * pace(y)),
      velocityY: fillPlane(2, 2, () => 0),
      reach: 0.06,
      flicker: 0,
    };
    const phase = smoothNoise(sky.width, sky.height, 5, seed);
    if (skyDetail(scene, sky) > CLOUDED) return [{ ...base, phase, period: 4 }];
    return [{ ...base, phase, period: 9, paint: cirrus(scene, sky, horizon, wish.strength, seed) }];
  },
};

/** 1 around the sun and other lights, where nothing may move. */
function sunlight({ image, known, refine }: Scene): Float32Array {
  const { width, height, red, green } = image;
  if (known.light) {
    const lights = refine(known.light).values;
    const near = blur(dilate(lights, width, height, 3), width, height, 2);
    // The shine around a disc must not be carried away from it either; stars have none.
    const reach = Math.max(1, Math.round(width / 40));
    const discs = dilate(erode(lights, width, height, 2), width, height, 2 + reach);
    const around = blur(discs, width, height, reach);
    return near.map((value, pixel) => Math.max(value, around[pixel]!));
  }
  const bright = red.map((value, pixel) => (Math.min(value, green[pixel]!) > 0.985 ? 1 : 0));
  return blur(bright, width, height, Math.max(1, Math.round(width / 40)));
}

function skyDetail({ image }: Scene, sky: Plane): number {
  const { width, height, green } = image;
  const inside = sky.values.map((value) => (value > 0.9 ? 1 : 0));
  const radius = Math.max(2, Math.round(0.02 * width));
  const sum = blur(
    green.map((value, pixel) => value * inside[pixel]!),
    width,
    height,
    radius,
  );
  const weight = blur(inside, width, height, radius);
  let variance = 0;
  let count = 1;
  for (let pixel = 0; pixel < green.length; pixel++) {
    if (inside[pixel] === 0 || weight[pixel]! < 0.9 || green[pixel]! > 0.97) continue;
    variance += (green[pixel]! - sum[pixel]! / weight[pixel]!) ** 2;
    count++;
  }
  return Math.sqrt(variance / count);
}

/**
 * High, thin clouds: fractal noise on a plane overhead, seen in perspective. Strongest where the sky is deep, gone at the
 * horizon; as bright as the sky's own brightest part.
 */
function cirrus(
  { image }: Scene,
  sky: Plane,
  horizon: number,
  strength: number,
  seed: number,
): NonNullable<FlowRegion['paint']> {
  const lattice = createLattice(seed);
  const { width, height, green } = image;
  const aspect = width / height;
  const texture = fillPlane(width, height, (x, y, pixel) => {
    const below = horizon - y;
    if (below <= 0) return 0;
    const distance = 0.55 / (below + 0.05);
    const across = (x - 0.5) * aspect * distance * 5;
    const away = distance * 7;
    const bend = fractalNoise(across * 0.5, away * 0.5, lattice);
    const veil = smoothstep(0.42, 0.8, fractalNoise(across + bend * 1.5, away * 1.6 + bend, lattice));
    const fade = smoothstep(0, 0.16, below);
    return veil * fade * planeAt(sky, x, y) * smoothstep(1, 0.75, green[pixel]!);
  });
  const amount = 0.25 + 0.25 * strength;
  // Towards white: lighter, and less blue.
  return { texture, lift: [95 * amount, -26 * amount, 8 * amount] };
}
