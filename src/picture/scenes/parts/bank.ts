import { smoothstep } from '../../pixels/smoothstep.ts';
import { cover } from '../canvas/canvas.ts';
import { mix } from '../canvas/colour.ts';
import { litColour } from '../canvas/light.ts';
import { fractal } from '../canvas/noise.ts';
import type { Easel } from '../scene.ts';
import { growthOf } from '../season.ts';

/** The ground on which the painter stands, along the lower edge. */
export interface Bank {
  /** How high it reaches, along the width 0–1, as a share of the height. */
  rise(share: number): number;
  metres: number;
  seed: number;
}

/** Paints a bank along the lower edge: earth and turf, dark below. */
export function paintBank({ canvas, light, plan }: Easel, bank: Bank): void {
  const { width, height, unit } = canvas;
  const [dark, fresh] = growthOf(plan).grass;
  const low = litColour(light, dark, 0.55, 0.05, 0, 0);
  const high = litColour(light, fresh, 0.75, 0.3, 0, 0);
  for (let column = 0; column < width; column++) {
    const share = (column + 0.5) / width;
    const x = column / unit;
    const crest =
      height * (1 - bank.rise(share)) +
      unit * (8 * fractal(x / 70, 0, bank.seed, 3) + 3 * fractal(x / 9, 3, bank.seed, 3));
    for (let row = Math.max(0, Math.floor(crest)); row < height; row++) {
      const alpha = smoothstep(crest - 0.6, crest + 0.9 * unit, row + 0.5);
      const depth = (row - crest) / (height * 0.14);
      const turf = fractal(x / 14, row / unit / 5, bank.seed + 5, 4);
      const tone = Math.max(0, Math.min(1, 0.75 - depth * 0.7 + 0.55 * turf));
      cover(
        canvas,
        row * width + column,
        mix(low[0], high[0], tone),
        mix(low[1], high[1], tone),
        mix(low[2], high[2], tone),
        alpha,
        bank.metres,
        'land',
      );
    }
  }
}
