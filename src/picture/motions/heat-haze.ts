import { blur, boxMean } from '../pixels/box.ts';
import { findComponents } from '../pixels/components.ts';
import { dilate } from '../pixels/morphology.ts';
import { smoothNoise } from '../pixels/noise.ts';
import { fillPlane, type Plane, planeAt } from '../pixels/plane.ts';
import { smoothstep } from '../pixels/smoothstep.ts';
import type { Scene } from '../scene.ts';
import { findFlames } from './fire.ts';
import type { Motion } from './motion.ts';
import type { SwayRegion } from './region.ts';

/** How high above the ground, and above flames, the air still shimmers, as shares of the height. */
const OVER_GROUND = 0.16;
const OVER_FLAMES = 0.35;

/** How far below the horizon the ground still shimmers, as a share of the height. */
const FAR = 0.25;

/** How much of what lies below the horizon a stretch of dry ground covers, and of the picture what of it is far. */
const LEAST_OF_LAND = 0.2;
const LEAST_FAR = 0.012;

/** Hot air over far, dry ground, or over a fire, bends what is seen through it. */
export const heatHaze: Motion = {
  kind: 'heatHaze',
  phrases:
    'heat haze,hazy heat,heat shimmer,heat shimmering,shimmering heat,heat distortion,heat ripple,heat mirage,heat wave rise,heat wave rising,air shimmer,air shimmering,shimmering air,shimmering hot air'.split(
      ',',
    ),
  needs: 'dry ground in the distance, or a fire,',
  isAmbient: false,
  find(scene, { strength }, seed) {
    const hotAir = findHotAir(scene);
    if (!hotAir) return [];
    // Two waves that lean to opposite sides and never keep step: one alone would look like water.
    return [
      risingWave(hotAir, 0.0011 + 0.0022 * strength, 0.085, 1.9, seed),
      risingWave(hotAir, -0.0009 - 0.0018 * strength, 0.066, 3.1, seed + 1),
    ];
  },
};

/**
 * Bends what lies behind hot air. `reach` and `length` are shares of the picture's short side, so that a portrait shimmers
 * as finely; a negative reach leans to the other side. `rate` in swings a second.
 */
function risingWave(hotAir: Plane, reach: number, length: number, rate: number, seed: number): SwayRegion {
  const { width, height, values } = hotAir;
  const short = Math.min(width, height);
  const across = (reach * short) / width;
  const turns = (2 * Math.PI * height) / (length * short);
  const noise = smoothNoise(width, height, Math.round(width / (length * short)), seed);
  return {
    type: 'sway',
    reachX: { ...hotAir, values: values.map((value) => across * value) },
    reachY: { ...hotAir, values: values.map((value) => 0.8 * Math.abs(across) * value) },
    // A phase that grows downwards rises in time; the noise breaks its fronts, and hardly changes on their way up.
    phase: fillPlane(width, height, (x, y) => turns * y + 8 * planeAt(noise, x, 0.3 * y)),
    rate,
    gusts: 0.3,
  };
}

/** How much the air shimmers, 0–1, at the size of the view; null when nothing in the picture is hot. */
function findHotAir(scene: Scene): Plane | null {
  const { view, depth, known, sun } = scene;
  const { width, height, scaled } = view;
  // Only far ground is seen through so much air that it bends, and what stands near before it is not bent at all.
  const open = depth.disparity.map((nearness) => smoothstep(0.8, 0.5, nearness));
  const horizon = depth.horizon ?? 1;
  const ground = findDryGround(scene, horizon).map((value, pixel) => {
    return value * open[pixel]! * smoothstep(horizon + FAR, horizon, pixel / width / height);
  });
  const isFound = ground.reduce((sum, value) => sum + value, 0) > LEAST_FAR * width * height;
  // The glow around a low sun has the colours of a fire.
  const isSunlit = sun !== null && depth.horizon !== null && sun.y < depth.horizon;
  const flames = isSunlit && !known.fire ? null : findFlames(scene);
  if (!isFound && !flames) return null;
  const overGround = isFound ? riseFrom(ground, width, OVER_GROUND * height) : null;
  // The column over a fire is broader than its tongues.
  const overFlames =
    flames && riseFrom(dilate(flames, width, height, scaled(8)), width, OVER_FLAMES * height);
  const values = open.map((share, pixel) =>
    Math.max(share * (overGround?.[pixel] ?? 0), overFlames?.[pixel] ?? 0),
  );
  return { width, height, values: blur(values, width, height, scaled(4)) };
}

/** What is hot with the air above it, up to so many rows; it fades as it rises. */
function riseFrom(hot: Float32Array, width: number, rows: number): Float32Array {
  const values = hot.slice();
  for (let pixel = values.length - width - 1; pixel >= 0; pixel--) {
    values[pixel] = Math.max(values[pixel]!, values[pixel + width]! - 1 / rows);
  }
  return values;
}

/** Broad stretches below a horizon that are bright and neither green nor blue: sand, salt, dust, roads in the sun; 0–1. */
function findDryGround({ view, depth }: Scene, horizon: number): Float32Array {
  const { width, height, lab, scaled } = view;
  const light = boxMean(lab.lightness, width, height, scaled(3));
  // Crests rise a little over the horizon, which is a mean.
  const top = (horizon - 0.05) * height * width;
  const dry = light.map((lightness, pixel) => {
    if (pixel < top || (depth.sky?.[pixel] ?? 0) > 0.5) return 0;
    const isGreen = smoothstep(-0.02, -0.05, lab.greenRed[pixel]!);
    const isBlue = smoothstep(0.01, -0.02, lab.blueYellow[pixel]!);
    return (1 - isGreen) * (1 - isBlue) * smoothstep(0.45, 0.57, lightness);
  });
  const hard = dry.map((value) => (value > 0.5 ? 1 : 0));
  const { labels, parts } = findComponents(hard, width, height);
  // Hills and meadows in the glow of a low sun are a strip; ground comes towards the viewer.
  const land = (1 - horizon) * height;
  const kept = parts.map(
    ({ area, top, bottom }) => area > LEAST_OF_LAND * land * width && bottom - top > 0.35 * land,
  );
  return dry.map((value, pixel) => (kept[labels[pixel]! - 1] ? value : 0));
}
