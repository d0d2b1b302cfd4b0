import { smoothstep } from '../../pixels/smoothstep.ts';
import { rowOf, sideOf, veil } from '../canvas/canvas.ts';
import type { Colour } from '../canvas/colour.ts';
import { skyColour } from '../canvas/light.ts';
import { fractal } from '../canvas/noise.ts';
import type { Easel } from '../scene.ts';

/** An upright sheet of mist. */
export interface Mist {
  metres: number;
  /** How high it reaches, and where it is thickest, in metres. */
  top: number;
  base: number;
  /** Its densest, 0–1. */
  strength: number;
  /** Size of its billows in metres. */
  scale: number;
  /** Otherwise the colour of the sky above the horizon. */
  paint?: Colour;
  seed: number;
}

/** Paints mist that hides what lies behind it: thick below, ragged above. */
export function paintMist({ canvas, light }: Easel, mist: Mist): void {
  const { width, height, horizon, focal, centre, distance } = canvas;
  const mask = veil(canvas, 'mist');
  const { metres, top, base, scale, seed } = mist;
  const ink = new Float64Array(3);
  const first = Math.max(0, Math.floor(rowOf(canvas, metres, top * 2.4)));
  for (let row = first; row < height; row++) {
    const level = ((horizon - row) / focal) * metres + canvas.eye;
    for (let column = 0; column < width; column++) {
      const pixel = row * width + column;
      const behind = distance[pixel]!;
      if (behind < metres * 0.8) continue;
      const x = sideOf(canvas, column, metres);
      const billow = fractal(x / scale, (level / scale) * 2.2, seed, 4);
      const alpha =
        mist.strength *
        smoothstep(top * (1 + billow * 1.4), base - top * 0.1, level) *
        smoothstep(-0.9, 0.5, billow + 0.35) *
        smoothstep(metres * 0.8, metres * 1.35, behind);
      if (alpha < 0.003) continue;
      if (mist.paint) ink.set(mist.paint);
      else skyColour(light, (column + 0.5 - centre) / focal, 0.05, 1, ink);
      canvas.red[pixel]! += (ink[0]! - canvas.red[pixel]!) * alpha;
      canvas.green[pixel]! += (ink[1]! - canvas.green[pixel]!) * alpha;
      canvas.blue[pixel]! += (ink[2]! - canvas.blue[pixel]!) * alpha;
      mask[pixel] = 1 - (1 - mask[pixel]!) * (1 - alpha);
    }
  }
}
