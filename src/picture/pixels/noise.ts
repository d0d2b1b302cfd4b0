import { createRandom } from '../../random.ts';
import { blur } from './box.ts';
import { fillPlane, type Plane } from './plane.ts';
import { resizeBilinear } from './resize.ts';

/** Pixels between two hills of {@link smoothNoise}: enough to interpolate between them, and no more. */
const PIXELS_A_CELL = 16;

/**
 * Smooth random values 0–1 with about `cells` hills across the width; the same seed gives the same plane. It has the
 * shape of `width` × `height` and as many pixels as its hills need, so it is read by {@link planeAt}.
 */
export function smoothNoise(width: number, height: number, cells: number, seed: number): Plane {
  const random = createRandom(seed);
  const columns = cells + 2;
  const rows = Math.max(2, Math.round((cells * height) / width)) + 2;
  const grid = fillPlane(columns, rows, () => random());
  const across = Math.min(width, PIXELS_A_CELL * cells);
  const down = Math.max(2, Math.round((across * height) / width));
  const grown = resizeBilinear(grid.values, columns, rows, across, down);
  const values = blur(grown, across, down, Math.max(1, Math.round(across / cells / 4)));
  return { width: across, height: down, values };
}

/** The same noise at four sizes, each half as strong as the one before: clouds, 0–1. */
export function fractalNoise(x: number, y: number, lattice: Float32Array): number {
  let sum = 0;
  let size = 0.5;
  let scale = 1;
  for (let octave = 0; octave < 5; octave++) {
    sum += size * latticeAt(lattice, x * scale + octave * 17, y * scale + octave * 31);
    size /= 2;
    scale *= 2.03;
  }
  return sum;
}

const LATTICE = 256;

/** Random values for {@link fractalNoise}. */
export function createLattice(seed: number): Float32Array {
  const random = createRandom(seed);
  return Float32Array.from({ length: LATTICE * LATTICE }, () => random());
}

/** Value noise: random values at whole numbers, a cubic between them. */
function latticeAt(lattice: Float32Array, x: number, y: number): number {
  const column = Math.floor(x);
  const row = Math.floor(y);
  const ease = (t: number) => t * t * (3 - 2 * t);
  const across = ease(x - column);
  const down = ease(y - row);
  const left = column & (LATTICE - 1);
  const right = (column + 1) & (LATTICE - 1);
  const upper = (row & (LATTICE - 1)) * LATTICE;
  const lower = ((row + 1) & (LATTICE - 1)) * LATTICE;
  const top = lattice[upper + left]! * (1 - across) + lattice[upper + right]! * across;
  const bottom = lattice[lower + left]! * (1 - across) + lattice[lower + right]! * across;
  return top * (1 - down) + bottom * down;
}
