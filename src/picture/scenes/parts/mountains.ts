import { smoothstep } from '../../pixels/smoothstep.ts';
import { type Colour, colour, tinted } from '../canvas/colour.ts';
import { fractal, noise, ridges } from '../canvas/noise.ts';
import { evenRatios } from '../canvas/relief.ts';
import type { Easel } from '../scene.ts';
import { growthOf } from '../season.ts';
import { paintLand } from './land.ts';

/** A range of mountains, metres throughout. */
export interface Range {
  nearest: number;
  farthest: number;
  /** How high the peaks are. */
  height: number;
  /** How far apart. */
  spacing: number;
  /** Snow lies above this. */
  snowline: number;
  /** Trees grow below this. */
  treeline: number;
  /** How high the flanks beside the valley in front are, as a share; 0: the range stands on a plain. */
  flanks: number;
  rock?: number;
  seed: number;
}

/** Paints a range of mountains that stands on the plain and opens in a valley before the painter. */
export function paintMountains(easel: Easel, range: Range): void {
  const { seed, spacing, nearest, farthest } = range;
  const valley = noise(seed * 0.37, 3.3, 7) * 0.25;
  const height = (x: number, z: number, footprint: number): number => {
    const far = smoothstep(nearest, farthest * 0.75, z);
    const open = smoothstep(0.03, 0.5, Math.abs(x / z + valley) + 0.12);
    const envelope =
      (open * range.flanks * (1 - far * far) + far * far) * smoothstep(nearest * 0.32, nearest * 0.9, z);
    if (envelope < 0.004) return -40;
    const octaves = footprint > 120 ? 4 : footprint > 45 ? 5 : 6;
    const crest = ridges(x / spacing + 3.1, z / spacing, seed, octaves);
    const massif = 0.62 + 0.5 * noise(x / (spacing * 1.35), z / (spacing * 1.35), seed + 90);
    return -40 + envelope * range.height * (0.12 + 0.25 * massif + crest ** 1.5 * massif * 1.1);
  };
  const paint = mountainPaint(easel, range);
  paintLand(easel, evenRatios(nearest * 0.55, farthest * 1.4, 1.007), {
    height,
    paint,
    reach: range.height * 0.85,
    steps: 5,
    clip: 0,
  });
}

/** Rock, forest below the treeline, snow above the snowline where it is not too steep. */
function mountainPaint({ plan }: Easel, range: Range) {
  const { seed } = range;
  const growth = growthOf(plan);
  const tints = plan.palette.filter(({ region }) => region === 'land');
  const dye = (hex: number): Colour =>
    tints.reduce((paint, tint) => tinted(paint, colour(tint.hex), 0.85), colour(hex));
  const rock = dye(range.rock ?? 0x6a625f);
  const snow = dye(0xf4f6ff);
  const forest = growth.needles;
  const meadow = growth.grass[0];
  const snowline = growth.snow > 0 ? Math.min(range.snowline, 200) : range.snowline;
  return (
    x: number,
    z: number,
    height: number,
    upright: number,
    _footprint: number,
    ink: Float64Array,
  ): void => {
    const tone =
      0.8 + 0.35 * fractal(x / 160, z / 160, seed, 3) + 0.2 * noise(height / 45, x / 900, seed + 5);
    const white =
      smoothstep(0.48, 0.72, upright + 0.12 * noise(x / 90, z / 90, seed + 8)) *
      smoothstep(snowline - 350, snowline + 350, height + 260 * noise(x / 700, z / 700, seed + 7));
    const green =
      smoothstep(
        range.treeline + 160,
        range.treeline - 220,
        height + 180 * noise(x / 300, z / 300, seed + 9),
      ) * smoothstep(0.35, 0.6, upright);
    const clearing = smoothstep(0, 0.5, fractal(x / 240, z / 240, seed + 11, 3));
    for (let channel = 0; channel < 3; channel++) {
      const plants =
        (forest[channel]! + (meadow[channel]! * 0.8 - forest[channel]!) * clearing * 0.7) *
        (0.6 + 0.5 * tone);
      const bare = rock[channel]! * tone;
      const ground = bare + (plants - bare) * green;
      ink[channel] = ground + (snow[channel]! - ground) * white;
    }
  };
}
