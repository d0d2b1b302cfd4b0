import { createRandom, deriveSeed } from '../../../random.ts';
import { clamp01, smoothstep } from '../../pixels/smoothstep.ts';
import { type Canvas, cover, rowOf, veil } from '../canvas/canvas.ts';
import { type Colour, colour, mix } from '../canvas/colour.ts';
import { dab, span } from '../canvas/dab.ts';
import { addHaze } from '../canvas/light.ts';
import { fractal, hash01 } from '../canvas/noise.ts';
import { groundSteps } from '../canvas/relief.ts';
import { paintLand } from '../parts/land.ts';
import { paintMirror } from '../parts/mirror.ts';
import { paintRainfall } from '../parts/rainfall.ts';
import { paintSky } from '../parts/sky.ts';
import { paintSnowfall } from '../parts/snowfall.ts';
import type { Easel, Scene } from '../scene.ts';

/** A narrow street of shops after dark, wet and full of lights. */
export const street: Scene = {
  name: 'rainy street',
  words: [
    'street',
    'rainy street',
    'alley',
    'neon street',
    'city street',
    'wet street',
    'avenue',
    'rainy city',
    'cyberpunk city',
    'neon city',
    'cyberpunk',
    'neon sign',
    'boulevard',
    'sidewalk',
    'street light',
    'streetlight',
    'street lamp',
    'cobblestone',
    'neon alley',
  ],
  hints: ['road', 'neon light', 'lantern', 'neon', 'puddle', 'lane', 'pavement'],
  time: 'night',
  weather: 'clear',
  season: 'autumn',
  view: () => ({ horizon: 0.55, eye: 2.2, lens: 1.05 }),
  light: () => ({ haze: 3.5, hidesDisc: true }),
  film: ({ time }) => (time === 'day' ? {} : { bloomThreshold: 0.4, bloom: 0.7, vignette: 0.4 }),
  pivot: 14,
  paint(easel) {
    const { plan, seed } = easel;
    paintSky(easel);
    const isDark = plan.time !== 'day' && plan.time !== 'golden hour';
    const random = createRandom(deriveSeed(seed, 'street'));
    paintFacades(easel, deriveSeed(seed, 'facades'), isDark ? 1 : 0.25);
    paintEnd(easel, deriveSeed(seed, 'end'), isDark ? 1 : 0);
    paintLamps(easel, random(), isDark ? 1 : 0);
    const isRaining = plan.weather === 'rain' || plan.weather === 'storm';
    const isWet = isRaining || isDark;
    if (isWet) {
      paintMirror(easel, {
        ripple: isRaining ? 0.02 : 0.007,
        scale: 0.12,
        smear: 0.42,
        dryness: isRaining ? 0.35 : 0.75,
        deep: 0x2a2c34,
        least: isRaining ? 0.34 : 0.2,
        power: 1.6,
        seed: deriveSeed(seed, 'asphalt'),
      });
      asphaltIsLand(easel.canvas);
    } else paintRoad(easel, deriveSeed(seed, 'asphalt'));
    if (isRaining) paintRainfall(easel, 1);
    if (plan.weather === 'snow') paintSnowfall(easel, 1);
  },
};

/** Half the width of the street, and of a shop's front, in metres. */
const HALF = 6.5;
const signs = [0xff3d8a, 0x35d6ff, 0xff8a2b, 0x8f5bff, 0xffd23a, 0x3affb0, 0xff4a3a].map(colour);
const windows = [0xffc477, 0xffdca0, 0xffb060, 0xcfe0ff].map(colour);

/** One house: where it begins and ends along the street, and what it is like. */
interface House {
  from: number;
  to: number;
  height: number;
  wall: Colour;
  sign: Colour;
  shop: Colour;
  seed: number;
}

