import { smoothstep } from '../../pixels/smoothstep.ts';
import { type Colour, colour } from '../canvas/colour.ts';
import type { Ink } from '../canvas/light.ts';
import { fractal, hash01, noise } from '../canvas/noise.ts';
import type { ScenePlan } from '../plan.ts';
import { growthOf } from '../season.ts';

/** What grows on a meadow besides grass. */
export interface Crop {
  /** sRGB colours of its flowers. */
  flowers: readonly number[];
  /** Share of the ground that flowers at its densest. */
  density: number;
  /** Metres between rows; 0: it grows in drifts. */
  rows: number;
}

/** The crop that the words ask for, else the flowers of the season. */
export function cropOf({ features, season, weather, palette }: ScenePlan): Crop {
  const dyed = palette.filter(({ region }) => region === 'flowers').map(({ hex }) => hex);
  if (features.includes('lavender'))
    return { flowers: [0x8a6fd0, 0x7a5cc4, 0xa58be0], density: 0.9, rows: 2.4 };
  if (features.includes('wheat')) return { flowers: [0xe0b454, 0xd2a040, 0xeccb78], density: 0.95, rows: 0 };
  if (features.includes('sunflowers'))
    return { flowers: [0xf5b81c, 0xf0a512, 0xffd040], density: 0.6, rows: 1.6 };
  if (features.includes('poppies'))
    return { flowers: dyed.length > 0 ? dyed : [0xe0341e, 0xd02818, 0xf05030], density: 0.4, rows: 0 };
  if (season === 'winter' || weather === 'snow') return { flowers: [], density: 0, rows: 0 };
  if (season === 'autumn') return { flowers: [0xd8902c, 0xb85a24], density: 0.06, rows: 0 };
  return {
    flowers: dyed.length > 0 ? dyed : [0xf2d24a, 0xf0ecf6, 0xdc5a5a, 0xa072d8],
    density: dyed.length > 0 ? 0.35 : season === 'spring' ? 0.24 : 0.14,
    rows: 0,
  };
}

/** A painter of meadow ground: patches of grass, drifts or rows of flowers. */
export function meadowPaint(plan: ScenePlan, crop: Crop, seed: number) {
  const [dark, fresh, dry] = growthOf(plan).grass;
  const flowers: readonly Colour[] = crop.flowers.map(colour);
  return (x: number, z: number, _height: number, _upright: number, footprint: number, ink: Ink): void => {
    const patch = smoothstep(-0.4, 0.5, fractal(x / 40, z / 40, seed, 3));
    const straw = 0.5 * smoothstep(-0.3, 0.5, fractal(x / 6, z / 9, seed + 4, 3));
    const fine = smoothstep(0.5, 0.05, footprint);
    const tone = 0.8 + (fine > 0 ? 0.45 * fractal(x / 0.9, z / 0.9, seed + 5, 3) * fine : 0);
    for (let channel = 0; channel < 3; channel++) {
      const green = dark[channel]! + (fresh[channel]! - dark[channel]!) * patch;
      ink[channel] = (green + (dry[channel]! - green) * straw) * tone;
    }
    if (flowers.length === 0) return;
    let share = crop.density;
    if (crop.rows > 0) {
      const row = Math.abs((((x + 0.35 * z) / crop.rows) % 1) + (x + 0.35 * z < 0 ? 1 : 0) - 0.5) * 2;
      share *= smoothstep(0.95, 0.35, row + 0.25 * noise(x * 2, z * 2, seed + 7));
    } else if (crop.density < 0.9) {
      share *= smoothstep(0.0, 0.4, noise(x / 14, z / 14, seed + 66) + 0.3 * noise(x / 4, z / 4, seed + 67));
    }
    if (share <= 0.01) return;
    // Near, single flowers; far, where a sample holds many, their mean.
    const single = hash01(Math.floor(x * 5), Math.floor(z * 4), seed + 9) < share ? 1 : 0;
    const blend = smoothstep(0.25, 0.9, footprint);
    const amount = Math.min(1, single + (share * 0.85 - single) * blend);
    const kind = hash01(Math.floor(x / 7 + noise(x / 5, z / 5, seed)), Math.floor(z / 9), seed + 12);
    const flower = flowers[Math.floor(kind * flowers.length)]!;
    const light = 0.8 + 0.4 * hash01(Math.floor(x * 5), Math.floor(z * 4), seed + 13) * (1 - blend);
    for (let channel = 0; channel < 3; channel++) {
      ink[channel]! += (flower[channel]! * light - ink[channel]!) * amount;
    }
  };
}
