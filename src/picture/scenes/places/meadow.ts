import { createRandom, deriveSeed } from '../../../random.ts';
import { smoothstep } from '../../pixels/smoothstep.ts';
import { sideOf } from '../canvas/canvas.ts';
import { fractal, hash01, noise } from '../canvas/noise.ts';
import { groundSteps } from '../canvas/relief.ts';
import { paintGrass } from '../parts/grass.ts';
import { paintLand } from '../parts/land.ts';
import { paintLeafTree } from '../parts/leaf-tree.ts';
import { cropOf, meadowPaint } from '../parts/meadow-ground.ts';
import { paintMountains } from '../parts/mountains.ts';
import { paintSky } from '../parts/sky.ts';
import type { Scene } from '../scene.ts';

/** Rolling hills with flowers and scattered trees. */
export const meadow: Scene = {
  name: 'meadow',
  words: [
    'field of flower',
    'field of sunflower',
    'field of poppy',
    'field of wheat',
    'field of lavender',
    'meadow',
    'field',
    'grassland',
    'prairie',
    'pasture',
    'hill',
    'rolling hill',
    'hillside',
    'countryside',
    'flower field',
    'lavender field',
    'wheat field',
    'sunflower field',
    'poppy field',
    'farmland',
    'plain',
    'steppe',
    'savanna',
    'savannah',
    'flower meadow',
    'wheat',
    'lavender',
    'sunflower',
    'poppy',
    'wildflower',
    'corn field',
    'cornfield',
  ],
  hints: [
    'grass',
    'landscape',
    'nature',
    'tulip',
    'flower',
    'blossom',
    'cherry blossom',
    'scenery',
    'spring',
    'summer',
    'breeze',
  ],
  time: 'day',
  weather: 'cloudy',
  season: 'spring',
  view: () => ({ horizon: 0.5, eye: 3 }),
  light: () => ({ haze: 2.2 }),
  pivot: 14,
  moves: ['plants'],
  paint(easel) {
    const { canvas, seed, plan } = easel;
    const random = createRandom(deriveSeed(seed, 'meadow'));
    paintSky(easel);
    paintMountains(easel, {
      nearest: 2600,
      farthest: 9000,
      height: 500 + 500 * random(),
      spacing: 3900,
      snowline: 1500,
      treeline: 900,
      flanks: 0.5,
      seed: deriveSeed(seed, 'far hills'),
    });
    const salt = deriveSeed(seed, 'hills');
    const hill = (x: number, z: number): number =>
      28 * noise(x / 260 + 4, z / 300, salt) * smoothstep(10, 300, z) +
      5 * noise(x / 70, z / 80, salt + 1) * smoothstep(6, 80, z) +
      smoothstep(250, 1300, z) * 16 +
      (z < 80 ? 0.25 * fractal(x / 3, z / 3, salt + 2, 2) * smoothstep(80, 8, z) : 0);
    const crop = cropOf(plan);
    paintLand(easel, groundSteps(canvas, 3, 1700), {
      height: hill,
      paint: meadowPaint(plan, crop, salt + 20),
      reach: 60,
      steps: 4,
    });
    const trees = Array.from({ length: 46 }, (_, index) => {
      const metres = 760 / (1 + index * 0.13);
      const x = (hash01(index, 1, salt) - 0.5) * metres * 1.7;
      return { metres, x, index };
    }).filter(({ x, metres }) => fractal(x / 120, metres / 120, salt + 8, 2) > 0);
    for (const { metres, x, index } of trees) {
      const column = canvas.centre + (x / metres) * canvas.focal;
      const height = 8 + 6 * hash01(index, 2, salt);
      paintLeafTree(easel, {
        column,
        metres,
        height,
        base: hill(x, metres) - 0.3,
        seed: deriveSeed(salt, `tree ${index}`),
      });
    }
    const column = canvas.width * (random() < 0.5 ? 0.17 + 0.06 * random() : 0.77 + 0.06 * random());
    const metres = 38 + 12 * random();
    paintLeafTree(easel, {
      column,
      metres,
      height: 13 + 3 * random(),
      base: hill(sideOf(canvas, column, metres), metres) - 0.2,
      seed: deriveSeed(seed, 'near tree'),
    });
    paintGrass(easel, {
      count: 2600,
      height: 0.15,
      metres: 2,
      tone: 0.85,
      flowers: crop.flowers,
      flowering: Math.min(0.2, crop.density * 0.5),
      seed: deriveSeed(seed, 'grass'),
    });
  },
};
