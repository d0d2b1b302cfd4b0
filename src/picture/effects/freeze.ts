import { between, createRandom, type Random } from '../../random.ts';
import { type Plane, planeAt } from '../pixels/plane.ts';
import { clamp01, smoothstep } from '../pixels/smoothstep.ts';
import type { Effect, EffectStage } from './effect.ts';
import type { EffectCanvas, Texture, Vertex } from './kernel/canvas.ts';
import { smootherstep } from './kit/easing.ts';
import { createNoise, gridSize, toField, toRanks } from './kit/field.ts';
import { addSprite } from './kit/geometry.ts';
import { paintTexture } from './kit/paint.ts';
import { heightFrom } from './place.ts';

/** Moments of the action in seconds. */
const CHILL = 0.4;
const GROW = 0.7;
const SNAP = 1.5;
const SNAP_AGAIN = 2.5;
const STILL = 3.6;
/** Part of the picture that ice covers: under full cover nothing is seen of it. */
const COVER = 0.62;

const grown = (t: number, most: number) =>
  -0.02 +
  most *
    (0.3 * smootherstep(GROW, SNAP + 0.1, t) +
      0.4 * smootherstep(SNAP, SNAP_AGAIN + 0.1, t) +
      0.32 * smootherstep(SNAP_AGAIN, STILL, t));

/** Ice grows over the picture in needles and feathers, from its rim towards the subject, and stops around it. */
export const freeze: Effect = {
  code: 'freeze_35172986',
  name: 'Freeze',
  summary: 'Ice grows over the picture in needles and feathers until it frames the subject.',
  events: [
    { time: GROW + 0.08, name: 'crackle', strength: 0.7 },
    { time: SNAP + 0.1, name: 'crackle', strength: 1 },
    { time: SNAP_AGAIN + 0.1, name: 'crackle', strength: 0.85 },
  ],
  sounds: [
    { generator: 'impact', variant: 'glass', intensity: 0.3, gainDecibels: -3, at: ['crackle'] },
    { generator: 'wind', variant: 'open', gainDecibels: -5, at: [0, 5] },
  ],

  setup({ canvas, place, seed, strength }: EffectStage) {
    const { width, height, short } = canvas;
    const random = createRandom(seed);
    const size = gridSize(canvas);
    const centre = { x: place.x * size.width, y: place.y * size.height };
    const crystals = growCrystals(size, centre, random);
    const order = toRanks(crystals.arrival);
    const noise = createNoise(seed);
    const field = toField(canvas, order, {
      ...order,
      values: crystals.ridge.values.map((value) => clamp01(value)),
    });
    const ice = paintIce(canvas, crystals.ridge, noise);
    const most = COVER * (0.4 + 0.6 * strength);
    const glint = paintGlint(canvas);
    const glints = Array.from({ length: 90 }, () => {
      const x = random();
      const y = random();
      return {
        x: x * width,
        y: y * height,
        rank: planeAt(order, x, y),
        phase: 6.3 * random(),
        pace: between(random, 1.5, 3.5),
        size: between(random, 0.012, 0.034),
      };
    });

    return {
      draw(t) {
        const reached = grown(t, most);
        const isGrowing = 1 - smoothstep(STILL - 0.3, STILL + 0.4, t);
        canvas.bands(field, reached * 65535, 0.25 * 65535, ice, (distance, level) => {
          const d = distance / 65535;
          const tip =
            Math.exp(-Math.abs(d) / 0.006) * (0.35 + 0.65 * isGrowing) +
            0.4 * Math.exp(-Math.max(0, d) / 0.03) * level;
          const cold = Math.exp(-Math.max(0, d) / 0.05) * (1 - smoothstep(0.1, 0.124, d));
          return {
            luma: 1 - 0.06 * cold,
            chroma: 1 - 0.3 * cold,
            add: [46 * tip * (1 - smoothstep(0.1, 0.124, d)), 4 * cold, -2 * cold],
            under: smoothstep(0.003, -0.02, d) * (0.72 + 0.28 * smoothstep(-0.02, -0.12, d)),
          };
        });
        breathe(t);
        const lit: Vertex[] = [];
        for (const each of glints) {
          if (each.rank > reached - 0.01) continue;
          const twinkle = Math.max(0, Math.sin(each.pace * t + each.phase)) ** 6;
          addSprite(lit, glint, {
            x: each.x,
            y: each.y,
            halfLength: each.size * short,
            halfBreadth: each.size * short,
            angle: 0.4,
            opacity: 0.9 * twinkle,
          });
        }
        canvas.triangles(glint, lit, { glows: true });
      },
      tone: (t) => ({ luma: 1, chroma: 1 - 0.22 * smoothstep(CHILL, STILL, t) * strength, raise: 0 }),
    };

    /** Mist that creeps in from the rim. */
    function breathe(t: number): void {
      const share = smoothstep(CHILL, 1.4, t) * strength;
      const { light } = canvas;
      canvas.clearLight();
      for (let row = 0, cell = 0; row < light.rows; row++) {
        for (let column = 0; column < light.columns; column++, cell++) {
          const x = (column * light.cell) / short;
          const y = (row * light.cell) / short;
          const rim = Math.min(x, y, width / short - x, height / short - y);
          const mist =
            share * smoothstep(0.3, -0.05, rim + 0.18 * noise(2.2 * x + 0.25 * t, 2.2 * y - 0.1 * t));
          light.shade[cell] = 1 - 0.2 * mist;
          light.luma[cell] = 34 * mist;
          light.blue[cell] = 4 * mist;
          light.red[cell] = -3 * mist;
        }
      }
      canvas.applyLight();
    }
  },
};

