import { createLattice, fractalNoise } from '../../pixels/noise.ts';
import { fillPlane, type Plane } from '../../pixels/plane.ts';
import { resizeBilinear } from '../../pixels/resize.ts';
import type { EffectCanvas, Field } from '../kernel/canvas.ts';

/** Cells of a grid along the short side: fields are computed on it and enlarged. */
const GRID = 360;

/** The size of the grid for a canvas. */
export function gridSize({ width, height, short }: EffectCanvas): { width: number; height: number } {
  return { width: Math.round((width * GRID) / short), height: Math.round((height * GRID) / short) };
}

/** A plane over the canvas, computed on the grid; `x` and `y` in short sides from the canvas's top left. */
export function gridPlane(canvas: EffectCanvas, valueAt: (x: number, y: number) => number): Plane {
  const { width, height } = gridSize(canvas);
  return fillPlane(width, height, (x, y) => valueAt((x * width) / GRID, (y * height) / GRID));
}

/** Smooth noise around 0, mostly within ±0.5; `x` and `y` in cells of its coarsest octave. */
export function createNoise(seed: number): (x: number, y: number) => number {
  const lattice = createLattice(seed);
  return (x, y) => (fractalNoise(x + 128, y + 128, lattice) - 0.484) * 1.7;
}

/** Replaces each value by its rank, 0–1: a front that crosses ranks evenly takes the area evenly. */
export function toRanks({ width, height, values }: Plane): Plane {
  const sorted = values.slice().sort();
  const low = sorted[0]!;
  const high = Math.max(low + 1e-9, sorted.at(-1)!);
  // A table of the distribution is finer than any front that is seen.
  const steps = 4096;
  const table = new Float32Array(steps + 2);
  for (let step = 0, index = 0; step <= steps + 1; step++) {
    const value = low + ((high - low) * step) / steps;
    while (index < sorted.length && sorted[index]! < value) index++;
    table[step] = index / sorted.length;
  }
  const ranks = values.map((value) => {
    const position = ((value - low) / (high - low)) * steps;
    const step = Math.floor(position);
    return table[step]! + (table[step + 1]! - table[step]!) * (position - step);
  });
  return { width, height, values: ranks };
}

/** A field of the canvas from planes of the grid: both 0–1. */
export function toField(canvas: EffectCanvas, order: Plane, noise: Plane): Field {
  const field = canvas.createField();
  const { width, height } = canvas;
  const enlarged = resizeBilinear(order.values, order.width, order.height, width, height);
  const level = resizeBilinear(noise.values, noise.width, noise.height, width, height);
  for (let pixel = 0; pixel < enlarged.length; pixel++) {
    field.values[pixel] = Math.max(0, Math.min(65535, enlarged[pixel]! * 65535));
    field.noise[pixel] = Math.max(0, Math.min(255, level[pixel]! * 255));
  }
  return field;
}
