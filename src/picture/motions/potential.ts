import type { Plane } from '../pixels/plane.ts';

const ITERATIONS = 200;
/** Each step goes so far beyond the neighbours' mean; the best for a grid of some hundred cells lies between 1.9 and 2. */
const OVERSHOOT = 1.9;
/** Cells that conduct more than this are held at the ends, for so many rows. */
const HELD = 0.3;
const HELD_ROWS = 2;

/**
 * Solves div(k · grad φ) = 0 by successive over-relaxation. Nothing flows through the border; where much conducts in the
 * first and last rows between `from` and `to`, φ is held on a ramp from 0 to 1.
 *
 * @param conductance k, above 0
 */
export function solvePotential(conductance: Plane, from: number, to: number): Float32Array {
  const { width, height, values } = conductance;
  // A row of nothing above and below: no cell lacks a neighbour.
  const padded = new Float32Array(width * (height + 2));
  const potential = padded.subarray(width, width * (height + 1));
  const isHeld = new Uint8Array(width * height);
  for (let y = 0, at = 0; y < height; y++) {
    const ramp = Math.min(1, Math.max(0, (y - from) / Math.max(1, to - from)));
    for (let x = 0; x < width; x++, at++) {
      isHeld[at] = values[at]! > HELD && (y <= from + HELD_ROWS || y > to - HELD_ROWS) ? 1 : 0;
      potential[at] = ramp;
    }
  }
  relax(padded, isHeld, conductance);
  return potential;
}

/** Brings every cell that is not held towards the mean of its neighbours, weighted by what flows to them. */
function relax(padded: Float32Array, isHeld: Uint8Array, { width, height, values }: Plane): void {
  // Of each cell, behind the row of nothing: its links to the right and downwards.
  const right = new Float32Array(padded.length);
  const down = new Float32Array(padded.length);
  const pull = new Float32Array(padded.length);
  // The harmonic mean: what flows between two cells is limited by the tighter one.
  const link = (one: number, other: number) => (2 * one * other) / (one + other);
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at++) {
      const cell = width + at;
      if (x < width - 1) right[cell] = link(values[at]!, values[at + 1]!);
      if (y < height - 1) down[cell] = link(values[at]!, values[at + width]!);
      const total = right[cell]! + right[cell - 1]! + down[cell]! + down[at]!;
      pull[cell] = isHeld[at] === 1 ? 0 : OVERSHOOT / total;
    }
  }
  // Every other cell as on a chessboard, then the rest: neighbours need not wait for each other.
  for (let step = 0; step < 2 * ITERATIONS; step++) {
    for (let row = 1; row <= height; row++) {
      const end = (row + 1) * width;
      for (let cell = row * width + ((row + step) & 1); cell < end; cell += 2) {
        if (pull[cell] === 0) continue;
        const sum =
          right[cell - 1]! * padded[cell - 1]! +
          right[cell]! * padded[cell + 1]! +
          down[cell - width]! * padded[cell - width]! +
          down[cell]! * padded[cell + width]!;
        padded[cell]! += pull[cell]! * sum - OVERSHOOT * padded[cell]!;
      }
    }
  }
}
