import type { CameraPath, CameraPose } from './camera.ts';
import { BLOCK, fillMesh, type Mesh, meshSize } from './mesh.ts';
import type { Relief } from './relief.ts';
import type { Size } from './size.ts';

/** The most that the whole clip may be magnified to make room for the camera's way. */
const MAX_ZOOM = 1.45;
/** A frame of this many pixels stands for every size: positions scale with it. */
const PROBE_WIDTH = 24 * BLOCK;
/** How many poses of the path are looked at. */
const POSES = 24;

/** How a path is made to stay inside the picture. Plain JSON. */
export interface Fit {
  /** Magnification added to the whole clip, ≥ 1. */
  zoom: number;
  /** Share of the sideways, upward and turning movement that is kept, 0–1. */
  gain: number;
}

/** The path with a fit applied. */
export function fittedPath(path: CameraPath, fit: Fit): CameraPath {
  return (progress) => {
    const pose = path(progress);
    return {
      ...pose,
      zoom: pose.zoom * fit.zoom,
      roll: pose.roll * fit.gain,
      shiftX: pose.shiftX * fit.gain,
      shiftY: pose.shiftY * fit.gain,
      truckX: pose.truckX * fit.gain,
      truckY: pose.truckY * fit.gain,
    };
  };
}

/** How far, as a fraction of the frame's width, a pose looks beyond the picture's border; negative inside. */
function overshoot(mesh: Mesh, frame: Size, pose: CameraPose, relief: Relief): number {
  fillMesh(mesh, frame, frame, pose, relief);
  let worst = -Infinity;
  const lastU = (frame.width - 1) * 65536;
  const lastV = (frame.height - 1) * 65536;
  for (let row = 0; row < mesh.rows; row++) {
    // Nodes beyond the frame's edge are never drawn as such: the frame ends half a block before them at most.
    if (row * BLOCK > frame.height) continue;
    for (let column = 0; column < mesh.columns; column++) {
      if (column * BLOCK > frame.width) continue;
      const node = 2 * (row * mesh.columns + column);
      const u = mesh.nodes[node]!;
      const v = mesh.nodes[node + 1]!;
      worst = Math.max(worst, -u, u - lastU, -v, v - lastV);
    }
  }
  return worst / 65536 / frame.width;
}

/**
 * Keeps every frame inside the picture, so that no border ever shows: the clip is magnified until the path fits, up
 * to 1.45 times; what still does not fit is taken from the path.
 */
export function fitPath(path: CameraPath, relief: Relief, aspectRatio: number): Fit {
  const height = Math.max(BLOCK, Math.round(PROBE_WIDTH / aspectRatio / BLOCK) * BLOCK);
  const frame = { width: PROBE_WIDTH, height };
  const { columns, rows } = meshSize(frame, BLOCK);
  const mesh = { block: BLOCK, columns, rows, nodes: new Int32Array(2 * columns * rows) };
  // The mesh ends one pixel outside the frame: a frame that shows the whole picture is inside.
  const tolerance = 1.01 / PROBE_WIDTH;
  const fits = (fit: Fit) => {
    const fitted = fittedPath(path, fit);
    for (let index = 0; index <= POSES; index++) {
      if (overshoot(mesh, frame, fitted(index / POSES), relief) > tolerance) return false;
    }
    return true;
  };
  const fit: Fit = { zoom: 1, gain: 1 };
  if (fits(fit)) return fit;
  while (fit.zoom < MAX_ZOOM) {
    fit.zoom += 0.01;
    if (fits(fit)) return fit;
  }
  while (fit.gain > 0) {
    fit.gain = Math.max(0, fit.gain - 0.02);
    if (fits(fit)) return fit;
  }
  return fit;
}
