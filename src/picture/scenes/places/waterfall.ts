import { between, createRandom, deriveSeed } from '../../../random.ts';
import { clamp01, smoothstep } from '../../pixels/smoothstep.ts';
import { cover, rowOf, sideOf, veil } from '../canvas/canvas.ts';
import { type Colour, colour, tinted } from '../canvas/colour.ts';
import { addHaze } from '../canvas/light.ts';
import { fractal, noise, ridges } from '../canvas/noise.ts';
import { paintBoulder } from '../parts/boulder.ts';
import { paintCanopy } from '../parts/canopy.ts';
import { paintMirror } from '../parts/mirror.ts';
import { paintMist } from '../parts/mist.ts';
import { paintPineRow } from '../parts/pine.ts';
import { paintSky } from '../parts/sky.ts';
import type { Easel, Scene } from '../scene.ts';
import { growthOf } from '../season.ts';

/** A fall from a wooded cliff into a pool. */
export const waterfall: Scene = {
  name: 'waterfall',
  words: ['waterfall', 'cascade', 'water fall', 'cataract', 'plunge pool'],
  time: 'day',
  weather: 'clear',
  season: 'summer',
  view: () => ({ horizon: 0.64, eye: 2.4 }),
  light: () => ({ haze: 3, hidesDisc: true }),
  pivot: 14,
  moves: ['waterfall', 'water', 'plants'],
  paint(easel) {
    const { canvas, seed, plan } = easel;
    const random = createRandom(deriveSeed(seed, 'waterfall'));
    paintSky(easel);
    const metres = 48;
    const lip = 15 + 3 * random();
    const fall = (random() < 0.5 ? -1 : 1) * between(random, 0.5, 4.5);
    const salt = deriveSeed(seed, 'cliff');
    const edge = (x: number): number =>
      lip +
      5.5 * smoothstep(3, 16, Math.abs(x - fall)) +
      2.6 * noise(x / 6, 1, salt) +
      0.8 * noise(x / 1.7, 3, salt);
    paintPineRow(easel, {
      metres: 75,
      count: 34,
      height: 11,
      base: (x) => edge(x * 0.65) + 3,
      seed: deriveSeed(seed, 'wood'),
    });
    paintCliff(easel, metres, edge, fall, salt);
    paintFall(easel, metres - 2, lip, fall, salt);
    for (const part of [0, 1]) {
      paintCanopy(easel, {
        metres: metres - 1,
        count: 46,
        size: 0.03,
        line: (share) => {
          const x = sideOf(canvas, share * canvas.width, metres);
          const open = Math.abs(x - fall) < 4.2 ? -9 : 0;
          const level = part === 0 ? edge(x) : edge(x) * (0.3 + 0.35 * noise(x / 3, 9, salt));
          return rowOf(canvas, metres, level + open * (part === 0 ? -9 : 9)) / canvas.height;
        },
        stray: 0.02,
        glow: 0.8,
        seed: deriveSeed(seed, `ferns ${part}`),
      });
    }
    paintMirror(easel, {
      ripple: 0.024,
      scale: 0.5,
      smear: 0.12,
      deep: 0x1a5a58,
      least: 0.12,
      power: 2.2,
      seed: deriveSeed(seed, 'pool'),
    });
    paintFroth(easel, metres - 2, fall, salt);
    paintMist(easel, {
      metres: metres - 4,
      top: 4.2,
      base: 0,
      strength: 0.75,
      scale: 6,
      paint: mistColour(easel),
      seed: deriveSeed(seed, 'spray'),
    });
    for (let rock = 0; rock < 22; rock++) {
      const z = rock < 12 ? between(random, 36, 44) : between(random, 9, 26);
      const share =
        rock < 12 ? random() : random() < 0.5 ? between(random, -0.02, 0.27) : between(random, 0.73, 1.02);
      paintBoulder(easel, {
        column: share * canvas.width,
        metres: z,
        base: 0,
        radius: between(random, 0.5, 1.9) * (rock < 12 ? 1 : 0.6),
        seed: Math.floor(random() * 1e6),
      });
    }
    paintCanopy(easel, {
      metres: 8,
      count: 46,
      size: 0.045,
      line: (share) => 1.04 - 0.32 * Math.abs(share - 0.5) ** 1.6,
      stray: 0.03,
      glow: plan.time === 'night' ? 0.3 : 0.55,
      seed: deriveSeed(seed, 'near ferns'),
    });
  },
};

/** What the fall and its spray look like in this light. */
function mistColour({ light }: Easel): Colour {
  return [0, 1, 2].map(
    (channel) => light.ambient[channel]! * 0.85 + light.keyColour[channel]! * 0.12,
  ) as unknown as Colour;
}

