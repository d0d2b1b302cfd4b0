import { createRandom, deriveSeed } from '../../../random.ts';
import { smoothstep } from '../../pixels/smoothstep.ts';
import { scaleColour } from '../canvas/colour.ts';
import { fractal, noise } from '../canvas/noise.ts';
import { groundSteps } from '../canvas/relief.ts';
import { paintCanopy } from '../parts/canopy.ts';
import { paintGrass } from '../parts/grass.ts';
import { paintLand } from '../parts/land.ts';
import { paintMist } from '../parts/mist.ts';
import { paintPineRow } from '../parts/pine.ts';
import { paintShafts } from '../parts/shafts.ts';
import { paintGradient } from '../parts/sky.ts';
import { paintSnowfall } from '../parts/snowfall.ts';
import { paintTrunks } from '../parts/trunks.ts';
import type { Easel, Scene } from '../scene.ts';
import { growthOf } from '../season.ts';

/** The inside of a forest: trunks behind trunks in the mist, and light that falls through. */
export const forest: Scene = {
  name: 'forest',
  words: [
    'forest',
    'woods',
    'woodland',
    'jungle',
    'rainforest',
    'rain forest',
    'grove',
    'pine forest',
    'bamboo forest',
    'redwood',
    'autumn forest',
    'snowy forest',
    'winter forest',
    'forest path',
    'forest floor',
  ],
  hints: [
    'tree',
    'birch',
    'foliage',
    'leaf',
    'autumn leaf',
    'fern',
    'moss',
    'falling leaf',
    'fallen leaf',
    'maple',
    'pine',
    'fir',
    'spruce',
    'pine tree',
    'autumn',
    'firefly',
    'branch',
    'plant',
    'birdsong',
    'fall leaf',
    'fall foliage',
  ],
  time: 'day',
  weather: 'clear',
  season: 'summer',
  view: () => ({ horizon: 0.62, eye: 3 }),
  light: ({ weather }) => ({
    haze:
      weather === 'fog'
        ? 0.9
        : weather === 'snow' || weather === 'rain'
          ? 9
          : weather === 'storm' || weather === 'overcast'
            ? 15
            : 45,
    hidesDisc: true,
  }),
  film: () => ({ vignette: 0.4, highlights: [1.03, 1, 0.95] }),
  pivot: 12,
  moves: ['plants'],
  paint(easel) {
    const { canvas, light, plan, seed } = easel;
    const random = createRandom(deriveSeed(seed, 'forest'));
    const glade = 0.4 + 0.2 * random();
    // Between trees the sky is not seen but light: brighter and paler than the open sky.
    const inside = { ...easel, light: { ...light, ramp: paled(light.ramp), hazeTop: 60 } };
    paintGradient(inside);
    const salt = deriveSeed(seed, 'floor');
    const floor = (x: number, z: number): number =>
      5 * noise(x / 60, z / 60, salt) * smoothstep(8, 50, z) +
      0.012 * Math.max(0, z - 30) +
      (z < 90 ? fractal(x / 6, z / 6, salt + 1, 3) * 0.8 * smoothstep(90, 10, z) : 0);
    const isBright = plan.weather === 'clear' || plan.weather === 'cloudy' || plan.weather === 'fog';
    const isSunny = isBright && plan.weather !== 'fog' && plan.time !== 'night' && plan.time !== 'dusk';
    paintFloor(inside, floor, salt, isSunny);
    const isNeedle = plan.features.includes('pines') || growthOf(plan).leaves.length === 0;
    const far = { base: floor, height: 30 };
    paintPineRow(inside, { ...far, metres: 260, count: 110, seed: deriveSeed(seed, 'far') });
    mist(inside, 215, 17, 0.45, 1);
    if (isNeedle) paintPineRow(inside, { ...far, metres: 150, count: 46, seed: deriveSeed(seed, 'middle') });
    else {
      paintCanopy(inside, {
        metres: 150,
        count: 110,
        size: 0.05,
        line: () => 0.38,
        stray: 0.2,
        glow: 0.9,
        seed: deriveSeed(seed, 'far leaves'),
      });
    }
    mist(inside, 120, 12, 0.4, 2);
    const bark = plan.season === 'autumn' ? 0x4a3a2e : 0x3a3028;
    const rows = [
      [100, 26, 0.62],
      [66, 16, 0.6],
      [44, 10, 0.55],
      [28, 7, 0.45],
    ] as const;
    rows.forEach(([metres, count, thickness], index) => {
      paintTrunks(inside, {
        metres,
        count,
        thickness,
        base: floor,
        bark,
        ...(index > 1 && { stands: (share: number) => Math.abs(share - glade) > 0.15 }),
        seed: deriveSeed(seed, `trunks ${index}`),
      });
      if (!isNeedle) {
        paintCanopy(inside, {
          metres: metres * 0.97,
          count: 34,
          size: 0.05 + 0.012 * index,
          line: (share) => 0.02 + 0.1 * index * (share - 0.5) ** 2,
          stray: 0.16,
          glow: 0.9 - 0.15 * index,
          seed: deriveSeed(seed, `leaves ${index}`),
        });
      }
      paintCanopy(inside, {
        metres: metres * 0.9,
        count: 16,
        size: 0.022 + 0.008 * index,
        line: (share) =>
          0.62 + (2.6 / metres) * (canvas.focal / canvas.height) + 0.02 * noise(share * 5, index, salt),
        stray: 0.012,
        glow: 0.5,
        seed: deriveSeed(seed, `bushes ${index}`),
      });
      mist(inside, metres * 0.84, 6 - index, 0.3 - 0.05 * index, 3 + index);
    });
    if (isBright && plan.time !== 'night') {
      paintShafts(canvas, {
        x: glade,
        y: -0.05,
        strength: plan.weather === 'fog' ? 0.5 : 0.85,
        paint: scaleColour(light.sunColour, 0.6),
        threshold: 0.3,
      });
    }
    paintTrunks(inside, {
      metres: 12,
      count: 5,
      thickness: 0.62,
      base: (x, z) => floor(x, z) - 0.2,
      stands: (share) => Math.abs(share - glade) > 0.27,
      bark,
      seed: deriveSeed(seed, 'near trunks'),
    });
    paintGrass(inside, {
      count: 2000,
      height: 0.17,
      metres: 3,
      tone: 0.5,
      profile: (share) => 0.3 + 1.6 * (share - glade) ** 2 + 0.35 * noise(share * 7, 1, salt),
      seed: deriveSeed(seed, 'undergrowth'),
    });
    if (plan.weather === 'snow') paintSnowfall(easel, 1);
  },
};

