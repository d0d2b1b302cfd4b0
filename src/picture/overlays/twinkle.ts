import { createRandom } from '../../random.ts';
import { smoothstep } from '../pixels/smoothstep.ts';
import type { FrameView } from '../render/layout.ts';
import type { Overlay } from './overlay.ts';

/** Sides of the squares that a point of light is compared with, in heights of the frame: larger things are no points. */
const SQUARE = 1 / 60;
/** Steps of luma by which a point has to outshine all that surrounds it: none of it, and all of it. */
const FAINT = 14;
const CLEAR = 44;
/** Cells of the noise across a height: lights that stand further apart than that twinkle apart. */
const CELLS = 70;
/** How often a second a light changes. */
const RATE = 3.2;

/** How many lights swing differently; a power of two. */
const VALUES = 4096;

/** Points of light that the picture has (stars, lamps of a town, glints) brighten and fade, each in its own time. */
export const twinkle: Overlay = {
  kind: 'twinkle',
  phrases:
    'twinkle,twinkling,glimmer,glimmering,shimmer,shimmering,glittering,glittery,sparkling star,star sparkle,sparkling light'.split(
      ',',
    ),
  create: ({ strength }, { seed, aspectRatio }) => {
    const random = createRandom(seed);
    const values = Float32Array.from({ length: VALUES }, () => random());
    const depth = 0.45 + 0.5 * strength;
    return ({ frame, pose, seconds, share }) => {
      const { width, height, stride, luma } = frame;
      const side = Math.max(2, Math.round(SQUARE * height));
      const { around, brightest, columns, rows } = readSquares(frame, side);
      const aroundAt = at(around, columns, rows);
      const cellAt = swings(values, seconds * RATE);
      const shine = (x: number, y: number) => {
        const pixel = y * stride + x;
        const excess = luma[pixel]! - between(aroundAt, x / side - 0.5, y / side - 0.5);
        if (excess <= FAINT) return;
        const u = ((x / width - 0.5) / pose.zoom + pose.shiftX + 1) * CELLS * aspectRatio;
        const v = ((y / height - 0.5) / pose.zoom + pose.shiftY + 1) * CELLS;
        const light = depth * (1.7 * between(cellAt, u, v) - 0.95);
        luma[pixel] = Math.min(235, luma[pixel]! + share * light * excess * smoothstep(FAINT, CLEAR, excess));
      };
      for (let row = 0; row < rows; row++) {
        for (let column = 0; column < columns; column++) {
          const square = row * columns + column;
          const least = around[square]! + FAINT / 2;
          if (brightest[square]! <= least) continue;
          const right = Math.min(width, (column + 1) * side);
          for (let y = row * side; y < Math.min(height, (row + 1) * side); y++) {
            for (let x = column * side; x < right; x++) if (luma[y * stride + x]! > least) shine(x, y);
          }
        }
      }
    };
  },
};

/** The squares of a frame. */
interface Squares {
  columns: number;
  rows: number;
  /** The luma of its brightest point. */
  brightest: Uint8Array;
  /** The mean luma of the brightest of its eight neighbours: beside an edge it is the edge's own. */
  around: Float32Array;
}

function readSquares({ width, height, stride, luma }: FrameView, side: number): Squares {
  const columns = Math.ceil(width / side);
  const rows = Math.ceil(height / side);
  const means = new Float32Array(columns * rows);
  const brightest = new Uint8Array(columns * rows);
  for (let square = 0; square < means.length; square++) {
    const left = (square % columns) * side;
    const top = Math.floor(square / columns) * side;
    const right = Math.min(width, left + side);
    const bottom = Math.min(height, top + side);
    let sum = 0;
    let most = 0;
    for (let y = top; y < bottom; y++) {
      for (let pixel = y * stride + left; pixel < y * stride + right; pixel++) {
        const value = luma[pixel]!;
        sum += value;
        if (value > most) most = value;
      }
    }
    means[square] = sum / ((right - left) * (bottom - top));
    brightest[square] = most;
  }
  const around = means.map((_, square) => {
    const column = square % columns;
    const row = (square - column) / columns;
    let most = 0;
    for (let down = Math.max(0, row - 1); down <= Math.min(rows - 1, row + 1); down++) {
      for (let across = Math.max(0, column - 1); across <= Math.min(columns - 1, column + 1); across++) {
        if (across !== column || down !== row) most = Math.max(most, means[down * columns + across]!);
      }
    }
    return most;
  });
  return { columns, rows, brightest, around };
}

/** Reads a grid of squares; beyond its border lies what is at the border. */
function at(grid: Float32Array, columns: number, rows: number): (column: number, row: number) => number {
  return (column, row) =>
    grid[Math.max(0, Math.min(rows - 1, row)) * columns + Math.max(0, Math.min(columns - 1, column))]!;
}

/** Lights 0–1 in a grid that never ends, each of which swings at a pace of its own. */
function swings(values: Float32Array, turn: number): (column: number, row: number) => number {
  const lights = values.map((value, cell) => {
    const phase = 2 * Math.PI * value;
    const pace = 1 + 2 * values[(cell + 1) % values.length]!;
    return 0.5 + 0.5 * Math.sin(turn * pace + phase) * Math.cos(0.35 * turn * pace + 3 * phase);
  });
  return (column, row) => lights[(column * 157 + row * 1031) & (lights.length - 1)]!;
}

/** A value between those of the four whole numbers around a place. */
function between(valueAt: (column: number, row: number) => number, x: number, y: number): number {
  const column = Math.floor(x);
  const row = Math.floor(y);
  const across = x - column;
  const top = valueAt(column, row) * (1 - across) + valueAt(column + 1, row) * across;
  const bottom = valueAt(column, row + 1) * (1 - across) + valueAt(column + 1, row + 1) * across;
  return top + (bottom - top) * (y - row);
}
