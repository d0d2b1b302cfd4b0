import { between, createRandom, deriveSeed, type Random } from '../../../random.ts';
import { smoothstep } from '../../pixels/smoothstep.ts';
import { rowOf, sideOf, veil } from '../canvas/canvas.ts';
import { type Colour, colour, scaleColour, tinted } from '../canvas/colour.ts';
import { dab, span } from '../canvas/dab.ts';
import { directionOf, type Light, litColour, skyRamp } from '../canvas/light.ts';
import { fractal, lace, noise } from '../canvas/noise.ts';
import { groundSteps } from '../canvas/relief.ts';
import { paintLand } from '../parts/land.ts';
import { paintGradient } from '../parts/sky.ts';
import type { Easel, Scene } from '../scene.ts';

/** The sea floor below a bright surface: beams, corals, weed, a shoal. */
export const underwater: Scene = {
  name: 'underwater',
  words: [
    'underwater',
    'under water',
    'undersea',
    'coral reef',
    'reef',
    'sea floor',
    'seabed',
    'ocean floor',
    'deep sea',
    'kelp',
    'kelp forest',
    'below the surface',
    'under the sea',
    'aquarium',
    'beneath the ocean',
    'beneath the sea',
    'underwater world',
    'beneath the wave',
  ],
  hints: ['coral', 'bubble'],
  time: 'day',
  weather: 'clear',
  season: 'summer',
  view: () => ({ horizon: 0.6, eye: 2.2 }),
  film: () => ({
    saturation: 1.15,
    vignette: 0.36,
    bloomThreshold: 0.6,
    bloom: 0.5,
    shadows: [0.9, 1, 1.08],
  }),
  pivot: 7,
  isSheltered: true,
  moves: ['bubbles', 'lightRays'],
  paint() {},
  live: { motions: ['water'], paint: paintReef },
};

function paintReef(easel: Easel): void {
  const { canvas, seed } = easel;
  const below = { ...easel, light: waterLight(easel) };
  paintGradient(below);
  paintSurface(below);
  const salt = deriveSeed(seed, 'floor');
  const floor = (x: number, z: number): number =>
    0.9 * noise(x / 7, z / 8, salt) * smoothstep(2, 8, z) +
    0.06 * fractal(x * 1.2, z * 1.2, salt + 1, 2) +
    smoothstep(8, 40, z) * 1.5 * (0.6 + noise(x / 16, 2, salt));
  paintFloor(below, floor, salt);
  const random = createRandom(deriveSeed(seed, 'life'));
  const places = Array.from({ length: 30 }, () => ({ z: between(random, 3.2, 22), share: random() }));
  places.sort((one, other) => other.z - one.z);
  places.forEach(({ z, share }, index) => {
    const edge = Math.abs(share - 0.5) * 2;
    if (z < 9 && edge < 0.45) return;
    const column = share * canvas.width;
    const base = floor(sideOf(canvas, column, z), z);
    const own = createRandom(deriveSeed(seed, `life ${index}`));
    if (index % 3 === 0) paintWeed(below, column, z, base, own);
    else paintCoral(below, column, z, base, own);
  });
  paintBeams(below);
  paintShoal(below);
  paintBubbles(below);
  asWater(easel);
}

/** Light under water: it comes from straight above, and everything fades to the colour of the water. */
function waterLight({ plan, light }: Easel): Light {
  const isNight = plan.time === 'night' || plan.time === 'dusk';
  const gain = isNight ? 0.28 : plan.time === 'sunset' || plan.time === 'dawn' ? 0.75 : 1;
  const dye = (value: Colour): Colour =>
    plan.palette
      .filter(({ region }) => region === 'water' || region === 'all')
      .reduce((paint, { hex }) => tinted(paint, colour(hex), 0.8), scaleColour(value, gain));
  const stops = [
    [0, 0x0a4f86],
    [0.12, 0x0e6a9e],
    [0.3, 0x2a9cc0],
    [0.6, 0x9fe6ea],
  ] as const;
  return {
    ...light,
    ramp: skyRamp(stops, dye),
    sun: directionOf(0, 1, 0.2),
    disc: 0,
    glow: [0, 0, 0],
    key: directionOf(0.2, 0.95, 0.1),
    keyColour: dye([0.9, 1.25, 1.15]),
    ambient: dye([0.18, 0.45, 0.62]),
    hazePerMetre: 0.062,
    hazeTop: 1e6,
    stars: 0,
  };
}