/** A wall of layered rock, wet and mossy. */
function paintCliff(
  { canvas, light, plan }: Easel,
  metres: number,
  edge: (x: number) => number,
  fall: number,
  salt: number,
): void {
  const { width, height, horizon, focal } = canvas;
  const { grass, snow } = growthOf(plan);
  const stone = plan.palette
    .filter(({ region }) => region === 'land')
    .reduce((paint, { hex }) => tinted(paint, colour(hex), 0.7), colour(0x6e675e));
  const ink = new Float64Array(3);
  const foot = Math.min(height, rowOf(canvas, metres, 0) + 1);
  const leaning = 0.25 * (noise(salt & 63, 0.5, salt) + 0.3);
  /** Pillars that stand upright, broken by ledges at heights of their own, and cracks in both. */
  const relief = (x: number, level: number) => {
    const bent = x / 3.4 + leaning * (level / 6) + 0.8 * noise(x / 9, level / 8, salt + 1);
    const pillar = Math.floor(bent);
    const across = bent - pillar;
    const ledge =
      level / (2.6 + 1.3 * (pillar & 1)) +
      0.35 * across +
      1.9 * noise(pillar * 2.3 + 0.3 * across, level / 7, salt + 2);
    const step = ledge - Math.floor(ledge);
    return (
      0.5 * Math.sqrt(Math.max(0, across * (1 - across) * 4)) +
      0.22 * smoothstep(0, 0.22, step) * (1 - 0.4 * step) +
      0.5 * ridges(x / 2.7, level / 4.6, salt + 4, 4)
    );
  };
  for (let column = 0; column < width; column++) {
    const x = sideOf(canvas, column + 0.5, metres);
    const top = rowOf(canvas, metres, edge(x));
    for (let row = Math.max(0, Math.floor(top)); row < foot; row++) {
      const level = ((horizon - row - 0.5) / focal) * metres + canvas.eye;
      const alpha = clamp01(row + 1 - top);
      const here = relief(x, level);
      const slopeX = (relief(x + 0.25, level) - here) * 7;
      const slopeY = (relief(x, level + 0.25) - here) * 7;
      const lit = clamp01((-slopeX * light.key[0] - slopeY * light.key[1] + 0.45) * 0.9);
      // Moss sits on what looks up, and hangs down from it.
      const moss = smoothstep(0.05, 0.4, fractal(x / 1.7, level / 4.8, salt + 9, 4) - 0.1 * slopeY + 0.08);
      const wet = Math.exp(-(((x - fall) / 4.5) ** 2));
      const tone = (0.6 + 0.55 * here) * (1 - 0.4 * wet);
      for (let channel = 0; channel < 3; channel++) {
        const plant = snow > 0 ? 0.8 : grass[0][channel]! * 0.75;
        const paint = stone[channel]! * tone;
        const body = paint + (plant - paint) * moss * (1 - 0.5 * wet);
        ink[channel] =
          body * (light.ambient[channel]! * (0.5 + 0.3 * here) + light.keyColour[channel]! * lit * 0.62);
      }
      addHaze(light, ink, metres, x / metres, 1, level);
      cover(canvas, row * width + column, ink[0]!, ink[1]!, ink[2]!, alpha, metres, 'land');
    }
  }
}

/** The falling water: strands that widen and tear as they fall. */
function paintFall(easel: Easel, metres: number, lip: number, fall: number, salt: number): void {
  const { canvas } = easel;
  const { width, height, horizon, focal } = canvas;
  const foam = veil(canvas, 'foam');
  const white = mistColour(easel);
  const top = Math.max(0, Math.floor(rowOf(canvas, metres, lip)));
  const foot = Math.min(height, rowOf(canvas, metres, 0));
  for (let row = top; row < foot; row++) {
    const level = ((horizon - row - 0.5) / focal) * metres + canvas.eye;
    const fallen = (lip - level) / lip;
    const half = 1.7 + 1.1 * fallen + 0.35 * noise(level / 2.5, 1, salt + 3);
    for (let column = 0; column < width; column++) {
      const x = sideOf(canvas, column + 0.5, metres) - fall - 0.3 * noise(level / 5, 4, salt + 6);
      const across = Math.abs(x) / half;
      if (across > 1.25) continue;
      const strand = fractal(x * 3.4, level * 0.16 + 0.5 * fallen, salt + 12, 4);
      const ledge = smoothstep(0.42, 0.5, Math.abs(((fallen * 2.3 + 0.1 * noise(x, 2, salt)) % 1) - 0.5));
      const alpha =
        clamp01(smoothstep(1.2, 0.55, across + 0.45 * strand) * (0.86 + 0.3 * strand + 0.2 * ledge)) *
        smoothstep(-0.01, 0.03, fallen);
      if (alpha < 0.01) continue;
      const tone = 0.72 + 0.5 * strand + 0.3 * ledge * (1 - across * 0.5) + 0.25 * fallen;
      const pixel = row * width + column;
      cover(
        canvas,
        pixel,
        white[0] * tone,
        white[1] * tone * 1.02,
        white[2] * tone * 1.05,
        alpha,
        metres,
        'water',
      );
      foam[pixel] = Math.max(foam[pixel]!, alpha);
    }
  }
}

/** White water at the foot of the fall. */
function paintFroth(easel: Easel, metres: number, fall: number, salt: number): void {
  const { canvas } = easel;
  const { width, height, horizon, focal, eye } = canvas;
  const foam = veil(canvas, 'foam');
  const white = mistColour(easel);
  const water = canvas.regions[1]!;
  for (let row = Math.ceil(horizon + 1); row < height; row++) {
    const z = (eye * focal) / (row + 0.5 - horizon);
    if (z > metres || z < 8) continue;
    for (let column = 0; column < width; column++) {
      const pixel = row * width + column;
      if (water[pixel]! < 0.5) continue;
      const x = sideOf(canvas, column + 0.5, z) - fall;
      const near = Math.exp(-((x / 6) ** 2) - ((metres - z) / 9) ** 2);
      const streak = fractal(x / 1.6, z / 3, salt + 22, 4);
      const alpha = smoothstep(0.28, 0.75, near + 0.45 * streak * smoothstep(0.02, 0.3, near));
      if (alpha < 0.01) continue;
      const paint = (channel: 0 | 1 | 2, plane: Float32Array) => {
        plane[pixel]! += (white[channel] * (0.85 + 0.3 * streak) - plane[pixel]!) * alpha;
      };
      paint(0, canvas.red);
      paint(1, canvas.green);
      paint(2, canvas.blue);
      foam[pixel] = Math.max(foam[pixel]!, alpha);
    }
  }
}
