import { between, createRandom, deriveSeed } from '../../../random.ts';
import { smoothstep } from '../../pixels/smoothstep.ts';
import { sideOf } from '../canvas/canvas.ts';
import { fractal, hash01, noise } from '../canvas/noise.ts';
import { groundSteps } from '../canvas/relief.ts';
import { paintBoulder } from '../parts/boulder.ts';
import { paintGrass } from '../parts/grass.ts';
import { paintLand } from '../parts/land.ts';
import { paintLeafTree } from '../parts/leaf-tree.ts';
import { cropOf, meadowPaint } from '../parts/meadow-ground.ts';
import { paintMirror } from '../parts/mirror.ts';
import { paintMist } from '../parts/mist.ts';
import { paintMountains } from '../parts/mountains.ts';
import { paintPineRow } from '../parts/pine.ts';
import { paintSky } from '../parts/sky.ts';
import type { Scene } from '../scene.ts';

/** A river that winds through a wooded valley. */
export const river: Scene = {
  name: 'river',
  words: [
    'river',
    'stream',
    'creek',
    'brook',
    'riverbank',
    'riverside',
    'mountain stream',
    'rapids',
    'canyon river',
  ],
  hints: [
    'flowing water',
    'running water',
    'water flow',
    'water flowing',
    'water trickle',
    'water splash',
    'splashing water',
    'water gurgle',
    'water rush',
    'rushing water',
    'trickle',
    'gurgle',
  ],
  time: 'golden hour',
  weather: 'cloudy',
  season: 'summer',
  view: () => ({ horizon: 0.44, eye: 4.2 }),
  light: () => ({ haze: 1.6 }),
  pivot: 14,
  moves: ['water', 'plants'],
  paint(easel) {
    const { canvas, seed, plan } = easel;
    const random = createRandom(deriveSeed(seed, 'river'));
    const salt = deriveSeed(seed, 'bed');
    paintSky(easel);
    paintMountains(easel, {
      nearest: 2500,
      farthest: 8500,
      height: 1300 + 500 * random(),
      spacing: 3600,
      snowline: 1100,
      treeline: 750,
      flanks: 0.5,
      seed: deriveSeed(seed, 'mountains'),
    });
    const side = random() < 0.5 ? -1 : 1;
    const phase = random() * 6;
    const middle = (z: number): number =>
      side *
        (0.14 * z * Math.sin(z / 34 + phase) * smoothstep(0, 40, z) * smoothstep(420, 120, z) + 0.05 * z) +
      1.4 * Math.sin(z / 9 + phase);
    const half = (z: number): number => 4.6 + 0.035 * z + 0.9 * noise(z / 6, 1, salt);
    const land = (x: number, z: number): number => {
      const bank = Math.abs(x - middle(z)) - half(z) + 0.8 * noise(x / 3, z / 3, salt + 5);
      if (bank < 0 && z < 330) return -1;
      const inland = Math.max(0, bank);
      return (
        0.1 +
        1.1 * smoothstep(0, 7, inland) +
        (7 * noise(x / 60, z / 80, salt + 1) + 5) * smoothstep(6, 70, inland) * smoothstep(10, 90, z) +
        smoothstep(200, 1200, z) * 22 +
        (z < 70 ? 0.25 * fractal(x / 2.4, z / 2.4, salt + 2, 2) : 0)
      );
    };
    const turf = meadowPaint(plan, cropOf(plan), salt + 20);
    paintLand(easel, groundSteps(canvas, 4, 1700), {
      height: land,
      paint(x, z, height, upright, footprint, ink) {
        turf(x, z, height, upright, footprint, ink);
        // Gravel where the bank meets the water.
        const gravel = smoothstep(0.55, 0.15, height + 0.25 * fractal(x, z, salt + 8, 2));
        const pebble = 0.16 + 0.1 * hash01(Math.floor(x * 6), Math.floor(z * 5), salt);
        for (let channel = 0; channel < 3; channel++) ink[channel]! += (pebble - ink[channel]!) * gravel;
      },
      reach: 40,
      steps: 4,
      clip: 0,
    });
    const solid = (x: number, z: number): number => Math.max(0, land(x, z));
    const stands = (metres: number) => (share: number) =>
      Math.abs(sideOf(canvas, share * canvas.width, metres) - middle(metres)) > half(metres) + 5;
    for (const [metres, count] of [
      [520, 120],
      [300, 60],
      [170, 26],
    ] as const) {
      paintPineRow(easel, {
        metres,
        count,
        height: 21,
        base: solid,
        stands: stands(metres),
        seed: deriveSeed(seed, `pines ${metres}`),
        tone: 0.85,
      });
    }
    paintMirror(easel, {
      ripple: 0.03,
      scale: 0.7,
      smear: 0.06,
      deep: 0x14424a,
      least: 0.1,
      power: 2.4,
      seed: deriveSeed(seed, 'water'),
    });
    if (plan.weather === 'fog' || plan.time === 'dawn') {
      paintMist(easel, {
        metres: 130,
        top: 9,
        base: 0,
        strength: 0.5,
        scale: 40,
        seed: deriveSeed(seed, 'mist'),
      });
    }
    for (let tree = 0; tree < 9; tree++) {
      const metres = 120 - tree * 9;
      const bank = (tree % 2 === 0 ? 1 : -1) * (half(metres) + between(random, 5, 16));
      const x = middle(metres) + bank;
      const column = canvas.centre + (x / metres) * canvas.focal;
      paintLeafTree(easel, {
        column,
        metres,
        height: between(random, 8, 13),
        base: solid(x, metres) - 0.3,
        seed: deriveSeed(seed, `tree ${tree}`),
      });
    }
    for (let rock = 0; rock < 16; rock++) {
      const metres = between(random, 9, 60);
      const x = middle(metres) + between(random, -1.05, 1.05) * half(metres);
      paintBoulder(easel, {
        column: canvas.centre + (x / metres) * canvas.focal,
        metres,
        base: 0,
        radius: between(random, 0.25, 0.95),
        seed: Math.floor(random() * 1e6),
      });
    }
    paintGrass(easel, {
      count: 1500,
      height: 0.15,
      metres: 3,
      tone: 0.75,
      profile: (share) =>
        0.25 +
        1.1 * smoothstep(0.16, 0.5, Math.abs(share - 0.5 - (middle(9) / 9) * (canvas.focal / canvas.width))),
      flowers: cropOf(plan).flowers,
      flowering: 0.04,
      seed: deriveSeed(seed, 'grass'),
    });
  },
};