function mist(easel: Easel, metres: number, top: number, strength: number, part: number): void {
  paintMist(easel, {
    metres,
    top,
    base: -2,
    strength,
    scale: top * 2.4,
    seed: deriveSeed(easel.seed, `mist ${part}`),
  });
}

/** The ramp of a sky seen through leaves: the same light from everywhere above. */
function paled(ramp: Float32Array): Float32Array {
  const result = new Float32Array(ramp.length);
  for (let index = 0; index < ramp.length; index += 3) {
    const grey = 0.3 * ramp[index]! + 0.6 * ramp[index + 1]! + 0.1 * ramp[index + 2]!;
    for (let channel = 0; channel < 3; channel++) {
      result[index + channel] = 0.55 * ramp[index + channel]! + 0.45 * grey;
    }
  }
  return result;
}

/** How much more light there is in a pool of sun, by channel. */
const sunlit = [3.4, 2.9, 1.5] as const;

/** Moss, earth and what has fallen; snow in winter. */
function paintFloor(
  easel: Easel,
  floor: (x: number, z: number) => number,
  salt: number,
  isSunny: boolean,
): void {
  const growth = growthOf(easel.plan);
  const litter = easel.plan.season === 'autumn' && growth.leaves.length > 0 ? growth.leaves : undefined;
  paintLand(easel, groundSteps(easel.canvas, 3, 700), {
    height: floor,
    paint(x, z, _height, _upright, footprint, ink) {
      const patch = smoothstep(-0.2, 0.4, fractal(x / 5, z / 5, salt + 12, 3));
      const fine = smoothstep(0.25, 0.03, footprint);
      const tone =
        0.62 +
        0.6 * fractal(x / 1.3, z / 0.9, salt + 9, 3) +
        (fine > 0 ? 0.4 * fine * noise(x * 7, z * 5, salt) : 0);
      const [dark, , dry] = growth.grass;
      const kind = noise(x * 2.3, z * 2.3, salt + 20) + 0.5;
      const leaf = litter?.[Math.max(0, Math.min(litter.length - 1, Math.floor(kind * litter.length)))];
      // Sun that falls through the leaves, in pools that lie flat before us.
      const pool = isSunny
        ? smoothstep(0.08, 0.4, fractal(x / 4.2, z / 3, salt + 31, 3)) *
          (0.4 + 0.6 * smoothstep(-0.3, 0.3, noise(x / 21, z / 21, salt + 32)))
        : 0;
      for (let channel = 0; channel < 3; channel++) {
        const earth = growth.snow > 0 ? dry[channel]! : [0.1, 0.065, 0.04][channel]!;
        const moss = dark[channel]! * (growth.snow > 0 ? 1 : 0.7);
        const bare = leaf ? leaf[channel]! * 0.75 : earth;
        const own = (bare + (moss - bare) * patch * (leaf ? 0.3 : 1)) * Math.max(0.1, tone);
        ink[channel] = own * (1 + pool * sunlit[channel]!);
      }
    },
    reach: 20,
    steps: 0,
  });
}
