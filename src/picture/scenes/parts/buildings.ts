import { between, createRandom } from '../../../random.ts';
import { clamp01, smoothstep } from '../../pixels/smoothstep.ts';
import { cover, rowOf, veil } from '../canvas/canvas.ts';
import { type Colour, colour, mix } from '../canvas/colour.ts';
import { addHaze } from '../canvas/light.ts';
import { hash01 } from '../canvas/noise.ts';
import type { Easel } from '../scene.ts';

/** A row of buildings across the picture. */
export interface Skyline {
  metres: number;
  count: number;
  /** Metres. */
  lowest: number;
  highest: number;
  /** Where the tallest stand, 0–1 along the width. */
  centre: number;
  /** sRGB of the walls. */
  wall: number;
  /** Share of the windows that are lit, and how brightly; 0 by day. */
  lit: number;
  glow: number;
  /** Share of the buildings that carry a coloured sign. */
  signs: number;
  seed: number;
}

const lamps = [colour(0xffc477), colour(0xffe2b0), colour(0xbfd8ff)];
const neon = [colour(0xff3d8a), colour(0x35d6ff), colour(0xff8a2b), colour(0x8f5bff)];

interface Building {
  share: number;
  height: number;
  width: number;
  metres: number;
  seed: number;
}

/** Paints a skyline, back to front: setbacks, masts, slanted roofs; every window of a building on its own grid. */
export function paintSkyline(easel: Easel, skyline: Skyline): void {
  const random = createRandom(skyline.seed);
  const buildings = Array.from({ length: skyline.count }, (_, index): Building => {
    const share = ((index + random() * 0.9) / skyline.count) * 1.1 - 0.05;
    const rank = Math.exp(-(((share - skyline.centre) / 0.28) ** 2));
    return {
      share,
      height: skyline.lowest + (skyline.highest - skyline.lowest) * (0.12 + 0.88 * rank) * random() ** 1.3,
      width: between(random, 18, 52),
      seed: Math.floor(random() * 1e9),
      metres: skyline.metres * between(random, 0.93, 1.07),
    };
  });
  buildings.sort((one, other) => other.metres - one.metres);
  for (const building of buildings) paintBuilding(easel, building, skyline);
}

