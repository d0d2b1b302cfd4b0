import { clamp01, smoothstep } from '../../pixels/smoothstep.ts';
import { cover, rowOf, sideOf } from '../canvas/canvas.ts';
import { type Colour, colour, mixColours } from '../canvas/colour.ts';
import { addHaze } from '../canvas/light.ts';
import { fractal } from '../canvas/noise.ts';
import type { Easel } from '../scene.ts';
import { growthOf } from '../season.ts';

/** A rounded rock. */
export interface Boulder {
  /** Pixels from the left; metres away; metres above the ground of its foot; half its width in metres. */
  column: number;
  metres: number;
  base: number;
  radius: number;
  seed: number;
}

/** Paints a rock that stands half in the ground, mossy or snowy on top, wet and dark at its foot. */
export function paintBoulder(easel: Easel, { column, metres, base, radius, seed }: Boulder): void {
  const { canvas, light, plan } = easel;
  const { grass, snow } = growthOf(plan);
  const stone = colour(0x77716a);
  const cap: Colour = snow > 0 ? [0.85, 0.88, 0.95] : mixColours(grass[0], stone, 0.35);
  const half = (radius / metres) * canvas.focal;
  const tall = half * (0.62 + 0.2 * fractal(seed * 0.17, 1, 5, 1));
  const foot = rowOf(canvas, metres, base);
  const ink = new Float64Array(3);
  const side = sideOf(canvas, column, metres) / metres;
  const { key, keyColour, ambient } = light;
  for (let row = Math.max(0, Math.floor(foot - tall * 1.2)); row < Math.min(canvas.height, foot + 1); row++) {
    for (
      let at = Math.max(0, Math.floor(column - half * 1.25));
      at < Math.min(canvas.width, column + half * 1.25);
      at++
    ) {
      const dx = (at + 0.5 - column) / half;
      const dy = (foot - row - 0.5) / tall;
      const bump = fractal(dx * 1.6, dy * 1.6, seed, 4);
      const away = Math.hypot(dx, dy) * (1 - 0.28 * bump);
      const alpha = smoothstep(1, 1 - 1.6 / Math.max(2, half), away);
      if (alpha <= 0) continue;
      const out = Math.sqrt(Math.max(0, 1 - Math.min(1, away * away)));
      const fine = fractal(dx * 5, dy * 5, seed + 4, 3);
      const lit = clamp01(dx * key[0] + (dy + bump * 0.6) * key[1] + out * 0.35 + fine * 0.25);
      const moss = smoothstep(0.45, 0.75, dy + bump * 0.4 + 0.2 * fine);
      const wet = smoothstep(0.28, 0.05, dy);
      for (let channel = 0; channel < 3; channel++) {
        const paint = stone[channel]! * (0.75 + 0.5 * fine) * (1 - 0.55 * wet);
        const top = paint + (cap[channel]! - paint) * moss * (snow > 0 ? 1 : 0.7);
        ink[channel] = top * (ambient[channel]! * (0.45 + 0.45 * dy) + keyColour[channel]! * lit);
      }
      addHaze(light, ink, metres, side, 1, base);
      cover(canvas, row * canvas.width + at, ink[0]!, ink[1]!, ink[2]!, alpha, metres, 'land');
    }
  }
}
