import { deriveSeed } from '../../../random.ts';
import { smoothstep } from '../../pixels/smoothstep.ts';
import { cover } from '../canvas/canvas.ts';
import { type Colour, colour, mix, tinted } from '../canvas/colour.ts';
import { fractal, hash01, noise } from '../canvas/noise.ts';
import { paintFlames, paintSparks } from '../parts/flames.ts';
import { paintLogs } from '../parts/logs.ts';
import type { Easel, Scene } from '../scene.ts';

/** A fire in a brick fireplace. */
export const fireplace: Scene = {
  name: 'fireplace',
  words: [
    'fireplace',
    'fire place',
    'hearth',
    'log fire',
    'cozy fire',
    'cosy fire',
    'yule log',
    'wood stove',
    'chimney fire',
  ],
  hints: ['fire', 'flame', 'ember', 'crackling'],
  time: 'night',
  weather: 'clear',
  season: 'winter',
  view: () => ({ horizon: 0.5, eye: 1 }),
  film: () => ({
    exposure: 1.1,
    bloomThreshold: 0.7,
    bloom: 0.5,
    vignette: 0.5,
    highlights: [1.05, 1, 0.92],
  }),
  pivot: 2,
  isSheltered: true,
  paint(easel) {
    paintHearth(easel, Math.sqrt(easel.canvas.width * easel.canvas.height));
  },
  live: { motions: ['fire', 'sparks', 'embers'], paint: paintFire },
};

function paintFire(easel: Easel): void {
  const { canvas, seed, seconds } = easel;
  const size = Math.sqrt(canvas.width * canvas.height);
  const x = canvas.width / 2;
  const y = canvas.height * 0.62 + 0.115 * size;
  const flames = {
    x,
    y: y - 0.02 * size,
    width: 0.36 * size,
    height: 0.3 * size,
    metres: 2.3,
    seed: deriveSeed(seed, 'flames') & 0xffff,
    seconds,
  };
  paintFlames(canvas, {
    ...flames,
    width: flames.width * 0.7,
    height: flames.height * 0.8,
    metres: 2.5,
    seed: flames.seed + 9,
  });
  paintLogs(canvas, {
    x,
    y: y - 0.02 * size,
    width: 0.42 * size,
    metres: 2.2,
    seed: deriveSeed(seed, 'logs'),
  });
  paintFlames(canvas, flames);
  paintSparks(canvas, { ...flames, height: flames.height * 0.4 }, 36);
}

/** Half the width and the height of the opening, as shares of √(width × height). */
const HALF = 0.3;
const RISE = 0.34;

/** Bricks, opening, mantel and floor, all lit by the fire. */
function paintHearth({ canvas, plan, seed }: Easel, size: number): void {
  const { width, height } = canvas;
  const salt = deriveSeed(seed, 'bricks');
  const dye = (paint: Colour): Colour =>
    plan.palette
      .filter(({ region }) => region === 'building' || region === 'all')
      .reduce((result, { hex }) => tinted(result, colour(hex), 0.6), paint);
  const brick = dye(colour(hash01(1, 1, salt) < 0.5 ? 0x9a5a42 : 0x8a7a6c));
  const mortar = colour(0x5a4c42);
  const wood = dye(colour(0x6a4426));
  const slab = colour(0x6a625c);
  const floorRow = height * 0.62 + 0.135 * size;
  for (let row = 0, pixel = 0; row < height; row++) {
    const v = (row - height * 0.62) / size;
    for (let column = 0; column < width; column++, pixel++) {
      const u = (column - width / 2) / size;
      // The arch: the opening's upper edge sinks towards its sides.
      const arch = -RISE + 0.1 + 0.09 * (u / HALF) ** 2 * 1.2;
      const inside = Math.abs(u) < HALF && v > arch - 0.1 && row < floorRow;
      const fromFire = Math.hypot(u, v - 0.02);
      let paint: Colour = brick;
      let tone = 1;
      let metres = 2;
      let reach = 0.05 / (0.035 + fromFire * fromFire);
      if (row >= floorRow) {
        const depth = (row - floorRow) / (height - floorRow + 1);
        metres = mix(1.9, 1.1, depth);
        const tile =
          Math.abs(((u / (0.35 + depth) / 0.24 + 40) % 1) - 0.5) > 0.485 ||
          Math.abs(((depth ** 0.8 * 3) % 1) - 0.5) > 0.47;
        paint = slab;
        tone = (tile ? 0.5 : 0.85) + 0.3 * fractal(u * 14, v * 30, salt + 4, 4);
        reach = 0.06 / (0.05 + u * u * 1.4 + (depth * 0.3) ** 2);
      } else if (inside) {
        // The back of the fireplace is black with soot, and its sides run inwards.
        metres = 2.7;
        const course = bricksAt(u * 1.25, v * 1.25, salt + 7);
        tone =
          (0.3 + 0.3 * course.tone) * (course.isJoint ? 0.5 : 1) * mix(0.35, 1, smoothstep(-0.3, 0.1, v));
        paint = [0.16, 0.12, 0.1];
        reach = 0.055 / (0.02 + fromFire * fromFire * 1.3);
        const edge = Math.min(HALF - Math.abs(u), v - arch + 0.1);
        tone *= 0.55 + 0.45 * smoothstep(0, 0.05, edge);
      } else if (v < -RISE - 0.04 && v > -RISE - 0.115) {
        const grain = fractal(u * 3, v * 60, salt + 11, 4);
        paint = wood;
        tone = 0.75 + 0.5 * grain;
        metres = 1.8;
        // Lit from below.
        reach *= mix(0.4, 1.5, smoothstep(-RISE - 0.115, -RISE - 0.04, v));
      } else {
        const shifted = bricksAt(u, v, salt);
        paint = shifted.isJoint ? mortar : brick;
        tone = shifted.isJoint
          ? 0.55
          : shifted.tone * (0.85 + 0.35 * fractal(u * 40, v * 40, salt + 2, 3)) + shifted.lip;
        if (v < -RISE - 0.115) reach *= 0.45;
      }
      const flicker = 0.92 + 0.16 * noise(u * 3, v * 3, salt + 30);
      const fire = Math.min(2.2, reach) * flicker;
      const red = paint[0] * Math.max(0, tone) * (fire * 1.5 + 0.012);
      const green = paint[1] * Math.max(0, tone) * (fire * 0.72 + 0.012);
      const blue = paint[2] * Math.max(0, tone) * (fire * 0.3 + 0.022);
      cover(canvas, pixel, red, green, blue, 1, metres, row >= floorRow ? 'land' : 'building');
    }
  }
}

/** The course of bricks at a point: whether it is a joint, how light the brick is, and its lit lower lip. */
function bricksAt(u: number, v: number, seed: number): { isJoint: boolean; tone: number; lip: number } {
  const tall = 0.042;
  const long = 0.105;
  const wobble = 0.002 * noise(u * 30, v * 30, seed);
  const course = Math.floor((v + wobble) / tall);
  const along = (u + wobble) / long + (course & 1) * 0.5;
  const stone = Math.floor(along);
  const fx = (along - stone) * long;
  const fy = v + wobble - course * tall;
  const joint = 0.0035;
  return {
    isJoint: fx < joint || fy < joint,
    tone: 0.65 + 0.6 * hash01(stone, course, seed),
    lip: fy > tall - 0.006 ? 0.25 : 0,
  };
}
