import { createRandom, deriveSeed } from '../../../random.ts';
import { smoothstep } from '../../pixels/smoothstep.ts';
import { fractal, noise } from '../canvas/noise.ts';
import { groundSteps } from '../canvas/relief.ts';
import { paintLand } from '../parts/land.ts';
import { paintMirror } from '../parts/mirror.ts';
import { paintMist } from '../parts/mist.ts';
import { paintMountains } from '../parts/mountains.ts';
import { paintPineRow } from '../parts/pine.ts';
import { paintSky } from '../parts/sky.ts';
import type { Scene } from '../scene.ts';
import { growthOf } from '../season.ts';

/** A high range over wooded hills, with mist in the valleys. */
export const mountains: Scene = {
  name: 'mountains',
  words: [
    'mountain',
    'alp',
    'alpine',
    'peak',
    'summit',
    'mountain range',
    'ridge',
    'himalaya',
    'valley',
    'cliff',
    'highland',
    'mountainside',
    'mountain top',
    'mountain peak',
    'snowy mountain',
    'snow capped mountain',
    'snow capped peak',
    'snowy peak',
    'gorge',
  ],
  hints: ['rock', 'snow capped'],
  time: 'golden hour',
  weather: 'clear',
  season: 'summer',
  view: () => ({ horizon: 0.6, eye: 60 }),
  light: ({ weather }) => ({ haze: weather === 'fog' ? 0.14 : 1.3, hidesDisc: true }),
  pivot: 320,
  paint(easel) {
    const { canvas, seed, plan } = easel;
    const random = createRandom(deriveSeed(seed, 'range'));
    paintSky(easel);
    paintMountains(easel, {
      nearest: 5200,
      farthest: 15000,
      height: 2900 + 700 * random(),
      spacing: 5200,
      snowline: 1500,
      treeline: 500,
      flanks: 0.3,
      seed: deriveSeed(seed, 'peaks'),
    });
    const isMisty = plan.weather !== 'clear' || plan.time !== 'day';
    if (isMisty) {
      paintMist(easel, {
        metres: 4200,
        top: 330,
        base: 0,
        strength: 0.6,
        scale: 700,
        seed: deriveSeed(seed, 'sea of fog'),
      });
    }
    paintMountains(easel, {
      nearest: 1500,
      farthest: 4200,
      height: 620,
      spacing: 1700,
      snowline: 1500,
      treeline: 2500,
      flanks: 0.55,
      seed: deriveSeed(seed, 'foothills'),
    });
    if (isMisty) {
      paintMist(easel, {
        metres: 1100,
        top: 75,
        base: -10,
        strength: 0.45,
        scale: 200,
        seed: deriveSeed(seed, 'mist'),
      });
    }
    paintMirror(easel, {
      ripple: 0.02,
      scale: 14,
      smear: 0.06,
      deep: 0x1c4a52,
      least: 0.2,
      power: 2.2,
      seed: deriveSeed(seed, 'valley lake'),
    });
    const salt = deriveSeed(seed, 'slope');
    const side = random() < 0.5 ? -1 : 1;
    const growth = growthOf(plan);
    const slope = (x: number, z: number): number =>
      18 +
      side * x * 0.22 +
      13 * noise(x / 110, z / 130, salt) -
      0.06 * z +
      1.2 * fractal(x / 9, z / 9, salt + 1, 3) +
      70 * smoothstep(250, 900, z) * Math.max(0, side * x) * 0.004;
    paintLand(easel, groundSteps(canvas, 18, 900), {
      height: slope,
      paint(x, z, _height, _upright, footprint, ink) {
        const patch = smoothstep(-0.4, 0.5, fractal(x / 30, z / 30, salt + 3, 4));
        const dry = 0.6 * smoothstep(-0.2, 0.5, fractal(x / 6, z / 9, salt + 4, 3));
        const tone = 0.72 + (footprint < 2 ? 0.5 * fractal(x / 0.9, z / 0.9, salt + 5, 4) : 0);
        const [dark, fresh, brown] = growth.grass;
        for (let channel = 0; channel < 3; channel++) {
          const green = dark[channel]! + (fresh[channel]! - dark[channel]!) * patch;
          ink[channel] = (green + (brown[channel]! - green) * dry) * tone;
        }
      },
      reach: 60,
      steps: 4,
    });
    for (const [metres, count] of [
      [420, 90],
      [260, 60],
      [150, 34],
      [95, 16],
    ] as const) {
      paintPineRow(easel, {
        metres,
        count,
        height: 22,
        base: (x, z) => slope(x, z) - 1,
        stands: (share) => noise(share * 5 + metres, metres, salt + 9) + side * (share - 0.5) * 1.4 > -0.05,
        seed: deriveSeed(seed, `pines ${metres}`),
        tone: 0.8,
      });
    }
  },
};
