import type { EffectCanvas, Texture, Vertex } from '../kernel/canvas.ts';

/** A point in space, in pixels of the canvas; z towards the viewer. */
export type Point = readonly [x: number, y: number, z: number];

/** Where a point in space is seen by a camera before the middle of the canvas, `distance` in front of it. */
export function project(
  { width, height }: EffectCanvas,
  [x, y, z]: Point,
  distance: number,
): [x: number, y: number] {
  const nearer = distance / Math.max(0.05 * distance, distance - z);
  return [width / 2 + (x - width / 2) * nearer, height / 2 + (y - height / 2) * nearer];
}

/** What a point of a surface is like; in the texture's pixels where it is not given. */
export interface Sample {
  point: Point;
  u: number;
  v: number;
  /** Default 1. */
  shade?: number;
  /** Default 0. */
  light?: number;
  /** Default 1. */
  cover?: number;
}

/**
 * A surface in space as triangles: `columns` × `rows` cells, fine enough that perspective is right.
 *
 * @param at a point of it, for `s` and `t` from 0 to 1
 * @param distance of the camera, in pixels of the canvas
 */
export function surface(
  canvas: EffectCanvas,
  columns: number,
  rows: number,
  distance: number,
  at: (s: number, t: number) => Sample,
): Vertex[] {
  const grid: Vertex[] = [];
  for (let row = 0; row <= rows; row++) {
    for (let column = 0; column <= columns; column++) {
      grid.push(toVertex(canvas, distance, at(column / columns, row / rows)));
    }
  }
  const vertices: Vertex[] = [];
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const corner = row * (columns + 1) + column;
      const [a, b] = [grid[corner]!, grid[corner + 1]!];
      const [c, d] = [grid[corner + columns + 1]!, grid[corner + columns + 2]!];
      vertices.push(a, b, d, a, d, c);
    }
  }
  return vertices;
}

/** A point of a surface as the camera sees it. */
export function toVertex(
  canvas: EffectCanvas,
  distance: number,
  { point, u, v, shade = 1, light = 0, cover = 1 }: Sample,
): Vertex {
  const [x, y] = project(canvas, point, distance);
  return { x, y, u, v, shade, light, cover };
}

/** A sprite: a whole texture as a turned rectangle. */
export interface SpriteShape {
  x: number;
  y: number;
  /** Half its extent along its own axes, in pixels of the canvas. */
  halfLength: number;
  halfBreadth: number;
  /** Radians, clockwise. */
  angle: number;
  shade?: number;
  /** 0–1. Default 1. */
  opacity?: number;
}

/** Adds a sprite to a list of triangles. */
export function addSprite(vertices: Vertex[], texture: Texture, sprite: SpriteShape): void {
  const { x, y, halfLength, halfBreadth, angle, shade = 1, opacity = 1 } = sprite;
  if (opacity <= 0.004) return;
  const cosine = Math.cos(angle);
  const sine = Math.sin(angle);
  const corner = (along: number, across: number): Vertex => ({
    x: x + along * halfLength * cosine - across * halfBreadth * sine,
    y: y + along * halfLength * sine + across * halfBreadth * cosine,
    u: along < 0 ? 0 : texture.width,
    v: across < 0 ? 0 : texture.height,
    shade,
    light: 0,
    cover: opacity,
  });
  const [a, b, c, d] = [corner(-1, -1), corner(1, -1), corner(1, 1), corner(-1, 1)];
  vertices.push(a, b, c, a, c, d);
}
