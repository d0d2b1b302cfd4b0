import { createRandom, deriveSeed } from '../../../random.ts';
import { paintSkyline } from '../parts/buildings.ts';
import { paintFireworks } from '../parts/fireworks.ts';
import { paintMirror } from '../parts/mirror.ts';
import { paintMist } from '../parts/mist.ts';
import { paintRainfall } from '../parts/rainfall.ts';
import { paintSky } from '../parts/sky.ts';
import { paintSnowfall } from '../parts/snowfall.ts';
import type { Scene } from '../scene.ts';

/** A skyline of towers beyond a river. */
export const city: Scene = {
  name: 'city skyline',
  words: [
    'city',
    'glowing window',
    'lit window',
    'city skyline',
    'skyline',
    'cityscape',
    'skyscraper',
    'downtown',
    'metropolis',
    'city light',
    'town',
    'megacity',
    'harbour',
    'harbor',
  ],
  hints: ['firework', 'building', 'urban', 'tower', 'new year', 'fireworks display', 'firework display'],
  time: 'night',
  weather: 'clear',
  season: 'summer',
  view: () => ({ horizon: 0.64, eye: 3 }),
  light: ({ time, weather }) => ({ haze: weather === 'fog' ? 0.18 : time === 'night' ? 4 : 1.2 }),
  film: ({ time }) =>
    time === 'night' || time === 'dusk' ? { bloomThreshold: 0.35, bloom: 0.6, vignette: 0.38 } : {},
  pivot: 300,
  moves: ['lake'],
  paint(easel) {
    const { light, plan, seed, wind } = easel;
    const random = createRandom(deriveSeed(seed, 'city'));
    const isDark = plan.time === 'night' || plan.time === 'dusk';
    // By night a city lights its own haze.
    const own = isDark
      ? {
          ...easel,
          light: {
            ...light,
            glow: [0.16, 0.085, 0.07] as const,
            sun: [light.sun[0] * 0.3, 0.02, 0.98] as const,
          },
        }
      : easel;
    paintSky(plan.time === 'night' && plan.weather === 'clear' ? easel : own);
    if (plan.features.includes('fireworks')) paintFireworks(easel, deriveSeed(seed, 'fireworks'));
    const glow = isDark ? 1 : plan.time === 'sunset' || plan.weather === 'storm' ? 0.45 : 0;
    const centre = 0.35 + 0.3 * random();
    const rows = [
      {
        metres: 2300,
        count: 60,
        lowest: 80,
        highest: 600,
        wall: isDark ? 0x1a2236 : 0x9aa4b2,
        lit: 0.3,
        signs: 0,
      },
      {
        metres: 1250,
        count: 30,
        lowest: 50,
        highest: 410,
        wall: isDark ? 0x151b2c : 0x8e96a4,
        lit: 0.35,
        signs: 0.12,
      },
      {
        metres: 640,
        count: 22,
        lowest: 14,
        highest: 120,
        wall: isDark ? 0x0d111d : 0x82807e,
        lit: 0.24,
        signs: 0.25,
      },
    ];
    rows.forEach((row, index) => {
      paintSkyline(own, {
        ...row,
        centre: index === 2 ? 1 - centre : centre + 0.08 * index,
        glow,
        signs: isDark ? row.signs : 0,
        seed: deriveSeed(seed, `row ${index}`),
      });
    });
    paintMirror(own, {
      ripple: 0.02 * Math.min(1.6, 0.5 + 0.5 * wind),
      scale: 0.7,
      smear: 0.35,
      deep: 0x0a1220,
      least: 0.22,
      power: 1.7,
      seed: deriveSeed(seed, 'river'),
    });
    if (plan.weather !== 'clear' || plan.time === 'dawn') {
      paintMist(own, {
        metres: 600,
        top: 60,
        base: -30,
        strength: 0.4,
        scale: 120,
        seed: deriveSeed(seed, 'mist'),
      });
    }
    if (plan.weather === 'rain' || plan.weather === 'storm') paintRainfall(easel, 1);
    if (plan.weather === 'snow') paintSnowfall(easel, 1);
  },
};
