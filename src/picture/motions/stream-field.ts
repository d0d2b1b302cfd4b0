import { blur } from '../pixels/box.ts';
import type { Plane } from '../pixels/plane.ts';
import { resizeBilinear } from '../pixels/resize.ts';
import { solvePotential } from './potential.ts';
import type { Water } from './water-mask.ts';

/** Columns of the grid that the flow is solved on. */
const COLUMNS = 128;

/**
 * How fast a stream runs at each place, in picture widths a second: potential flow in its bed. div(k · grad φ) = 0 with
 * k the bed (a little outside, so that pools connect), φ = 0 at its top and 1 at its bottom. It follows every bend, is
 * tangent to the banks, and is faster where the bed is narrow and near.
 *
 * @param speed picture widths a second in the foreground
 */
export function streamField(
  { bed, top, bottom }: Water,
  width: number,
  height: number,
  speed: number,
): { velocityX: Plane; velocityY: Plane } {
  const rows = Math.max(8, Math.round((COLUMNS * height) / width));
  const soft = blur(bed, width, height, 2);
  const conductance = resizeBilinear(soft, width, height, COLUMNS, rows).map((value) => value + 0.02);
  const from = Math.floor(top * rows);
  const to = Math.ceil(bottom * rows) - 1;
  const potential = solvePotential({ width: COLUMNS, height: rows, values: conductance }, from, to);

  const velocityX = new Float32Array(COLUMNS * rows);
  const velocityY = new Float32Array(COLUMNS * rows);
  let mean = 0;
  let count = 1e-6;
  for (let y = 1; y < rows - 1; y++) {
    for (let x = 1; x < COLUMNS - 1; x++) {
      const at = y * COLUMNS + x;
      velocityX[at] = potential[at + 1]! - potential[at - 1]!;
      velocityY[at] = potential[at + COLUMNS]! - potential[at - COLUMNS]!;
      if (conductance[at]! < 0.5) continue;
      mean += Math.hypot(velocityX[at]!, velocityY[at]!);
      count++;
    }
  }
  mean = mean / count + 1e-9;
  for (let y = 0, at = 0; y < rows; y++) {
    const perspective = 0.3 + 0.7 * Math.min(1, Math.max(0, (y - from) / Math.max(1, to - from)));
    for (let x = 0; x < COLUMNS; x++, at++) {
      const length = Math.hypot(velocityX[at]!, velocityY[at]!) + 1e-9;
      const pace = Math.min(1.6, Math.max(0.4, Math.sqrt(length / mean)));
      const scale = (speed * perspective * pace) / length;
      velocityX[at]! *= scale;
      velocityY[at]! *= 0.8 * scale;
    }
  }
  const plane = (values: Float32Array): Plane => ({
    width: COLUMNS,
    height: rows,
    values: blur(values, COLUMNS, rows, 1),
  });
  return { velocityX: plane(velocityX), velocityY: plane(velocityY) };
}