function housesOf(side: number, seed: number): House[] {
  const random = createRandom(seed + side);
  const walls = [0x4a3a36, 0x3a4046, 0x55463a, 0x2e3440, 0x5a4a48].map(colour);
  const houses: House[] = [];
  for (let from = 2; from < 170; ) {
    const to = from + 6 + 8 * random();
    houses.push({
      from,
      to,
      height: 8 + 17 * random() * (0.5 + 0.5 * random()),
      wall: walls[Math.floor(random() * walls.length)]!,
      sign: signs[Math.floor(random() * signs.length)]!,
      shop: windows[Math.floor(random() * windows.length)]!,
      seed: Math.floor(random() * 1e9),
    });
    from = to;
  }
  return houses;
}

/** Both sides: for every pixel the point of the wall that it shows. */
function paintFacades(easel: Easel, seed: number, glow: number): void {
  const { canvas, light } = easel;
  const { width, height, focal, centre, horizon } = canvas;
  const shine = veil(canvas, 'light');
  const ink = new Float64Array(3);
  const sides = [housesOf(-1, seed), housesOf(1, seed)];
  for (let column = 0; column < width; column++) {
    const slant = (column + 0.5 - centre) / focal;
    const z = HALF / Math.max(1e-4, Math.abs(slant));
    if (z > 165) continue;
    const houses = sides[slant < 0 ? 0 : 1]!;
    const house = houses.find(({ to }) => z < to)!;
    const edge = Math.min(z - house.from, house.to - z);
    const metres = Math.hypot(z, HALF);
    const top = rowOf(canvas, z, house.height);
    const foot = rowOf(canvas, z, 0);
    for (let row = Math.max(0, Math.floor(top)); row < Math.min(height, Math.ceil(foot)); row++) {
      const level = ((horizon - row - 0.5) / focal) * z + canvas.eye;
      const alpha = clamp01(row + 1 - top) * clamp01(foot - row);
      const lamp = facade(ink, house, z, level, edge, (z * z) / (HALF * focal), easel, glow);
      addHaze(light, ink, metres, slant, 1, level);
      const pixel = row * width + column;
      shine[pixel] = lamp * alpha;
      cover(canvas, pixel, ink[0]!, ink[1]!, ink[2]!, alpha, metres, 'building');
    }
  }
}

