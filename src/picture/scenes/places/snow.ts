import { createRandom, deriveSeed } from '../../../random.ts';
import { smoothstep } from '../../pixels/smoothstep.ts';
import { sideOf } from '../canvas/canvas.ts';
import { fractal, noise } from '../canvas/noise.ts';
import { groundSteps } from '../canvas/relief.ts';
import { paintLand } from '../parts/land.ts';
import { paintMountains } from '../parts/mountains.ts';
import { paintPine, paintPineRow } from '../parts/pine.ts';
import { paintSky } from '../parts/sky.ts';
import { snowPaint } from '../parts/snow-ground.ts';
import { paintSnowfall } from '../parts/snowfall.ts';
import type { Easel, Scene } from '../scene.ts';

/** A field of deep snow with snowy firs before white mountains. */
export const snow: Scene = {
  name: 'snow field',
  words: [
    'snow field',
    'snowfield',
    'winter landscape',
    'tundra',
    'arctic',
    'blizzard',
    'glacier',
    'snowscape',
    'winter wonderland',
    'snowy landscape',
    'snowy field',
    'snow landscape',
  ],
  hints: [
    'snow',
    'snowfall',
    'snowy',
    'snowflake',
    'falling snow',
    'snow falling',
    'winter',
    'frost',
    'ice',
    'icy',
    'snow storm',
    'snowstorm',
    'snow covered',
    'snow fall',
    'heavy snow',
    'light snow',
    'frozen',
  ],
  time: 'golden hour',
  weather: 'clear',
  season: 'winter',
  view: () => ({ horizon: 0.52, eye: 5 }),
  film: ({ time }) => ({ exposure: time === 'day' ? 0.66 : 0.92 }),
  pivot: 18,
  paint(easel) {
    paintSky(easel);
    paintSnowLand(easel);
    if (easel.plan.weather === 'snow' || easel.plan.weather === 'storm') {
      paintSnowfall(easel, easel.plan.weather === 'storm' ? 1.6 : 1);
    }
  },
};

/** The snowy land below the sky: mountains, rolling snow, firs. */
export function paintSnowLand(easel: Easel): void {
  const { canvas, seed, plan } = easel;
  const random = createRandom(deriveSeed(seed, 'snow land'));
  const wintry = { ...easel, plan: { ...plan, season: 'winter' as const } };
  paintMountains(wintry, {
    nearest: 2500,
    farthest: 8000,
    height: 850 + 500 * random(),
    spacing: 3400,
    snowline: 100,
    treeline: -500,
    flanks: 0.45,
    rock: 0x4a5068,
    seed: deriveSeed(seed, 'mountains'),
  });
  const salt = deriveSeed(seed, 'drifts');
  const side = random() < 0.5 ? -1 : 1;
  const drifts = (x: number, z: number): number =>
    9 * noise(x / 80, z / 100, salt) * smoothstep(4, 90, z) +
    (z < 200
      ? 1.7 * fractal(x / 11, z / 17, salt + 1, 2) * smoothstep(200, 20, z) * smoothstep(3, 14, z)
      : 0) +
    smoothstep(150, 900, z) * 16;
  paintLand(wintry, groundSteps(canvas, 4, 1500), {
    height: drifts,
    paint: snowPaint(plan, salt + 5),
    reach: 40,
    steps: 5,
  });
  paintPineRow(wintry, {
    metres: 420,
    count: 150,
    height: 18,
    base: drifts,
    seed: deriveSeed(seed, 'forest'),
  });
  paintPineRow(wintry, {
    metres: 150,
    count: 34,
    height: 17,
    base: drifts,
    stands: (share) => Math.abs(share - 0.5 + side * 0.12) > 0.2,
    seed: deriveSeed(seed, 'firs'),
  });
  for (let tree = 0; tree < 4; tree++) {
    const share = tree < 3 ? 0.9 - tree * 0.075 + 0.03 * random() : 0.06 + 0.05 * random();
    const column = (side > 0 ? share : 1 - share) * canvas.width;
    const metres = 42 + 26 * random();
    paintPine(wintry, {
      column,
      metres,
      height: 14 + 6 * random(),
      base: drifts(sideOf(canvas, column, metres), metres) - 0.3,
      seed: deriveSeed(seed, `fir ${tree}`),
    });
  }
}
