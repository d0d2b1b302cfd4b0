import type { FlowRegion } from '../motions/region.ts';
import { dilate } from '../pixels/morphology.ts';
import { type Plane, planeAt } from '../pixels/plane.ts';
import type { Mesh } from './mesh.ts';
import type { Size } from './size.ts';

/** How much of the loss of contrast between two copies is given back, 0–1. */
const SHARPNESS_GAIN = 0.85;

/** A mask on a coarse grid, grown by more than a block: where it is 0 a block holds nothing of the mask. */
export function presence(mask: Plane): Plane {
  const width = Math.min(192, mask.width);
  const height = Math.max(2, Math.round((width * mask.height) / mask.width));
  const values = new Float32Array(width * height);
  mask.values.forEach((value, pixel) => {
    const x = Math.floor(((pixel % mask.width) * width) / mask.width);
    const y = Math.floor((Math.floor(pixel / mask.width) * height) / mask.height);
    const target = y * width + x;
    if (value > values[target]!) values[target] = value;
  });
  return { width, height, values: dilate(values, width, height, 3) };
}

/** Marks the blocks with a corner where the mask is present, and tells whether there is one. */
export function markBlocks(active: Uint8Array, mesh: Mesh, source: Size, present: Plane): boolean {
  const { columns, rows, nodes } = mesh;
  const toX = 1 / (65536 * source.width);
  const toY = 1 / (65536 * source.height);
  active.fill(0);
  let any = false;
  for (let row = 0, node = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++, node++) {
      if (planeAt(present, nodes[2 * node]! * toX, nodes[2 * node + 1]! * toY) <= 0) continue;
      any = true;
      for (const y of [row - 1, row]) {
        for (const x of [column - 1, column]) {
          if (x >= 0 && y >= 0 && x < columns - 1 && y < rows - 1) active[y * (columns - 1) + x] = 1;
        }
      }
    }
  }
  return any;
}

/**
 * Where each node of the mesh finds the two moving copies of a region's detail, and how strong each is. The weights
 * keep the detail's variance, so that the water stays as sharp between two copies as on one.
 *
 * @param flow six values a node: u1, v1, u2, v2 in 16.16 source pixels, weight1, weight2 (256 is one)
 * @param seconds since the clip began
 * @param share how much of the movement counts, 0–1
 */
export function fillFlow(
  flow: Int32Array,
  mesh: Mesh,
  source: Size,
  region: FlowRegion,
  seconds: number,
  share: number,
): void {
  const { velocityX, velocityY, phase, period } = region;
  const toX = 1 / (65536 * source.width);
  const toY = 1 / (65536 * source.height);
  const way = period * source.width * 65536;
  const flicker = 1 + region.flicker * flame(seconds);
  for (let node = 0, at = 0; node < mesh.columns * mesh.rows; node++) {
    const u = mesh.nodes[2 * node]!;
    const v = mesh.nodes[2 * node + 1]!;
    const x = u * toX;
    const y = v * toY;
    const turn = seconds / period + planeAt(phase, x, y);
    const first = turn - Math.floor(turn);
    const second = turn + 0.5 - Math.floor(turn + 0.5);
    const secondWeight = Math.abs(1 - 2 * first);
    const firstWeight = 1 - secondWeight;
    const loss = 1 / Math.sqrt(firstWeight * firstWeight + secondWeight * secondWeight);
    const scale = 256 * share * flicker * (1 + (loss - 1) * SHARPNESS_GAIN);
    const stepU = planeAt(velocityX, x, y) * way;
    const stepV = planeAt(velocityY, x, y) * way;
    flow[at++] = u - stepU * (first - 0.5);
    flow[at++] = v - stepV * (first - 0.5);
    flow[at++] = u - stepU * (second - 0.5);
    flow[at++] = v - stepV * (second - 0.5);
    flow[at++] = firstWeight * scale;
    flow[at++] = secondWeight * scale;
  }
}

/** How a flame's light comes and goes, about −1 … 1: sines whose rates have no common measure. */
function flame(seconds: number): number {
  const wave = (rate: number, phase: number) => Math.sin(2 * Math.PI * rate * seconds + phase);
  return 0.4 * wave(2.3, 0) + 0.35 * wave(5.1, 1.3) + 0.25 * wave(8.7, 2.1);
}