/** Needles on a grid: when each cell freezes, and how near it is to a needle's spine, 0–1. */
function growCrystals(
  { width, height }: { width: number; height: number },
  centre: { x: number; y: number },
  random: Random,
): { arrival: Plane; ridge: Plane } {
  const arrival = new Float32Array(width * height).fill(1e6);
  const spine = new Float32Array(width * height).fill(1e6);
  const short = Math.min(width, height);
  const reach = Math.hypot(width, height) / 2;
  /** How much later it freezes there: the subject is last. */
  const delay = (x: number, y: number) =>
    260 * (1 - Math.min(1, Math.hypot(x - centre.x, heightFrom(centre.y, y)) / reach)) ** 1.4;
  const line = (x: number, y: number, angle: number, length: number, start: number, depth: number) => {
    const curl = between(random, -0.004, 0.004);
    for (let step = 0; step < length; step++) {
      angle += curl;
      x += Math.cos(angle);
      y += Math.sin(angle);
      const column = Math.floor(x);
      const row = Math.floor(y);
      if (column < 0 || row < 0 || column >= width || row >= height) return;
      const at = row * width + column;
      const time = start + step * 0.55 + delay(x, y);
      arrival[at] = Math.min(arrival[at]!, time);
      spine[at] = Math.min(spine[at]!, depth * 0.9);
      if (depth < 2 && step > 3 && step % (depth === 0 ? 7 : 6) === 0) {
        const left = length - step;
        for (const side of [-1, 1]) {
          const feather = (depth === 0 ? 0.42 : 0.4) * left * between(random, 0.5, 1);
          line(x, y, angle + (side * Math.PI) / 3, feather, start + step * 0.55, depth + 1);
        }
      }
    }
  };
  const around = 2 * (width + height);
  for (let seed = 0; seed < 84; seed++) {
    const [x, y] = onRim(((seed + random()) / 84) * around, width, height);
    const inward = Math.atan2(height / 2 - y, width / 2 - x) + between(random, -0.55, 0.55);
    line(x, y, inward, short * (0.12 + 0.62 * random() ** 1.4), between(random, 0, 110), 0);
  }
  for (let seed = 0; seed < 26; seed++) {
    const x = random() * width;
    const y = random() * height;
    const turn = random() * 6.3;
    for (let arm = 0; arm < 6; arm++) {
      line(x, y, turn + (arm * Math.PI) / 3, short * between(random, 0.06, 0.14), 70, 1);
    }
  }
  spreadOut(arrival, width, height, 13);
  spreadOut(spine, width, height, 1);
  const ridge = spine.map((distance) => Math.exp(-distance / 2.2));
  return { arrival: { width, height, values: arrival }, ridge: { width, height, values: ridge } };
}

