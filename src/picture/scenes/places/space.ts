import { between, createRandom, deriveSeed } from '../../../random.ts';
import { smoothstep } from '../../pixels/smoothstep.ts';
import { veil } from '../canvas/canvas.ts';
import { type Colour, colour, mix, scaleColour } from '../canvas/colour.ts';
import { fractal } from '../canvas/noise.ts';
import { addStar } from '../parts/stars.ts';
import type { Easel, Scene } from '../scene.ts';

/** Coloured gas, stars, and a planet lit from the side. */
export const space: Scene = {
  name: 'space',
  words: [
    'in space',
    'from space',
    'through space',
    'into space',
    'space scene',
    'vastness of space',
    'space nebula',
    'outer space',
    'deep space',
    'galaxy',
    'nebula',
    'planet',
    'universe',
    'cosmos',
    'interstellar',
    'earth from space',
    'star field',
    'starfield',
    'supernova',
    'solar system',
    'saturn',
    'jupiter',
    'alien planet',
    'black hole',
    'cosmic',
  ],
  hints: ['comet', 'earth', 'orbit'],
  time: 'night',
  weather: 'clear',
  season: 'summer',
  view: () => ({ horizon: 1, eye: 10 }),
  film: () => ({ bloomThreshold: 0.45, bloom: 0.5, vignette: 0.35, saturation: 1.2 }),
  pivot: 30,
  isSheltered: true,
  paint(easel) {
    const isGalaxy = easel.plan.features.includes('galaxy');
    paintNebula(easel);
    if (isGalaxy) paintGalaxy(easel);
    paintStarField(easel);
    if (isGalaxy) return;
    if (
      easel.plan.features.includes('planet') ||
      createRandom(deriveSeed(easel.seed, 'has planet'))() < 0.75
    ) {
      paintPlanet(easel);
    }
  },
};

/** Pairs of gas colours: one is picked by the seed. */
const palettes = [
  [0x2a4cc8, 0xd8489a, 0xffb86a],
  [0x1c7a9a, 0x7a4ad8, 0xf0a0c8],
  [0x8a2a5a, 0xe8704a, 0xffdca0],
  [0x2a8a7a, 0x3a5ad0, 0xd0e8ff],
] as const;

function gasColours({ plan, seed }: Easel): [Colour, Colour, Colour] {
  const own = palettes[Math.floor(createRandom(deriveSeed(seed, 'gas'))() * palettes.length)]!;
  const dyes = plan.palette.map(({ hex }) => hex);
  const [cold, warm, bright] = dyes.length > 0 ? [dyes[0]!, dyes[1] ?? dyes[0]!, dyes[2] ?? own[2]] : own;
  return [colour(cold), colour(warm), colour(bright)];
}

/** Clouds of gas by noise that is bent by noise (Quilez, "Domain warping"), with dark dust before them. */
function paintNebula(easel: Easel): void {
  const { canvas, seed } = easel;
  const { width, height } = canvas;
  const size = Math.sqrt(width * height);
  const salt = deriveSeed(seed, 'nebula');
  const random = createRandom(salt);
  const angle = random() * Math.PI;
  const cosine = Math.cos(angle);
  const sine = Math.sin(angle);
  const centreX = width * between(random, 0.35, 0.65);
  const centreY = height * between(random, 0.35, 0.65);
  const [cold, warm, bright] = gasColours(easel);
  const gas = veil(canvas, 'cloud');
  for (let row = 0, pixel = 0; row < height; row++) {
    for (let column = 0; column < width; column++, pixel++) {
      const u = (column - centreX) / size;
      const v = (row - centreY) / size;
      const along = (u * cosine + v * sine) * 1.7;
      const across = (-u * sine + v * cosine) * 1.7;
      const bendX = fractal(along + 4, across, salt, 4);
      const bendY = fractal(along, across + 9, salt + 4, 4);
      const cloud = fractal(along + 1.1 * bendX, across + 1.1 * bendY, salt + 8, 6, 0.55);
      const dust = fractal(along * 1.6 + 0.8 * bendY + 7, across * 1.6 + 0.8 * bendX, salt + 16, 5, 0.55);
      const band = Math.exp(-((across / 0.75) ** 2)) * Math.exp(-((along / 1.5) ** 2));
      const density = smoothstep(-0.25, 0.6, cloud + 0.35 * band - 0.12) * (0.3 + 0.7 * band);
      const dark = 1 - 0.8 * smoothstep(0.02, 0.42, dust);
      const heat = smoothstep(-0.3, 0.35, bendX + 0.4 * (band - 0.5));
      const core = smoothstep(0.5, 1, density) * band;
      const paint = (channel: 0 | 1 | 2): number =>
        0.006 +
        0.012 * [0.5, 0.6, 1][channel]! +
        density * dark * 0.62 * mix(cold[channel], warm[channel], heat) +
        density * density * dark * core * 0.7 * bright[channel];
      canvas.red[pixel] = paint(0);
      canvas.green[pixel] = paint(1);
      canvas.blue[pixel] = paint(2);
      gas[pixel] = Math.min(1, density * dark);
    }
  }
}

