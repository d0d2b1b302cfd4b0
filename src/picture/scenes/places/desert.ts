import { createRandom, deriveSeed } from '../../../random.ts';
import { smoothstep } from '../../pixels/smoothstep.ts';
import { colour, tinted } from '../canvas/colour.ts';
import { fractal, noise } from '../canvas/noise.ts';
import { groundSteps } from '../canvas/relief.ts';
import { paintLand } from '../parts/land.ts';
import { paintSky } from '../parts/sky.ts';
import type { Scene } from '../scene.ts';

/** Dunes with sharp, winding crests. */
export const desert: Scene = {
  name: 'desert',
  words: ['desert', 'dune', 'sand dune', 'sahara', 'sandstorm', 'sand storm', 'dust storm', 'desert dune'],
  hints: ['sand'],
  time: 'golden hour',
  weather: 'clear',
  season: 'summer',
  view: () => ({ horizon: 0.4, eye: 24 }),
  light: ({ weather }) => ({ haze: weather === 'fog' ? 0.5 : 2.4, keyElevation: 0.24 }),
  // What hangs in the air of a desert is sand.
  film: ({ weather }) =>
    weather === 'fog' ? { saturation: 1.2, shadows: [1.2, 0.84, 0.5], highlights: [1.1, 0.84, 0.46] } : {},
  pivot: 70,
  paint(easel) {
    const { canvas, seed, plan, light } = easel;
    paintSky(easel);
    const random = createRandom(deriveSeed(seed, 'wind'));
    const salt = deriveSeed(seed, 'dunes');
    // Crests run roughly away from the painter, so that one side of each lies in shade.
    const lean = Math.sign(light.key[0]) || 1;
    const angle = lean * (0.55 + 0.35 * random());
    const cosine = Math.cos(angle);
    const sine = Math.sin(angle);
    const ridge = (x: number, z: number, spacing: number, salted: number): number => {
      const across = (x * cosine - z * sine) / spacing;
      const along = (x * sine + z * cosine) / spacing;
      const winding =
        0.55 * noise(along * 0.5, across * 0.35, salted) + 0.16 * noise(along * 1.5, across, salted + 1);
      const position = across * lean + winding;
      const share = position - Math.floor(position);
      const dune = Math.floor(position);
      const tall = 0.75 + 0.5 * noise(dune * 3.7, along * 0.4, salted + 2);
      // A long windward slope, a crest, a short slip face at the angle at which sand rests.
      const profile = share < 0.68 ? (share / 0.68) ** 1.35 : ((1 - share) / 0.32) ** 1.15;
      return profile * Math.max(0.15, tall);
    };
    const height = (x: number, z: number): number =>
      24 * ridge(x, z, 105, salt) * smoothstep(18, 90, z) +
      (z > 200 ? 60 * ridge(x + 300, z, 480, salt + 20) * smoothstep(200, 900, z) : 0) +
      (z < 260 ? 3 * ridge(x, z, 42, salt + 40) * smoothstep(260, 60, z) : 0) -
      14;
    const dye = (hex: number) =>
      plan.palette
        .filter(({ region }) => region === 'land')
        .reduce((paint, tint) => tinted(paint, colour(tint.hex), 0.8), colour(hex));
    const pale = dye(0xdca468);
    const deep = dye(0xc98850);
    paintLand(easel, groundSteps(canvas, 22, 4200), {
      height,
      paint(x, z, _height, _upright, footprint, ink) {
        let tone = 0.92 + 0.08 * fractal(x / 19, z / 19, salt + 5, 3);
        if (footprint < 1.2) {
          const wave = (x * 0.5 + z * 0.9 + 3 * noise(x / 11, z / 11, salt + 7)) * 2.6;
          // Ripples: a steep lee side, and fainter where the wind has smoothed them.
          const ripple = Math.sin(wave + 0.6 * Math.sin(wave));
          const kept = smoothstep(-0.25, 0.3, noise(x / 31, z / 31, salt + 8));
          tone += ripple * 0.17 * kept * smoothstep(1.2, 0.15, footprint);
        }
        const share = smoothstep(-0.3, 0.3, noise(x / 140, z / 140, salt + 6));
        for (let channel = 0; channel < 3; channel++) {
          ink[channel] = (pale[channel]! + (deep[channel]! - pale[channel]!) * share) * tone;
        }
      },
      detail: 0.8,
      reach: 160,
      steps: 5,
    });
  },
};
