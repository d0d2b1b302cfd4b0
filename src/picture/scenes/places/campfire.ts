import { createRandom, deriveSeed } from '../../../random.ts';
import { smoothstep } from '../../pixels/smoothstep.ts';
import { rowOf, sideOf } from '../canvas/canvas.ts';
import { dab } from '../canvas/dab.ts';
import { fractal, noise } from '../canvas/noise.ts';
import { groundSteps } from '../canvas/relief.ts';
import { paintFlames, paintSparks } from '../parts/flames.ts';
import { paintLand } from '../parts/land.ts';
import { paintLogs } from '../parts/logs.ts';
import { paintPine, paintPineRow } from '../parts/pine.ts';
import { paintSky } from '../parts/sky.ts';
import type { Easel, Scene } from '../scene.ts';
import { growthOf } from '../season.ts';

/** A fire in a clearing at night. */
export const campfire: Scene = {
  name: 'campfire',
  words: ['campfire', 'camp fire', 'bonfire', 'bon fire', 'camping fire'],
  hints: ['camp', 'camping'],
  time: 'night',
  weather: 'clear',
  season: 'summer',
  view: () => ({ horizon: 0.46, eye: 1.5 }),
  light: () => ({ hidesDisc: true }),
  film: () => ({ bloomThreshold: 0.6, bloom: 0.5, vignette: 0.42 }),
  pivot: 6,
  paint(easel) {
    const { canvas, plan, seed } = easel;
    const random = createRandom(deriveSeed(seed, 'camp'));
    const salt = deriveSeed(seed, 'clearing');
    paintSky({ ...easel, plan: { ...plan, features: [...plan.features, 'galaxy'] } });
    const ground = (x: number, z: number): number =>
      0.35 * noise(x / 9, z / 9, salt) * smoothstep(5, 14, z) +
      (z < 40 ? 0.05 * fractal(x * 1.4, z * 1.4, salt + 1, 3) : 0) +
      smoothstep(40, 300, z) * 6;
    const growth = growthOf(plan);
    paintLand(easel, groundSteps(canvas, 1.6, 400), {
      height: ground,
      paint(x, z, _height, _upright, footprint, ink) {
        const bare =
          smoothstep(4.2, 1.8, Math.hypot(x, z - 7)) +
          0.5 * smoothstep(0, 0.5, fractal(x / 2, z / 2, salt + 4, 3));
        const tone = 0.75 + 0.5 * fractal(x * 1.7, z * 1.7, salt + 5, 3) * smoothstep(1, 0.1, footprint);
        for (let channel = 0; channel < 3; channel++) {
          const earth = [0.19, 0.13, 0.085][channel]!;
          const turf = growth.grass[0][channel]!;
          ink[channel] = (turf + (earth - turf) * Math.min(1, bare)) * tone;
        }
      },
      reach: 8,
      steps: 0,
    });
    paintPineRow(easel, { metres: 120, count: 60, height: 20, base: ground, seed: deriveSeed(seed, 'far') });
    paintPineRow(easel, {
      metres: 45,
      count: 22,
      height: 15,
      base: ground,
      seed: deriveSeed(seed, 'near'),
      stands: (share) => Math.abs(share - 0.5) > 0.14,
    });
    for (let tree = 0; tree < 4; tree++) {
      const share = tree < 2 ? 0.02 + 0.09 * tree : 1.1 - 0.09 * tree + 0.04 * random();
      const column = share * canvas.width;
      paintPine(easel, {
        column,
        metres: 21 + 3 * tree,
        height: 13 + 4 * random(),
        base: ground(sideOf(canvas, column, 21), 21) - 0.2,
        seed: deriveSeed(seed, `pine ${tree}`),
      });
    }
    const { x, y, size } = hearthOf(easel);
    shineOn(easel, x, y, size);
    for (let stone = 0; stone < 15; stone++) {
      const angle = (stone / 15) * 2 * Math.PI + 0.2 * random();
      const radius = size * (0.1 + 0.05 * random());
      const stoneX = x + Math.cos(angle) * size * 0.95;
      const stoneY = y + Math.sin(angle) * size * 0.21;
      const faces = Math.sin(angle) < 0 ? 1 : 0.12;
      const matter = { distance: 7 - Math.sin(angle) * 0.4, region: 'land' as const };
      dab(
        canvas,
        stoneX,
        stoneY,
        radius * 1.2,
        radius * 0.8,
        [0.03 + 0.12 * faces, 0.025 + 0.06 * faces, 0.025 + 0.025 * faces],
        1,
        matter,
      );
      dab(
        canvas,
        stoneX - (stoneX - x) * 0.06,
        stoneY - radius * 0.3,
        radius * 0.8,
        radius * 0.4,
        [0.35, 0.17, 0.07],
        0.75,
        matter,
      );
    }
  },
  live: { motions: ['fire', 'sparks', 'embers'], paint: paintFire },
};

/** Where the fire is, and pixels a metre there. */
function hearthOf({ canvas }: Easel): { x: number; y: number; size: number } {
  return { x: canvas.width / 2, y: rowOf(canvas, 7, 0), size: canvas.focal / 7 };
}

function paintFire(easel: Easel): void {
  const { canvas, seed, seconds } = easel;
  const { x, y, size } = hearthOf(easel);
  const flames = {
    x,
    y: y + 0.02 * size,
    width: 1.35 * size,
    height: 1.55 * size,
    metres: 6.9,
    seed: deriveSeed(seed, 'flames') & 0xffff,
    seconds,
  };
  paintFlames(canvas, {
    ...flames,
    width: flames.width * 0.75,
    metres: 7.2,
    height: flames.height * 0.8,
    seed: flames.seed + 9,
  });
  paintLogs(canvas, {
    x,
    y: y + 0.02 * size,
    width: 1.3 * size,
    metres: 6.9,
    seed: deriveSeed(seed, 'logs'),
  });
  paintFlames(canvas, flames);
  paintSparks(canvas, flames, 90);
}

/** Lights what stands around the fire: with the square of the distance, on the ground and on the trees' faces. */
function shineOn({ canvas }: Easel, x: number, y: number, size: number): void {
  const { width, height, distance } = canvas;
  for (let row = 0, pixel = 0; row < height; row++) {
    for (let column = 0; column < width; column++, pixel++) {
      const metres = distance[pixel]!;
      if (metres > 200) continue;
      const side = sideOf(canvas, column, metres) - sideOf(canvas, x, 7);
      const up = row < y ? ((y - row) / size) * (metres / 7) : 0;
      const square = side * side + (metres - 7) ** 2 + up * up * 0.5;
      const light = 42 / (2.2 + square);
      canvas.red[pixel]! = canvas.red[pixel]! * (1 + light * 2.2) + light * 0.006;
      canvas.green[pixel]! = canvas.green[pixel]! * (1 + light * 0.95) + light * 0.0025;
      canvas.blue[pixel]! *= 1 + light * 0.25;
    }
  }
}