/** A galaxy seen at a slant: two logarithmic arms that wind out of a bright core, with dust along their inner edges. */
function paintGalaxy(easel: Easel): void {
  const { canvas, seed } = easel;
  const { width, height } = canvas;
  // The gas around it steps back.
  for (const plane of [canvas.red, canvas.green, canvas.blue]) {
    for (let pixel = 0; pixel < plane.length; pixel++) plane[pixel]! *= 0.3;
  }
  const salt = deriveSeed(seed, 'galaxy');
  const random = createRandom(salt);
  const size = Math.sqrt(width * height) * 0.42;
  const x0 = width * between(random, 0.42, 0.58);
  const y0 = height * between(random, 0.42, 0.58);
  const tilt = between(random, -0.6, 0.6);
  const slant = between(random, 0.42, 0.62);
  const hand = random() < 0.5 ? -1 : 1;
  const [cold, warm] = gasColours(easel);
  for (let row = 0, pixel = 0; row < height; row++) {
    for (let column = 0; column < width; column++, pixel++) {
      const dx = (column - x0) / size;
      const dy = (row - y0) / size;
      const u = dx * Math.cos(tilt) + dy * Math.sin(tilt);
      const v = (dy * Math.cos(tilt) - dx * Math.sin(tilt)) / slant;
      const away = Math.hypot(u, v);
      if (away > 1.7) continue;
      const angle =
        Math.atan2(v, u) * hand - 2.9 * Math.log(away + 0.06) + 0.5 * fractal(u * 3, v * 3, salt, 4);
      const arm = (0.5 + 0.5 * Math.cos(angle * 2)) ** 2;
      const lane = Math.max(0, Math.cos(angle * 2 + 0.9)) ** 6 * smoothstep(0.1, 0.3, away);
      const knots = 0.55 + 0.75 * smoothstep(-0.3, 0.6, fractal(u * 9, v * 9, salt + 6, 4));
      const disc = Math.exp(-away * 2.1) * smoothstep(1.7, 1.1, away);
      const core = Math.exp(-(away * away) / 0.018) + 0.4 * Math.exp(-away / 0.16);
      const light = disc * (0.16 + 1.15 * arm * knots) * (1 - 0.7 * lane);
      const heat = smoothstep(0.5, 0.08, away);
      canvas.red[pixel]! += light * mix(cold[0] + 0.1, warm[0], heat) + core * 1.1;
      canvas.green[pixel]! += light * mix(cold[1] + 0.1, warm[1], heat) + core * 0.9;
      canvas.blue[pixel]! += light * mix(cold[2] + 0.15, warm[2], heat) + core * 0.66;
    }
  }
}

function paintStarField({ canvas, seed }: Easel): void {
  const random = createRandom(deriveSeed(seed, 'stars'));
  for (let star = 0; star < 2600; star++) {
    const x = random() * canvas.width;
    const y = random() * canvas.height;
    const size = 0.032 * (random() + 0.003) ** -0.66;
    addStar(canvas, x, y, size, random(), 1);
  }
  const lights = veil(canvas, 'light');
  for (let star = 0; star < 7; star++) {
    const x = random() * canvas.width;
    const y = random() * canvas.height;
    const long = canvas.unit * between(random, 9, 24);
    addStar(canvas, x, y, 2.4, random() * 0.5, 1.3);
    // The four rays of a telescope's spider.
    for (let step = -long; step <= long; step++) {
      const light = 0.7 * (1 - Math.abs(step) / long) ** 3;
      for (const [column, row] of [
        [Math.floor(x + step), Math.floor(y)],
        [Math.floor(x), Math.floor(y + step)],
      ] as const) {
        if (column < 0 || row < 0 || column >= canvas.width || row >= canvas.height) continue;
        const pixel = row * canvas.width + column;
        canvas.red[pixel]! += light * 0.85;
        canvas.green[pixel]! += light * 0.95;
        canvas.blue[pixel]! += light * 1.1;
        lights[pixel] = Math.max(lights[pixel]!, Math.min(1, light));
      }
    }
  }
}

