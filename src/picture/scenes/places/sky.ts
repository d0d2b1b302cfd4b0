import { createRandom, deriveSeed } from '../../../random.ts';
import { smoothstep } from '../../pixels/smoothstep.ts';
import { noise } from '../canvas/noise.ts';
import { groundSteps } from '../canvas/relief.ts';
import { paintLand } from '../parts/land.ts';
import { cropOf, meadowPaint } from '../parts/meadow-ground.ts';
import { paintMountains } from '../parts/mountains.ts';
import { paintPineRow } from '../parts/pine.ts';
import { paintSky } from '../parts/sky.ts';
import type { Scene } from '../scene.ts';

/** A great sky over low land: sunsets, clouds, storms. */
export const sky: Scene = {
  name: 'sky',
  words: ['sky', 'cloudscape', 'thunderstorm', 'thundercloud', 'storm cloud'],
  hints: [
    'cloud',
    'sunset',
    'sunrise',
    'sun',
    'storm',
    'thunder',
    'lightning',
    'rainbow',
    'horizon',
    'wind',
    'dawn',
    'dusk',
    'twilight',
    'weather',
    'rain cloud',
    'hurricane',
    'rain',
    'fog',
    'mist',
    'gale',
    'tornado',
    'lightning bolt',
    'lightning strike',
    'evening',
    'golden hour',
    'setting sun',
    'rising sun',
    'bird',
    'flock of bird',
    'typhoon',
    'rainstorm',
    'drizzle',
    'downpour',
    'raindrop',
    'rainfall',
  ],
  time: 'sunset',
  weather: 'cloudy',
  season: 'summer',
  view: () => ({ horizon: 0.83, eye: 9, lens: 0.95 }),
  pivot: 40,
  paint(easel) {
    const { canvas, seed, plan } = easel;
    const random = createRandom(deriveSeed(seed, 'low land'));
    paintSky(easel, 1.55);
    paintMountains(easel, {
      nearest: 2600,
      farthest: 9000,
      height: 420 + 500 * random(),
      spacing: 3300,
      snowline: 3000,
      treeline: 900,
      flanks: 0.5,
      seed: deriveSeed(seed, 'hills'),
    });
    const salt = deriveSeed(seed, 'ground');
    const hill = (x: number, z: number): number =>
      22 * noise(x / 240, z / 260, salt) * smoothstep(30, 300, z) + smoothstep(200, 1300, z) * 14;
    paintLand(easel, groundSteps(canvas, 12, 1700), {
      height: hill,
      paint: meadowPaint(plan, { ...cropOf(plan), density: 0.05 }, salt + 3),
      reach: 80,
      steps: 3,
    });
    for (const metres of [520, 300]) {
      paintPineRow(easel, {
        metres,
        count: metres / 3.5,
        height: 15,
        base: hill,
        stands: (share) => noise(share * 4, metres, salt) > 0.02,
        seed: deriveSeed(seed, `trees ${metres}`),
        tone: 0.8,
      });
    }
  },
};
