import { createRandom, deriveSeed } from '../../../random.ts';
import { smoothstep } from '../../pixels/smoothstep.ts';
import { sideOf } from '../canvas/canvas.ts';
import { fractal, noise } from '../canvas/noise.ts';
import { groundSteps } from '../canvas/relief.ts';
import { paintLand } from '../parts/land.ts';
import { paintLeafTree } from '../parts/leaf-tree.ts';
import { meadowPaint } from '../parts/meadow-ground.ts';
import { paintMountains } from '../parts/mountains.ts';
import { paintPineRow } from '../parts/pine.ts';
import { paintSky } from '../parts/sky.ts';
import { paintStars } from '../parts/stars.ts';
import type { Feature } from '../plan.ts';
import type { Scene } from '../scene.ts';

/** A starry night with the Milky Way over dark hills. */
export const nightSky: Scene = {
  name: 'night sky',
  words: [
    'night sky',
    'starry sky',
    'starry night',
    'milky way',
    'constellation',
    'shooting star',
    'star trail',
    'meteor shower',
    'moonlit night',
  ],
  hints: [
    'star',
    'moon',
    'full moon',
    'moonlight',
    'moonrise',
    'crescent moon',
    'night',
    'starry',
    'meteor',
    'starlight',
  ],
  time: 'night',
  weather: 'clear',
  season: 'summer',
  view: () => ({ horizon: 0.84, eye: 6, lens: 0.95 }),
  light: ({ features }) => ({ hidesDisc: !features.includes('moon') }),
  film: () => ({ bloomThreshold: 0.4, bloom: 0.4 }),
  pivot: 25,
  paint(easel) {
    const { canvas, seed, plan } = easel;
    const random = createRandom(deriveSeed(seed, 'night'));
    const hasMoon = plan.features.includes('moon');
    const features: Feature[] = hasMoon ? plan.features : [...plan.features, 'galaxy'];
    paintSky({ ...easel, plan: { ...plan, features } }, 1, false);
    paintMountains(easel, {
      nearest: 2600,
      farthest: 9000,
      height: 480,
      spacing: 3000,
      snowline: 4000,
      treeline: 1500,
      flanks: 0.6,
      seed: deriveSeed(seed, 'hills'),
    });
    const salt = deriveSeed(seed, 'ground');
    const hill = (x: number, z: number): number =>
      9 * noise(x / 120, z / 150, salt) * smoothstep(6, 90, z) +
      smoothstep(100, 900, z) * 12 +
      (z < 80 ? 0.3 * fractal(x / 4, z / 4, salt + 1, 2) : 0);
    paintLand(easel, groundSteps(canvas, 6, 1500), {
      height: hill,
      paint: meadowPaint(plan, { flowers: [], density: 0, rows: 0 }, salt + 3),
      reach: 40,
      steps: 0,
    });
    paintPineRow(easel, {
      metres: 260,
      count: 80,
      height: 17,
      base: hill,
      stands: (share) => noise(share * 4, 0.5, salt) > 0,
      seed: deriveSeed(seed, 'pines'),
    });
    const column = canvas.width * (random() < 0.5 ? 0.2 + 0.1 * random() : 0.7 + 0.1 * random());
    paintLeafTree(easel, {
      column,
      metres: 46,
      height: 11 + 3 * random(),
      base: hill(sideOf(canvas, column, 46), 46) - 0.2,
      seed: deriveSeed(seed, 'tree'),
    });
  },
  live: {
    motions: [],
    paint({ canvas, light, seed, seconds }) {
      paintStars(canvas, light.stars, deriveSeed(seed, 'stars'), seconds);
    },
  },
};
