import { planeAt } from '../pixels/plane.ts';
import type { CameraPose } from './camera.ts';
import type { Relief } from './relief.ts';
import type { Size } from './size.ts';

/** Pixels between two nodes of the mesh. */
export const BLOCK = 16;

/** The same where a clip is drawn in more detail. The kernel draws nothing finer: a block of chroma is half as wide. */
export const FINE_BLOCK = 8;

/** Iterations of the fixed point that finds which disparity a pixel sees; the last two are damped. */
const ITERATIONS = 4;

/** Where each block of the frame looks in the source: 16.16 fixed point (u, v), row by row. */
export interface Mesh {
  /** Pixels between two nodes. */
  block: number;
  /** Nodes a row and rows of nodes. */
  columns: number;
  rows: number;
  nodes: Int32Array;
}

/** Nodes that a frame of the given size needs, counting the last column and row beyond its edge. */
export function meshSize(frame: Size, block: number): { columns: number; rows: number } {
  return { columns: Math.ceil(frame.width / block) + 1, rows: Math.ceil(frame.height / block) + 1 };
}

/**
 * Fills the mesh for one pose: for each node the source position that the camera sees there, found by iterating
 * u ← position(disparity(u)), which converges because the relief's slope is limited.
 *
 * @param frame size of the video in pixels; the source has the same aspect ratio
 */
export function fillMesh(mesh: Mesh, frame: Size, source: Size, pose: CameraPose, relief: Relief): void {
  const { block, columns, rows, nodes } = mesh;
  const scale = Math.min(source.width / frame.width, source.height / frame.height) / pose.zoom;
  const cosine = Math.cos(pose.roll) * scale;
  const sine = Math.sin(pose.roll) * scale;
  const centreU = source.width * (0.5 + pose.shiftX);
  const centreV = source.height * (0.5 + pose.shiftY);
  const truckU = pose.truckX * source.width;
  const truckV = pose.truckY * source.height;
  const toReliefX = 1 / source.width;
  const toReliefY = 1 / source.height;
  const flat = truckU === 0 && truckV === 0 && pose.dolly === 0;
  let node = 0;
  for (let row = 0; row < rows; row++) {
    const y = row * block + 0.5 - frame.height / 2;
    for (let column = 0; column < columns; column++) {
      const x = column * block + 0.5 - frame.width / 2;
      const rayU = cosine * x - sine * y;
      const rayV = sine * x + cosine * y;
      let u = centreU + rayU;
      let v = centreV + rayV;
      if (!flat) {
        let near = pose.pivot;
        for (let iteration = 0; iteration < ITERATIONS; iteration++) {
          u = centreU + rayU * (1 - pose.dolly * near) + truckU * (near - pose.pivot);
          v = centreV + rayV * (1 - pose.dolly * near) + truckV * (near - pose.pivot);
          const seen = planeAt(relief, u * toReliefX, v * toReliefY);
          near = iteration < 2 ? seen : near + 0.75 * (seen - near);
        }
        u = centreU + rayU * (1 - pose.dolly * near) + truckU * (near - pose.pivot);
        v = centreV + rayV * (1 - pose.dolly * near) + truckV * (near - pose.pivot);
      }
      nodes[node++] = Math.round((u - 0.5) * 65536);
      nodes[node++] = Math.round((v - 0.5) * 65536);
    }
  }
}