/** The point of the rim at a way along it, clockwise from the top left. */
function onRim(along: number, width: number, height: number): [x: number, y: number] {
  if (along < width) return [along, 0];
  if (along < width + height) return [width - 1, along - width];
  const back = along - width - height;
  return back < width ? [back, height - 1] : [0, back - width];
}

/** Each cell becomes the least of its own value and that of any other plus `step` for each cell between (chamfer 1, √2). */
function spreadOut(values: Float32Array, width: number, height: number, step: number): void {
  const slant = step * Math.SQRT2;
  const relax = (at: number, from: number, cost: number) => {
    if (values[from]! + cost < values[at]!) values[at] = values[from]! + cost;
  };
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at = y * width + x;
      if (x > 0) relax(at, at - 1, step);
      if (y === 0) continue;
      relax(at, at - width, step);
      if (x > 0) relax(at, at - width - 1, slant);
      if (x < width - 1) relax(at, at - width + 1, slant);
    }
  }
  for (let y = height - 1; y >= 0; y--) {
    for (let x = width - 1; x >= 0; x--) {
      const at = y * width + x;
      if (x < width - 1) relax(at, at + 1, step);
      if (y === height - 1) continue;
      relax(at, at + width, step);
      if (x > 0) relax(at, at + width - 1, slant);
      if (x < width - 1) relax(at, at + width + 1, slant);
    }
  }
}

/** The picture as it is seen through the ice: bent by its needles, pale, blue, with light on their edges. */
function paintIce(canvas: EffectCanvas, ridge: Plane, noise: (x: number, y: number) => number): Texture {
  const { width, height, short, still } = canvas;
  const ice = canvas.createTexture(width, height);
  const rough = {
    ...ridge,
    values: ridge.values.map(
      (value, at) => value + 0.35 * noise((at % ridge.width) / 30, Math.floor(at / ridge.width) / 30),
    ),
  };
  const stepX = 1 / ridge.width;
  const stepY = 1 / ridge.height;
  for (let row = 0, at = 0; row < height; row++) {
    const y = (row + 0.5) / height;
    for (let column = 0; column < width; column++, at++) {
      const x = (column + 0.5) / width;
      const slopeX = planeAt(rough, x + stepX, y) - planeAt(rough, x - stepX, y);
      const slopeY = planeAt(rough, x, y + stepY) - planeAt(rough, x, y - stepY);
      const fromX = Math.max(0, Math.min(width - 1, Math.round(column - slopeX * 0.022 * short)));
      const fromY = Math.max(0, Math.min(height - 1, Math.round(row - slopeY * 0.022 * short)));
      const from = 4 * (fromY * width + fromX);
      const gleam = Math.max(0, -0.6 * slopeX - 0.8 * slopeY);
      const shadow = Math.max(0, 0.6 * slopeX + 0.8 * slopeY);
      const thick = planeAt(ridge, x, y);
      ice.pixels[4 * at] = Math.max(
        16,
        Math.min(235, 58 + 0.62 * still.pixels[from]! + 26 * thick + 105 * gleam - 50 * shadow),
      );
      ice.pixels[4 * at + 1] = 128 + 0.5 * (still.pixels[from + 1]! - 128) + 9;
      ice.pixels[4 * at + 2] = 128 + 0.5 * (still.pixels[from + 2]! - 128) - 7;
      ice.pixels[4 * at + 3] = 255;
    }
  }
  return ice;
}

/** A star of four rays. */
function paintGlint(canvas: EffectCanvas): Texture {
  return paintTexture(canvas, 48, 48, (x, y) => {
    const u = Math.abs(2 * x - 1);
    const v = Math.abs(2 * y - 1);
    const rays = Math.exp(-u * 26) * (1 - v) ** 2 + Math.exp(-v * 26) * (1 - u) ** 2;
    const heart = Math.exp(-(u * u + v * v) * 40);
    return [240, 249, 255, clamp01(rays + heart) * (1 - smoothstep(0.85, 1, Math.max(u, v)))];
  });
}
