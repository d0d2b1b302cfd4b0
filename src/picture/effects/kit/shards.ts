import type { Random } from '../../../random.ts';

/** A corner of a shard, in short sides. */
export type Corner = readonly [x: number, y: number];

/** A convex piece of the picture with a ragged outline, in short sides. */
export interface Shard {
  /** Its middle. */
  x: number;
  y: number;
  /** Its outline, clockwise. */
  corners: Corner[];
  /** Distance of its nearest edge from its middle. */
  inner: number;
  /** Distance of its farthest corner. */
  outer: number;
}

/** Length of the steps along an edge in short sides. */
const RAGGED_STEP = 0.045;

/**
 * Breaks a picture into shards that fill it: the Voronoi cells of random points, which lie closer together at the
 * centre. Neighbours share their edges, which are made ragged by `bend`.
 *
 * @param size of the picture, in short sides
 * @param centre where it is hit
 * @param bend how far a point of an edge is moved, in short sides
 */
export function breakUp(
  size: { width: number; height: number },
  centre: { x: number; y: number },
  count: number,
  random: Random,
  bend: (x: number, y: number) => Corner,
): Shard[] {
  const reach = Math.hypot(size.width, size.height) * 0.8;
  const points: Corner[] = [];
  while (points.length < count) {
    const angle = 2 * Math.PI * random();
    const far = reach * random() ** 0.85;
    const x = centre.x + far * Math.cos(angle);
    const y = centre.y + far * Math.sin(angle);
    if (x > -0.05 && x < size.width + 0.05 && y > -0.05 && y < size.height + 0.05) points.push([x, y]);
  }
  return points.flatMap((point) => {
    let cell: Corner[] = [
      [0, 0],
      [size.width, 0],
      [size.width, size.height],
      [0, size.height],
    ];
    for (const other of points) if (other !== point) cell = cutOff(cell, point, other);
    return cell.length < 3 ? [] : [toShard(cell, size, bend)];
  });
}

/** The part of a polygon that is nearer to `own` than to `other`. */
function cutOff(cell: Corner[], own: Corner, other: Corner): Corner[] {
  const normal = [other[0] - own[0], other[1] - own[1]] as const;
  const middle = [(own[0] + other[0]) / 2, (own[1] + other[1]) / 2] as const;
  const depth = ([x, y]: Corner) => (x - middle[0]) * normal[0] + (y - middle[1]) * normal[1];
  const kept: Corner[] = [];
  cell.forEach((corner, index) => {
    const next = cell[(index + 1) % cell.length]!;
    const here = depth(corner);
    const there = depth(next);
    if (here <= 0) kept.push(corner);
    if (here < 0 !== there < 0 && here !== there) {
      const share = here / (here - there);
      kept.push([corner[0] + share * (next[0] - corner[0]), corner[1] + share * (next[1] - corner[1])]);
    }
  });
  return kept;
}

function toShard(
  cell: Corner[],
  size: { width: number; height: number },
  bend: (x: number, y: number) => Corner,
): Shard {
  const corners: Corner[] = [];
  cell.forEach(([x, y], index) => {
    const [nextX, nextY] = cell[(index + 1) % cell.length]!;
    const steps = Math.max(1, Math.round(Math.hypot(nextX - x, nextY - y) / RAGGED_STEP));
    for (let step = 0; step < steps; step++) {
      const share = step / steps;
      corners.push(ragged(x + share * (nextX - x), y + share * (nextY - y), size, bend));
    }
  });
  const x = corners.reduce((sum, corner) => sum + corner[0], 0) / corners.length;
  const y = corners.reduce((sum, corner) => sum + corner[1], 0) / corners.length;
  const far = corners.map((corner) => Math.hypot(corner[0] - x, corner[1] - y));
  return { x, y, corners, inner: Math.min(...far), outer: Math.max(...far) };
}

/** The picture's own border stays straight. */
function ragged(
  x: number,
  y: number,
  { width, height }: { width: number; height: number },
  bend: (x: number, y: number) => Corner,
): Corner {
  const [moveX, moveY] = bend(x, y);
  const onSide = x < 1e-6 || x > width - 1e-6;
  const onEnd = y < 1e-6 || y > height - 1e-6;
  return [
    onSide ? x : Math.max(0, Math.min(width, x + moveX)),
    onEnd ? y : Math.max(0, Math.min(height, y + moveY)),
  ];
}