/** Writes the colour of a point of a front into `ink`: shop below, windows above, a sign that hangs between. */
function facade(
  ink: Float64Array,
  house: House,
  z: number,
  level: number,
  edge: number,
  footprint: number,
  { light }: Easel,
  glow: number,
): number {
  const { seed } = house;
  const plaster = 0.8 + 0.35 * fractal(z * 0.9, level * 0.9, seed, 3);
  const soot = smoothstep(0, 0.5, edge) * (0.75 + 0.25 * smoothstep(0, 3, level));
  // Light from the shops climbs the walls.
  const spill = glow * 0.35 * Math.exp(-level / 4.5);
  for (let channel = 0; channel < 3; channel++) {
    ink[channel] =
      house.wall[channel]! *
      plaster *
      soot *
      (light.ambient[channel]! * 0.8 + light.keyColour[channel]! * 0.15 + spill * house.shop[channel]!);
  }
  const soft = Math.max(0.06, footprint);
  const add = (paint: Colour, strength: number): number => {
    for (let channel = 0; channel < 3; channel++) ink[channel]! += paint[channel]! * strength;
    return Math.min(1, strength);
  };
  if (level < 3.6) {
    const pane =
      smoothstep(0.35, 0.35 + soft, edge) *
      smoothstep(0.45, 0.45 + soft, level) *
      smoothstep(2.9, 2.9 - soft, level);
    const bars = Math.abs(((z - house.from) / 1.6) % 1) < 0.08 ? 0.25 : 1;
    const shelf = Math.abs(((level / 0.62) % 1) - 0.5) > 0.44 ? 0.55 : 1;
    const things = hash01(Math.floor(z / 0.23), Math.floor(level / 0.62), seed + 3);
    const goods = (0.62 + 0.38 * smoothstep(0.4, 2.6, level)) * shelf * (0.85 + 0.15 * things);
    const isOpen = hash01(1, 7, seed) < 0.82 ? 1 : 0.08;
    const shelfPaint =
      signs[Math.floor(hash01(Math.floor(z / 0.23), Math.floor(level / 0.62), seed + 4) * signs.length)]!;
    const isThing = level < 2.3 && things < 0.6;
    let lamp = add(house.shop, pane * bars * goods * isOpen * glow * (isThing ? 0.3 : 0.8));
    if (isThing) add(shelfPaint, pane * bars * shelf * isOpen * glow * 0.22);
    const board =
      smoothstep(3, 3 + soft, level) * smoothstep(3.6, 3.6 - soft, level) * smoothstep(0.5, 0.5 + soft, edge);
    if (board > 0) {
      const letters = smoothstep(-0.05, 0.15, fractal(z * 2.6, level * 3.1, seed + 8, 2));
      lamp = Math.max(lamp, add(house.sign, board * (0.25 + 0.9 * letters) * glow * 0.9));
    }
    return lamp;
  }
  const bay = (z - house.from) / 2.4;
  const floor = (level - 3.6) / 3;
  const column = Math.floor(bay);
  const row = Math.floor(floor);
  const pane =
    smoothstep(0.28, 0.28 - soft / 2.4, Math.abs(bay - column - 0.5)) *
    smoothstep(0.32, 0.32 - soft / 3, Math.abs(floor - row - 0.5)) *
    smoothstep(0.3, 0.6, edge);
  const isLit = hash01(column, row, seed + 1) < 0.42;
  const curtain = 0.6 + 0.4 * smoothstep(-0.3, 0.3, fractal(z * 3, level, seed + 5, 2));
  for (let channel = 0; channel < 3; channel++) {
    ink[channel] = mix(ink[channel]!, light.ambient[channel]! * 0.35, pane * 0.7);
  }
  if (isLit) {
    const lamp = windows[Math.floor(hash01(column, row, seed + 2) * windows.length)]!;
    return add(lamp, pane * curtain * glow * (0.25 + 0.6 * hash01(column, row, seed + 3)));
  }
  // A vertical sign over some fronts.
  const middle = (house.from + house.to) / 2;
  if (hash01(2, 2, seed) < 0.5 && level < house.height - 1 && level < 9 && level > 4.2) {
    const strip = smoothstep(0.55, 0.4, Math.abs(z - middle));
    if (strip > 0) {
      const letters = smoothstep(-0.1, 0.1, fractal(z * 2.2, level * 1.4, seed + 12, 2));
      return add(house.sign, strip * (0.2 + 0.9 * letters) * glow);
    }
  }
  return 0;
}

/** What closes the street: a few towers in the haze. */
function paintEnd(easel: Easel, seed: number, glow: number): void {
  const { canvas, light } = easel;
  const ink = new Float64Array(3);
  const foot = rowOf(canvas, 170, 0);
  const lit = veil(canvas, 'light');
  const half = (HALF / 165) * canvas.focal + 2;
  for (
    let column = Math.max(0, Math.floor(canvas.centre - half));
    column < Math.min(canvas.width, canvas.centre + half);
    column++
  ) {
    const tower = Math.floor((column - canvas.centre) / (half * 0.45));
    const top = rowOf(canvas, 170, 14 + 26 * hash01(tower, 1, seed));
    for (let row = Math.max(0, Math.floor(top)); row < foot && row < canvas.height; row++) {
      for (let channel = 0; channel < 3; channel++) ink[channel] = light.ambient[channel]! * 0.05;
      const spot =
        hash01(Math.floor(column / canvas.unit / 2), Math.floor(row / canvas.unit / 3), seed) < 0.3
          ? glow * 0.7
          : 0;
      for (let channel = 0; channel < 3; channel++) ink[channel]! += windows[1]![channel]! * spot;
      addHaze(light, ink, 320, 0, 1, 5);
      const pixel = row * canvas.width + column;
      lit[pixel] = spot;
      cover(canvas, pixel, ink[0]!, ink[1]!, ink[2]!, 1, 175, 'building');
    }
  }
}

