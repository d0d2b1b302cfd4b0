import type { Region, Veil } from '../canvas/canvas.ts';
import { addHaze, type Ink } from '../canvas/light.ts';
import { paintRelief } from '../canvas/relief.ts';
import type { Easel } from '../scene.ts';

/** A lit ground with relief. */
export interface Land {
  /** Metres; −Infinity where there is nothing. */
  height(x: number, z: number, footprint: number): number;
  /** Writes the ground's own colour (linear) into `ink`. `upright`: 1 level ground … 0 a wall. */
  paint(x: number, z: number, height: number, upright: number, footprint: number, ink: Ink): void;
  region?: Region;
  /**
   * Metres over which slopes are measured at least. Otherwise they are taken from sample to sample, which is quicker
   * and wrong on knife edges.
   */
  detail?: number;
  /** How far shadows are searched for, in metres, and in how many steps; 0 steps: none. */
  reach: number;
  steps: number;
  /** Nothing lower than this many metres is painted. */
  clip?: number;
  veil?: Veil;
}

/**
 * Paints a relief in the key light, with cast shadows, ambient light that comes from above, and haze. The sun's cosine
 * is wrapped a little, as on anything rough.
 */
export function paintLand({ canvas, light }: Easel, depths: Float64Array, land: Land): void {
  const { key, keyColour, ambient } = light;
  const flat = Math.hypot(key[0], key[2]);
  const towardsX = key[0] / flat;
  const towardsZ = key[2] / flat;
  const rise = key[1] / flat;
  const { clip } = land;
  const wrap = 0.12;
  paintRelief(canvas, depths, {
    ...(clip !== undefined && { foot: clip }),
    height(x, z, footprint) {
      const level = land.height(x, z, footprint);
      return clip !== undefined && level < clip ? Number.NEGATIVE_INFINITY : level;
    },
    shade(point, ink) {
      const { x, z, height: level, metres, footprint } = point;
      let { slopeX, slopeZ } = point;
      if (land.detail !== undefined) {
        const step = Math.max(land.detail, footprint * 1.2);
        slopeX = (land.height(x + step, z, footprint) - level) / step;
        slopeZ = (land.height(x, z + step, footprint) - level) / step;
      }
      const upright = 1 / Math.sqrt(1 + slopeX * slopeX + slopeZ * slopeZ);
      land.paint(x, z, level, upright, footprint, ink);
      const facing = (-slopeX * key[0] + key[1] - slopeZ * key[2]) * upright;
      let lit = Math.max(0, Math.min(1, (facing + wrap) / (1 + wrap)));
      if (lit > 0.003 && land.steps > 0) {
        let stride = (land.reach / land.steps) * 0.25;
        let away = stride;
        let open = 1;
        for (let index = 0; index < land.steps && open > 0; index++) {
          const over =
            land.height(x + towardsX * away, z + towardsZ * away, footprint + away * 0.08) -
            (level + rise * away);
          if (over > 0) open = Math.min(open, 1 - over / (away * 0.09));
          stride *= 1.35;
          away += stride;
        }
        lit *= Math.max(0, open);
      }
      const above = 0.55 + 0.45 * upright;
      const bounce = 0.06 * (1 - upright);
      for (let channel = 0; channel < 3; channel++) {
        ink[channel]! *= keyColour[channel]! * (lit + bounce) + ambient[channel]! * above;
      }
      addHaze(light, ink, metres, x / metres, z / metres, level);
      ink[3] = 0;
      return land.region ?? 'land';
    },
  });
}