/** The rippled surface seen from below. */
function paintSurface({ canvas, light, seed, seconds }: Easel): void {
  const { width, horizon, focal, centre } = canvas;
  const salt = deriveSeed(seed, 'surface');
  const lights = [canvas.red, canvas.green, canvas.blue] as const;
  for (let row = 0; row < horizon - 1; row++) {
    const z = (6.5 * focal) / (horizon - row - 0.5);
    const near = Math.exp(-z * 0.085);
    if (near < 0.02) break;
    for (let column = 0; column < width; column++) {
      const x = ((column + 0.5 - centre) / focal) * z;
      const bend = noise(x * 0.5, z * 0.5 + 0.35 * seconds, salt) * 0.8;
      const net = lace(x * 0.42 + bend + 0.16 * seconds, z * 0.34 + bend, salt + 2);
      const fine = lace(x * 1.1 - bend, z * 0.8 - 0.3 * seconds, salt + 3);
      const ripple = (smoothstep(0.3, 0, net) * 0.6 + smoothstep(0.25, 0, fine) * 0.3 + 0.25) * near;
      const sun = Math.exp(-((x * 0.16) ** 2) - ((z - 12) * 0.07) ** 2);
      const strength = ripple * (0.5 + 1.6 * sun);
      const pixel = row * width + column;
      for (let channel = 0; channel < 3; channel++) {
        lights[channel]![pixel]! += light.keyColour[channel]! * strength * 0.62;
      }
    }
  }
}

function paintFloor(easel: Easel, floor: (x: number, z: number) => number, salt: number): void {
  const { seconds } = easel;
  const sand = colour(0xd8cda4);
  const rock = colour(0x5a5648);
  paintLand(easel, groundSteps(easel.canvas, 2, 60), {
    height: floor,
    paint(x, z, height, _upright, footprint, ink) {
      const stony = smoothstep(0.1, 0.45, fractal(x / 3, z / 3, salt + 5, 3) + 0.25 * height);
      const ripple =
        Math.sin((z * 1.2 + x * 0.3 + noise(x, z, salt) * 0.7) * 9) * 0.06 * smoothstep(0.2, 0.03, footprint);
      const bend = noise(x * 0.7, z * 0.7 + 0.3 * seconds, salt + 8) * 0.5;
      // Light that the waves above bundle into a net.
      const net =
        smoothstep(
          0.24,
          0,
          lace(x * 0.9 + bend + 0.22 * seconds, z * 0.9 + bend - 0.14 * seconds, salt + 9),
        ) * smoothstep(0.9, 0.1, footprint);
      const tone = 0.72 + ripple + 0.25 * fractal(x * 1.5, z * 1.5, salt + 6, 3) + 0.75 * net;
      for (let channel = 0; channel < 3; channel++) {
        ink[channel] = (sand[channel]! + (rock[channel]! - sand[channel]!) * stony) * tone;
      }
    },
    reach: 4,
    steps: 0,
  });
}

const corals = [0xe8604a, 0xf08a5a, 0xd84a8a, 0xb05ac8, 0xf0c04a, 0xe88ab0, 0x4ac0a8].map(colour);

/** A coral: a fan of rounded branches. */
function paintCoral({ canvas, light }: Easel, column: number, z: number, base: number, random: Random): void {
  const scale = canvas.focal / z;
  const foot = rowOf(canvas, z, base) + 0.05 * scale;
  const paint = corals[Math.floor(random() * corals.length)]!;
  const tall = between(random, 0.3, 0.85) * scale;
  const isRound = random() < 0.4;
  const matter = { distance: z, region: 'land' as const };
  const tone = (ambient: number, key: number) =>
    litColour(light, paint, ambient, key, z, sideOf(canvas, column, z));
  const dark = tone(0.5, 0.05);
  const middle = tone(0.9, 0.3);
  const bright = tone(1, 0.85);
  for (let touch = 0; touch < 190; touch++) {
    let dx: number;
    let dy: number;
    if (isRound) {
      const angle = random() * 2 * Math.PI;
      const out = Math.sqrt(random());
      dx = Math.cos(angle) * out * 0.75;
      dy = 0.4 + Math.sin(angle) * out * 0.42;
    } else {
      const branch = (Math.floor(random() * 9) - 4) / 4;
      const along = random();
      dx = branch * along * 0.75 + 0.08 * Math.sin(along * 7 + branch * 5);
      dy = along * (1 - 0.35 * branch * branch);
    }
    if (dy < 0) continue;
    const lit = dy * 0.7 + (random() - 0.4) * 0.5;
    const size = tall * (isRound ? 0.07 : 0.055) * between(random, 0.7, 1.3);
    const seen = lit < 0.3 ? dark : lit < 0.65 ? middle : bright;
    dab(canvas, column + dx * tall, foot - dy * tall, size, size * 0.9, seen, 0.92, matter);
  }
}