/** A planet with bands or land, a terminator, an atmosphere, perhaps a ring. */
function paintPlanet({ canvas, seed, plan }: Easel): void {
  const { width, height } = canvas;
  const salt = deriveSeed(seed, 'planet');
  const random = createRandom(salt);
  const size = Math.sqrt(width * height);
  const radius = size * between(random, 0.2, 0.34);
  const side = random() < 0.5 ? -1 : 1;
  const x0 = width * (0.5 + side * between(random, 0.16, 0.34));
  const y0 = height * between(random, 0.5, 0.85);
  const isGiant = random() < 0.5;
  const hues = isGiant ? [0xd8b48a, 0xb07a52, 0xf0dcc0] : [0x1c4a7a, 0x4a6a3a, 0xe8eef4];
  const dyed = plan.palette[0]?.hex;
  const [base, second, third] = hues.map(colour) as [Colour, Colour, Colour];
  const ground = dyed === undefined ? base : colour(dyed);
  const rim = scaleColour(colour(isGiant ? 0xffd0a0 : 0x6ab4ff), 0.9);
  const sun = [-side * 0.72, -0.5, 0.48] as const;
  const land = canvas.regions[2]!;
  const sky = canvas.regions[0]!;
  const reach = radius * 1.12;
  const tilt = between(random, -0.35, 0.35);
  for (let row = Math.max(0, Math.floor(y0 - reach)); row < Math.min(height, y0 + reach); row++) {
    for (let column = Math.max(0, Math.floor(x0 - reach)); column < Math.min(width, x0 + reach); column++) {
      const dx = (column + 0.5 - x0) / radius;
      const dy = (row + 0.5 - y0) / radius;
      const away = Math.hypot(dx, dy);
      const pixel = row * width + column;
      const facingEdge = (dx * sun[0] + dy * sun[1]) / Math.max(0.01, away);
      // Under its edge, too, which does not hide it as a whole.
      if (away > 1 - 2 / radius) {
        const halo = Math.exp(-Math.max(0, away - 1) * 38) * smoothstep(-0.35, 0.9, facingEdge) * 0.7;
        canvas.red[pixel]! += rim[0] * halo;
        canvas.green[pixel]! += rim[1] * halo;
        canvas.blue[pixel]! += rim[2] * halo;
      }
      if (away > 1) continue;
      const dz = Math.sqrt(1 - away * away);
      const day = Math.max(0, dx * sun[0] + dy * sun[1] + dz * sun[2]);
      const lit = smoothstep(0, 0.35, day) * (0.25 + 0.75 * day);
      const u = (dx * Math.cos(tilt) + dy * Math.sin(tilt)) / (0.35 + dz);
      const v = dy * Math.cos(tilt) - dx * Math.sin(tilt);
      const band = isGiant
        ? fractal(u * 0.5 + 3, v * 6 + 0.35 * fractal(u * 2, v * 7, salt + 5, 4), salt, 4)
        : fractal(u * 1.6, v * 2, salt, 6);
      const solid = smoothstep(isGiant ? -0.4 : 0.02, isGiant ? 0.4 : 0.12, band);
      const white = isGiant
        ? smoothstep(0.1, 0.6, fractal(u * 0.7, v * 11, salt + 30, 4))
        : smoothstep(0.02, 0.5, fractal(u * 2.2 + 5, v * 3.2, salt + 20, 6)) +
          smoothstep(0.75, 0.95, Math.abs(v));
      const glow = (1 - dz) ** 3 * 0.8;
      const alpha = smoothstep(1, 1 - 1.6 / radius, away);
      const paint = (channel: 0 | 1 | 2, plane: Float32Array) => {
        const surface = mix(
          mix(ground[channel], second[channel], solid),
          third[channel],
          Math.min(1, white) * 0.8,
        );
        const value = surface * lit * 1.15 + rim[channel] * glow * smoothstep(-0.05, 0.4, day) + 0.004;
        plane[pixel] = mix(plane[pixel]!, value, alpha);
      };
      paint(0, canvas.red);
      paint(1, canvas.green);
      paint(2, canvas.blue);
      for (const plane of canvas.veils.values()) plane[pixel]! *= 1 - alpha;
      land[pixel] = alpha;
      sky[pixel] = 1 - alpha;
      if (alpha > 0.5) canvas.distance[pixel] = 60 - 20 * dz;
    }
  }
}
