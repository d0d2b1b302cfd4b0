import { between, createRandom } from '../../../random.ts';
import { clamp01, smoothstep } from '../../pixels/smoothstep.ts';
import { cover, rowOf, sideOf } from '../canvas/canvas.ts';
import { type Colour, colour } from '../canvas/colour.ts';
import { addHaze } from '../canvas/light.ts';
import { fractal, hash01, noise } from '../canvas/noise.ts';
import type { Easel } from '../scene.ts';

/** A stand of trees whose crowns lie above the picture. */
export interface Trunks {
  metres: number;
  count: number;
  /** Metres through a typical trunk. */
  thickness: number;
  base(x: number, z: number): number;
  /** Where a trunk may stand, along the width. */
  stands?(share: number): boolean;
  /** sRGB of the bark. */
  bark: number;
  seed: number;
}

/** Paints trunks that leave the picture at the top: bark in long furrows, light on one edge, roots that flare. */
export function paintTrunks(easel: Easel, stand: Trunks): void {
  const { canvas } = easel;
  const random = createRandom(stand.seed);
  const bark = colour(stand.bark);
  for (let index = 0; index < stand.count; index++) {
    const share = ((index + random()) / stand.count) * 1.1 - 0.05;
    const metres = stand.metres * between(random, 0.88, 1.14);
    const half = ((stand.thickness * between(random, 0.55, 1.35)) / metres) * canvas.focal * 0.5;
    const lean = between(random, -0.04, 0.04);
    const salt = Math.floor(random() * 1e6);
    if (stand.stands && !stand.stands(share)) continue;
    const column = share * canvas.width;
    const foot = rowOf(canvas, metres, stand.base(sideOf(canvas, column, metres), metres)) + half * 0.3;
    paintTrunk(easel, { column, foot, half, lean, metres, salt, bark });
  }
}

interface Trunk {
  column: number;
  foot: number;
  half: number;
  lean: number;
  metres: number;
  salt: number;
  bark: Colour;
}

function paintTrunk(easel: Easel, { column, foot, half, lean, metres, salt, bark }: Trunk): void {
  const { canvas, light } = easel;
  const { width, height } = canvas;
  const lightSide = Math.sign(light.key[0]) || 1;
  const ink = new Float64Array(3);
  const put = (x: number, y: number, alpha: number, across: number) => {
    if (alpha <= 0.004 || x < 0 || x >= width || y < 0 || y >= height) return;
    const furrow = fractal(((x - column) / half) * 2.2, (y / half) * 0.16, salt, 3);
    const edge = across * lightSide;
    const ambient = 0.62 + 0.4 * furrow + 0.3 * smoothstep(-0.2, 1, edge);
    const key = 0.4 * smoothstep(0.35, 1, edge) * (0.7 + 0.5 * furrow);
    for (let channel = 0; channel < 3; channel++) {
      ink[channel] = bark[channel]! * (light.ambient[channel]! * ambient + light.keyColour[channel]! * key);
    }
    addHaze(light, ink, metres, (x - canvas.centre) / canvas.focal, 1, 0);
    cover(canvas, y * width + x, ink[0]!, ink[1]!, ink[2]!, clamp01(alpha), metres, 'foliage');
  };
  for (let y = 0; y < Math.min(height, foot); y++) {
    const up = foot - y;
    const middle = column + lean * up + half * 0.25 * noise(y / half / 9, 1, salt);
    const flare = 1 + 0.9 * Math.exp((-up / half) * 0.8);
    const wide =
      half * (1 - 0.28 * Math.min(1, up / height)) * flare * (1 + 0.06 * noise((y / half) * 1.6, 5, salt));
    for (let x = Math.floor(middle - wide - 1); x <= middle + wide + 1; x++) {
      const soil = smoothstep(foot, foot - half * 0.35, y + half * 0.3 * noise((x / half) * 4, 3, salt));
      put(
        x,
        y,
        smoothstep(wide + 0.7, wide - 0.7, Math.abs(x + 0.5 - middle)) * soil,
        (x + 0.5 - middle) / wide,
      );
    }
  }
  for (let stub = 0; stub < 5; stub++) {
    const y = foot - (0.35 + 0.65 * hash01(stub, 1, salt)) * (foot + 40 * canvas.unit);
    const side = hash01(stub, 2, salt) < 0.5 ? -1 : 1;
    const long = half * (2 + 6 * hash01(stub, 3, salt));
    const thick = half * (0.12 + 0.1 * hash01(stub, 4, salt));
    const droop = 0.1 + 0.4 * hash01(stub, 5, salt);
    const from = column + lean * (foot - y);
    for (let step = 0; step < long; step++) {
      const share = step / long;
      const line =
        y - long * (0.25 * share - droop * share * share) + noise(step / (half * 3.2), y, salt) * thick;
      const wide = thick * (1 - share) + 0.35;
      for (let row = Math.floor(line - wide - 1); row <= line + wide + 1; row++) {
        const alpha = smoothstep(wide + 0.7, wide - 0.5, Math.abs(row + 0.5 - line));
        put(Math.floor(from + side * (half * 0.7 + step)), row, alpha, 0);
      }
    }
  }
}