/** Weed: ribbons that sway upwards. */
function paintWeed({ canvas, light }: Easel, column: number, z: number, base: number, random: Random): void {
  const scale = canvas.focal / z;
  const foot = rowOf(canvas, z, base) + 0.05 * scale;
  const side = sideOf(canvas, column, z);
  const leaf = colour(random() < 0.6 ? 0x4a7a3a : 0x7a6a2a);
  const matter = { distance: z, region: 'foliage' as const };
  for (let ribbon = 0; ribbon < 7; ribbon++) {
    const tall = between(random, 0.7, 2.4) * scale;
    const start = column + between(random, -0.35, 0.35) * scale;
    const phase = random() * 7;
    const half = between(random, 0.02, 0.045) * scale;
    const paint = litColour(light, leaf, between(random, 0.5, 1.1), between(random, 0.1, 0.5), z, side);
    for (let row = Math.floor(foot); row > foot - tall; row--) {
      const up = (foot - row) / scale;
      const share = (foot - row) / tall;
      const x = start + Math.sin(up * 2.6 + phase) * 0.1 * scale * Math.min(1, up) + up * 0.08 * scale;
      const leafy = half * (0.6 + 0.6 * Math.abs(Math.sin(up * 9 + phase))) * (1 - share * 0.7);
      span(canvas, row, x, Math.max(0.4, leafy), paint, 1, matter);
    }
  }
}

/** Beams that fan down from the surface. */
function paintBeams({ canvas, light, seed }: Easel): void {
  const { width, height } = canvas;
  const salt = deriveSeed(seed, 'beams');
  const mask = veil(canvas, 'mist');
  const originX = width * (0.35 + 0.3 * createRandom(salt)());
  const originY = -height * 0.75;
  const planes = [canvas.red, canvas.green, canvas.blue] as const;
  for (let row = 0, pixel = 0; row < height; row++) {
    const fade = Math.exp((-row / height) * 1.9) * 0.2;
    for (let column = 0; column < width; column++, pixel++) {
      const angle = Math.atan2(column - originX, row - originY) * 9;
      const beam = smoothstep(0.05, 0.75, fractal(angle, row / height / 3, salt, 3) + 0.2);
      const side = Math.exp(-(((column - originX) / width) ** 2) * 4);
      const strength = beam * fade * side * Math.min(1, canvas.distance[pixel]! / 7);
      for (let channel = 0; channel < 3; channel++)
        planes[channel]![pixel]! += light.keyColour[channel]! * strength;
      mask[pixel] = strength * 3;
    }
  }
}

/** A shoal of small fish, all heading the same way. */
function paintShoal({ canvas, light, seed, seconds }: Easel): void {
  const random = createRandom(deriveSeed(seed, 'shoal'));
  const heading = random() < 0.5 ? -1 : 1;
  const middleX = canvas.width * between(random, 0.35, 0.65);
  const middleY = canvas.horizon * between(random, 0.5, 0.75);
  const size = Math.sqrt(canvas.width * canvas.height);
  for (let fish = 0; fish < 60; fish++) {
    const z = between(random, 8, 17);
    const angle = random() * 2 * Math.PI;
    const out = Math.sqrt(random());
    // They swim together, each ahead and behind in its own time.
    const way = heading * (0.022 * seconds + 0.006 * Math.sin(0.9 * seconds + fish));
    const x = middleX + (Math.cos(angle) * out * 0.25 + way) * size;
    const y = middleY + (Math.sin(angle) * out * 0.085 + 0.004 * Math.sin(0.7 * seconds + 2 * fish)) * size;
    const long = ((0.16 * between(random, 0.8, 1.3)) / z) * canvas.focal;
    const back = litColour(light, [0.1, 0.16, 0.2], 0.8, 0.2, z, 0);
    const belly = litColour(light, [0.7, 0.75, 0.7], 0.8, 0.5, z, 0);
    const matter = { distance: z, region: 'land' as const };
    dab(canvas, x, y, long, long * 0.36, back, 0.95, matter);
    dab(canvas, x, y + long * 0.12, long * 0.8, long * 0.18, belly, 0.85, matter);
    dab(canvas, x - heading * long * 1.15, y, long * 0.3, long * 0.34, back, 0.9, matter);
  }
}

function paintBubbles({ canvas, seed, isFilmed }: Easel): void {
  if (isFilmed) return;
  const random = createRandom(deriveSeed(seed, 'bubbles'));
  for (let column = 0; column < 4; column++) {
    const x = random() * canvas.width;
    for (let bubble = 0; bubble < 14; bubble++) {
      const y = canvas.height * between(random, 0.05, 0.8);
      const radius = canvas.unit * between(random, 1, 3.6);
      const atX = x + between(random, -14, 14) * canvas.unit;
      const metres = 5;
      dab(canvas, atX, y, radius, radius, [0.45, 0.75, 0.85], 0.28, { distance: metres, region: 'water' });
      dab(canvas, atX - radius * 0.3, y - radius * 0.35, radius * 0.4, radius * 0.35, [1.1, 1.3, 1.3], 0.9, {
        distance: metres,
        region: 'water',
      });
    }
  }
}

/** What was painted as sky is the water itself. */
function asWater({ canvas }: Easel): void {
  const sky = canvas.regions[0]!;
  const water = canvas.regions[1]!;
  for (let pixel = 0; pixel < sky.length; pixel++) {
    water[pixel]! += sky[pixel]!;
    sky[pixel] = 0;
    if (canvas.distance[pixel]! > 80) canvas.distance[pixel] = 80;
  }
}