function paintBuilding(easel: Easel, building: Building, skyline: Skyline): void {
  const { canvas, light } = easel;
  const { seed, metres } = building;
  const own = (index: number) => hash01(index, index, seed);
  const perMetre = canvas.focal / skyline.metres;
  const foot = rowOf(canvas, skyline.metres, 0);
  const middle = building.share * canvas.width;
  const tall = building.height * perMetre;
  const wide = building.width * perMetre;
  const left = middle - wide / 2;
  const right = middle + wide / 2;
  const top = foot - tall;
  const setback = own(6) < 0.4 ? 0.16 + 0.1 * own(16) : 0;
  const slant = own(8) < 0.18 ? (own(18) - 0.5) * 0.8 : 0;
  const hasMast = own(7) < 0.3 && building.height > skyline.highest * 0.45;
  const corner = (own(9) - 0.5) * 0.5;
  const lightSide = Math.sign(light.key[0]) || 1;
  const sign = own(11) < skyline.signs ? neon[Math.floor(own(12) * neon.length)] : undefined;
  const wall = colour(skyline.wall);
  const tone = 0.75 + 0.5 * own(20);
  const shine = veil(canvas, 'light');
  const ink = new Float64Array(3);
  const lastRow = Math.min(canvas.height, foot);
  const lastColumn = Math.min(canvas.width, right + 1);
  for (let row = Math.max(0, Math.floor(top - tall * 0.25)); row < lastRow; row++) {
    for (let column = Math.max(0, Math.floor(left)); column < lastColumn; column++) {
      const roof = top + (column - middle) * slant;
      const inset = setback > 0 && row < top + tall * 0.22 ? wide * setback : 0;
      let alpha =
        clamp01(column + 1 - (left + inset)) * clamp01(right - inset - column) * clamp01(row + 1 - roof);
      let beacon = false;
      if (row < roof) {
        if (!hasMast) continue;
        const mast = smoothstep(1.1, 0.2, Math.abs(column + 0.5 - middle) / Math.max(0.6, perMetre * 0.7));
        alpha = row > top - tall * 0.2 ? mast * 0.9 : 0;
        beacon = Math.abs(row - (top - tall * 0.2)) < 1.6 * canvas.unit && skyline.glow > 0;
      }
      if (alpha <= 0.01) continue;
      const down = (row - top) / tall;
      const isLitFace = ((column - middle) / wide - corner) * lightSide > 0;
      for (let channel = 0; channel < 3; channel++) {
        ink[channel] =
          wall[channel]! *
          tone *
          (light.ambient[channel]! * (isLitFace ? 1.05 : 0.75) * (0.8 + 0.4 * down) +
            light.keyColour[channel]! * (isLitFace ? 0.62 : 0.05));
      }
      let lamp = 0;
      if (row >= roof)
        lamp = addWindow(ink, { row, column, left, top, perMetre }, seed, skyline, light.ambient);
      if (beacon) {
        ink[0]! += 3 * skyline.glow;
        ink[1]! += 0.2;
        ink[2]! += 0.15;
        lamp = 1;
      }
      if (sign && down > 0.08 && down < 0.2 && row >= roof) {
        const across = Math.abs(column - middle) / (wide * 0.6);
        if (across < 0.5) {
          const strength = smoothstep(0.5, 0.42, across) * 1.1 * skyline.glow;
          for (let channel = 0; channel < 3; channel++) ink[channel]! += sign[channel]! * strength;
          lamp += strength;
        }
      }
      addHaze(light, ink, metres, (column - canvas.centre) / canvas.focal, 1, (foot - row) / perMetre);
      const pixel = row * canvas.width + column;
      shine[pixel] = mix(shine[pixel]!, Math.min(1, lamp), alpha);
      cover(canvas, pixel, ink[0]!, ink[1]!, ink[2]!, alpha, metres, 'building');
    }
  }
}

/** Adds what a window shows at a point of a wall: lamplight by night, a pane that mirrors the sky by day. */
function addWindow(
  ink: Float64Array,
  at: { row: number; column: number; left: number; top: number; perMetre: number },
  seed: number,
  { lit, glow }: Skyline,
  ambient: Colour,
): number {
  const floor = 3.6 * at.perMetre;
  const bay = (2.6 + 2 * hash01(1, 1, seed)) * at.perMetre;
  if (at.row <= at.top + floor * 0.6) return 0;
  const x = (at.column + 0.5 - at.left) / bay;
  const y = (at.row + 0.5 - at.top) / floor;
  const column = Math.floor(x);
  const row = Math.floor(y);
  const pane =
    bay > 2.2
      ? smoothstep(0.5, 0.36, Math.abs(x - column - 0.5)) * smoothstep(0.5, 0.3, Math.abs(y - row - 0.55))
      : 0.45;
  if (glow === 0) {
    const tone = 0.35 + 0.5 * hash01(column, row, seed + 2);
    for (let channel = 0; channel < 3; channel++) {
      ink[channel] = mix(ink[channel]!, ambient[channel]! * tone * 0.6, pane * 0.75);
    }
    return 0;
  }
  const wholeFloor = hash01(row, 3, seed);
  const chance = hash01(2, 2, seed) < 0.3 ? lit * (wholeFloor < 0.35 ? 2 : 0.25) : lit * (0.5 + wholeFloor);
  if (hash01(column, row, seed + 1) >= chance) return 0;
  const strength = pane * (0.25 + 1.1 * hash01(column, row, seed + 2) ** 2) * glow;
  const tint = hash01(5, 5, seed);
  const lamp = lamps[tint < 0.5 ? 0 : tint < 0.8 ? 1 : 2]!;
  for (let channel = 0; channel < 3; channel++) ink[channel]! += lamp[channel]! * strength * 1.5;
  return strength;
}
