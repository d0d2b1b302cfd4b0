import { between, createRandom, deriveSeed } from '../../../random.ts';
import { smoothstep } from '../../pixels/smoothstep.ts';
import { noise } from '../canvas/noise.ts';
import { paintBank } from '../parts/bank.ts';
import { paintGrass } from '../parts/grass.ts';
import { paintMirror } from '../parts/mirror.ts';
import { paintMist } from '../parts/mist.ts';
import { paintMountains } from '../parts/mountains.ts';
import { paintPine, paintPineRow } from '../parts/pine.ts';
import { paintSky } from '../parts/sky.ts';
import type { Scene } from '../scene.ts';

/** A still lake before mountains, with a wooded bank. */
export const lake: Scene = {
  name: 'lake',
  words: [
    'lake',
    'lakeside',
    'lakeshore',
    'lake shore',
    'mountain lake',
    'pond',
    'reservoir',
    'fjord',
    'loch',
    'still water',
  ],
  hints: [
    'calm water',
    'water ripple',
    'clear water',
    'blue water',
    'water surface',
    'reflection',
    'boat',
    'fishing boat',
    'rowing boat',
    'canoe',
  ],
  time: 'dawn',
  weather: 'clear',
  season: 'summer',
  view: () => ({ horizon: 0.58, eye: 4 }),
  light: ({ weather }) => ({ haze: weather === 'fog' ? 0.6 : 1 }),
  pivot: 25,
  moves: ['lake'],
  paint(easel) {
    const { canvas, seed, wind, plan } = easel;
    const random = createRandom(deriveSeed(seed, 'lake'));
    const side = random() < 0.5 ? -1 : 1;
    paintSky(easel);
    paintMountains(easel, {
      nearest: 2500,
      farthest: 9000,
      height: 1750 + 400 * random(),
      spacing: 3900,
      snowline: 900,
      treeline: 650,
      flanks: 0.5,
      seed: deriveSeed(seed, 'mountains'),
    });
    const isClear = plan.weather === 'clear' || plan.weather === 'cloudy';
    const isMorning = plan.time === 'dawn' || plan.weather === 'fog' || plan.mood.includes('mystical');
    if (isClear || isMorning) {
      paintMist(easel, {
        metres: 1500,
        top: 120,
        base: 0,
        strength: isMorning ? 0.75 : 0.3,
        scale: 260,
        seed: deriveSeed(seed, 'mist'),
      });
    }
    const level = () => 0;
    paintPineRow(easel, {
      metres: 900,
      count: 260,
      height: 26,
      base: level,
      seed: deriveSeed(seed, 'far pines'),
    });
    if (isMorning) {
      paintMist(easel, {
        metres: 700,
        top: 16,
        base: 0,
        strength: 0.55,
        scale: 90,
        seed: deriveSeed(seed, 'low mist'),
      });
    }
    const gap = noise(seed, 0.5, 3) * 0.15;
    paintPineRow(easel, {
      metres: 430,
      count: 120,
      height: 21,
      base: level,
      stands: (share) => Math.abs(share - 0.55 - gap) > 0.27,
      seed: deriveSeed(seed, 'pines'),
      tone: 0.8,
    });
    paintMirror(easel, {
      ripple: 0.011 * Math.min(2.4, 0.4 + 0.6 * wind),
      scale: 1,
      smear: 0.05,
      deep: 0x12303a,
      least: 0.12,
      power: 2.2,
      seed: deriveSeed(seed, 'water'),
    });
    const rise = (share: number) =>
      smoothstep(0.42, 0, side < 0 ? share : 1 - share) +
      0.55 * smoothstep(0.24, 0, side < 0 ? 1 - share : share);
    const crest = (share: number) => 0.05 + 0.16 * rise(share);
    paintBank(easel, { rise: crest, metres: 9, seed: deriveSeed(seed, 'bank') });
    const footRow = (share: number) => canvas.height * (1.05 - crest(share));
    for (let tree = 0; tree < 5; tree++) {
      const inner = tree < 3;
      const share = inner ? 0.02 + tree * 0.07 + 0.03 * random() : 1.01 - (tree - 3) * 0.06;
      const across = side < 0 ? share : 1 - share;
      // On the bank: nearer than the water that is seen at its crest.
      const waterline = canvas.height * (1 - crest(across)) - canvas.horizon;
      const metres = ((canvas.eye * canvas.focal) / waterline) * between(random, 0.7, 0.85);
      paintPine(easel, {
        column: across * canvas.width,
        metres,
        height: metres * ((inner ? 0.52 : 0.42) + 0.17 * random() - 0.02 * tree),
        base: canvas.eye - ((footRow(across) - canvas.horizon) * metres) / canvas.focal,
        seed: deriveSeed(seed, `pine ${tree}`),
        tone: 0.55,
      });
    }
    paintGrass(easel, {
      count: 1500,
      height: 0.12,
      metres: 6,
      tone: 0.45,
      profile: (share) => 0.35 + 0.9 * rise(share),
      seed: deriveSeed(seed, 'reeds'),
    });
  },
};
