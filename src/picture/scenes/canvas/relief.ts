import { type Canvas, cover, type Region, type Veil, veil } from './canvas.ts';
import type { Ink } from './light.ts';

/** A ground that has a height everywhere: sea, dunes, hills, mountains. Metres throughout; x right, z away. */
export interface Surface {
  /** −Infinity where there is nothing. `footprint`: the depth that one sample stands for. */
  height(x: number, z: number, footprint: number): number;
  /**
   * Writes the colour into the first three of `ink`, and into the fourth how much of the veil lies there. Undefined
   * leaves what is painted there already.
   */
  shade(point: SurfacePoint, ink: Ink): Region | undefined;
  /** A veil that the shading reports. */
  veil?: Veil;
  /** Height of the flat plane that is left open where the ground is not: a lake's, a plain's. */
  foot?: number;
}

/** A point of a surface that is seen; the object is reused from point to point. */
export interface SurfacePoint {
  x: number;
  z: number;
  height: number;
  /** Distance along the ground. */
  metres: number;
  /** The depth that the point stands for. */
  footprint: number;
  /** Rise to the right and away, metres a metre, from sample to sample. */
  slopeX: number;
  slopeZ: number;
}

/** Distances that lie evenly on the rows of the canvas on flat ground, near to far: for seas and plains. */
export function evenRows(canvas: Canvas, farthest: number, rowsPerSample: number): Float64Array {
  const depths: number[] = [];
  const last = (canvas.eye * canvas.focal) / farthest;
  for (let row = canvas.height * 1.11 - canvas.horizon; row > last; row -= rowsPerSample) {
    depths.push((canvas.eye * canvas.focal) / row);
  }
  return Float64Array.from(depths);
}

/**
 * Distances for rolling ground that is seen from the eye's height: about one a row on level ground, never closer than
 * a four-hundredth, nor wider than a hundredth of the distance.
 */
export function groundSteps(canvas: Canvas, nearest: number, farthest: number): Float64Array {
  const depths: number[] = [];
  const perRow = 1 / (canvas.eye * canvas.focal);
  for (let depth = nearest; depth < farthest; depth *= 1 + Math.max(0.0025, Math.min(0.01, depth * perRow))) {
    depths.push(depth);
  }
  return Float64Array.from(depths);
}

/** Distances that grow by a constant ratio: for ground with relief. */
export function evenRatios(nearest: number, farthest: number, ratio: number): Float64Array {
  const depths: number[] = [];
  for (let depth = nearest; depth < farthest; depth *= ratio) depths.push(depth);
  return Float64Array.from(depths);
}

/**
 * Paints a surface, one column after the other from near to far, keeping the highest row so far. Each sample covers
 * the rows between its own height and that, exactly: crests and ridgelines are smooth, distances and masks fit to
 * the pixel.
 */
export function paintRelief(canvas: Canvas, depths: Float64Array, surface: Surface): void {
  const { width, height, horizon, focal, centre, eye } = canvas;
  const overlay = surface.veil === undefined ? undefined : veil(canvas, surface.veil);
  const ink = new Float64Array(4);
  const sums = new Float64Array(height * 5);
  const metresOf = new Float64Array(height);
  const largest = new Float64Array(height);
  const regionOf: Region[] = new Array(height).fill('land');
  const longestStep = 60 * canvas.unit;
  // The highest row so far; in an array, because a captured number that changes is put on the heap each time.
  const edge = new Float64Array(1);
  const point: SurfacePoint = { x: 0, z: 0, height: 0, metres: 0, footprint: 0, slopeX: 0, slopeZ: 0 };
  // Heights of the column to the left: the slope to the right needs no height of its own.
  let left = new Float64Array(depths.length);
  let levels = new Float64Array(depths.length);
  for (let column = 0; column < width; column++) {
    const slant = (column + 0.5 - centre) / focal;
    const stretch = Math.sqrt(1 + slant * slant);
    edge[0] = height;
    [left, levels] = [levels, left];
    const put = (z: number, level: number, footprint: number, row: number) => {
      const upper = Math.max(row, 0);
      point.x = slant * z;
      point.z = z;
      point.height = level;
      point.metres = z * stretch;
      point.footprint = footprint;
      const region = surface.shade(point, ink);
      if (region === undefined) {
        edge[0] = upper;
        return;
      }
      for (let line = upper | 0; line < edge[0]!; line++) {
        const share = Math.min(edge[0]!, line + 1) - Math.max(upper, line);
        if (share <= 0) continue;
        const at = line * 5;
        sums[at]! += ink[0]! * share;
        sums[at + 1]! += ink[1]! * share;
        sums[at + 2]! += ink[2]! * share;
        sums[at + 3]! += ink[3]! * share;
        sums[at + 4]! += share;
        if (share > largest[line]!) {
          largest[line] = share;
          regionOf[line] = region;
          metresOf[line] = z * stretch;
        }
      }
      edge[0] = upper;
    };
    for (let sample = 0; sample < depths.length && edge[0]! > 0; sample++) {
      const z = depths[sample]!;
      const footprint = (depths[sample + 1] ?? z * 1.01) - z;
      const level = surface.height(slant * z, z, footprint);
      levels[sample] = level;
      if (surface.foot !== undefined)
        edge[0] = Math.min(edge[0]!, horizon - ((surface.foot - eye) / z) * focal);
      if (level === Number.NEGATIVE_INFINITY) continue;
      const row = horizon - ((level - eye) / z) * focal;
      if (row >= edge[0]!) continue;
      const gap = edge[0]! - row;
      const previous = depths[sample - 1];
      const before = column === 0 ? surface.height(slant * z - z / focal, z, footprint) : left[sample]!;
      point.slopeX = ((level - before) * focal) / z;
      point.slopeZ = previous === undefined ? 0 : (level - levels[sample - 1]!) / (z - previous);
      if (!Number.isFinite(point.slopeX)) point.slopeX = 0;
      if (!Number.isFinite(point.slopeZ)) point.slopeZ = 0;
      if (gap > 1.5 && previous !== undefined && gap < longestStep) {
        // A steep face: without samples in between its texture turns into blocks.
        const parts = Math.min(24, Math.ceil(gap));
        for (let part = 1; part < parts; part++) {
          const depth = previous + ((z - previous) * part) / parts;
          const between = surface.height(slant * depth, depth, footprint);
          if (between === Number.NEGATIVE_INFINITY) continue;
          const line = horizon - ((between - eye) / depth) * focal;
          if (line < edge[0]!) put(depth, between, footprint / parts, line);
        }
        if (row >= edge[0]!) continue;
      }
      put(z, level, footprint, row);
    }
    for (let line = edge[0]! | 0; line < height; line++) {
      const at = line * 5;
      const share = sums[at + 4]!;
      if (share <= 0) continue;
      largest[line] = 0;
      const pixel = line * width + column;
      const alpha = Math.min(1, share);
      cover(
        canvas,
        pixel,
        sums[at]! / share,
        sums[at + 1]! / share,
        sums[at + 2]! / share,
        alpha,
        metresOf[line]!,
        regionOf[line]!,
      );
      if (overlay) overlay[pixel] = overlay[pixel]! * (1 - alpha) + sums[at + 3]!;
      sums.fill(0, at, at + 5);
    }
  }
}