/** Street lamps along both kerbs, with halos in the damp air. */
function paintLamps(easel: Easel, shift: number, glow: number): void {
  const { canvas, light } = easel;
  const pole: Colour = [light.ambient[0] * 0.05, light.ambient[1] * 0.05, light.ambient[2] * 0.05];
  const lamp: Colour = colour(0xffd9a0);
  const shine = veil(canvas, 'light');
  for (let index = 7; index >= 0; index--) {
    const z = 11 + index * 17 + 8 * shift;
    for (const side of [-1, 1]) {
      const x = canvas.centre + ((side * (HALF - 1.6)) / z) * canvas.focal;
      const head = rowOf(canvas, z, 5.2);
      const foot = rowOf(canvas, z, 0);
      const matter = { distance: z, region: 'building' as const };
      const half = Math.max(0.5, (0.06 / z) * canvas.focal);
      for (let row = Math.floor(head); row < foot; row++) span(canvas, row, x, half, pole, 1, matter);
      const size = (0.26 / z) * canvas.focal;
      dab(canvas, x, head, size, size * 0.9, glow > 0 ? [4, 3.2, 2] : [0.7, 0.7, 0.66], 1, matter);
      if (glow === 0) continue;
      const reach = (2.6 / z) * canvas.focal;
      for (
        let row = Math.max(0, Math.floor(head - reach));
        row < Math.min(canvas.height, head + reach);
        row++
      ) {
        for (
          let column = Math.max(0, Math.floor(x - reach));
          column < Math.min(canvas.width, x + reach);
          column++
        ) {
          const away = Math.hypot(column + 0.5 - x, row + 0.5 - head) / reach;
          if (away >= 1) continue;
          const halo = 0.5 * (1 - away) ** 3;
          const pixel = row * canvas.width + column;
          canvas.red[pixel]! += lamp[0] * halo;
          canvas.green[pixel]! += lamp[1] * halo;
          canvas.blue[pixel]! += lamp[2] * halo;
          if (away < 0.15) shine[pixel] = 1;
        }
      }
    }
  }
}

/** A dry road between two pavements. */
function paintRoad(easel: Easel, salt: number): void {
  const asphalt = colour(0x5c5a58);
  const stone = colour(0x9a948a);
  const isSnowy = easel.plan.weather === 'snow' || easel.plan.season === 'winter';
  paintLand(easel, groundSteps(easel.canvas, 2, 175), {
    height: () => 0,
    paint(x, z, _height, _upright, footprint, ink) {
      const side = Math.abs(x);
      const pavement = smoothstep(HALF - 2.3, HALF - 2.3 + Math.max(0.08, footprint * 0.3), side);
      const slab = Math.min(Math.abs(((z / 0.9) % 1) - 0.5), Math.abs((side % 1) - 0.5)) < 0.03 ? 0.75 : 1;
      const dash = side < 0.09 && (z / 5) % 1 < 0.5 ? 1 : 0;
      const tone = 0.85 + 0.25 * fractal(x * 1.5, z * 0.7, salt, 4);
      const snow = isSnowy
        ? smoothstep(-0.2, 0.3, fractal(x * 0.6, z * 0.3, salt + 5, 3) + 0.15 * side - 0.3)
        : 0;
      for (let channel = 0; channel < 3; channel++) {
        const paved = asphalt[channel]! + (stone[channel]! * slab - asphalt[channel]!) * pavement;
        const marked = (paved + (0.7 - paved) * dash) * tone;
        ink[channel] = marked + (0.85 - marked) * snow;
      }
    },
    reach: 10,
    steps: 0,
  });
}

/** The mirror paints water; here it was wet asphalt. */
function asphaltIsLand({ regions }: Canvas): void {
  const water = regions[1]!;
  const land = regions[2]!;
  for (let pixel = 0; pixel < water.length; pixel++) {
    land[pixel]! += water[pixel]!;
    water[pixel] = 0;
  }
}
