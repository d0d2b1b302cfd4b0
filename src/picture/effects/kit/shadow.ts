import { smoothstep } from '../../pixels/smoothstep.ts';
import type { LightMap } from '../kernel/canvas.ts';

/**
 * Darkens a light map under a convex outline, softly.
 *
 * @param outline its corners on the canvas in pixels, in either order
 * @param softness width of the penumbra in pixels: half of it inside the outline, half outside
 * @param dark how much light is taken, 0–1
 */
export function castShadow(
  map: LightMap,
  outline: readonly (readonly [x: number, y: number])[],
  softness: number,
  dark: number,
): void {
  if (dark <= 0.004) return;
  const area = outline.reduce((sum, [x, y], index) => {
    const [nextX, nextY] = outline[(index + 1) % outline.length]!;
    return sum + x * nextY - nextX * y;
  }, 0);
  const turn = Math.sign(area) || 1;
  const edges = outline.map(([x, y], index) => {
    const [nextX, nextY] = outline[(index + 1) % outline.length]!;
    const length = Math.hypot(nextX - x, nextY - y) || 1;
    return { x, y, normalX: (turn * (nextY - y)) / length, normalY: (-turn * (nextX - x)) / length };
  });
  const bound = (values: number[], most: number) => {
    const low = Math.floor((Math.min(...values) - softness) / map.cell);
    const high = Math.ceil((Math.max(...values) + softness) / map.cell);
    return [Math.max(0, low), Math.min(most - 1, high)] as const;
  };
  const [left, right] = bound(
    outline.map(([x]) => x),
    map.columns,
  );
  const [top, bottom] = bound(
    outline.map(([, y]) => y),
    map.rows,
  );
  for (let row = top; row <= bottom; row++) {
    for (let column = left; column <= right; column++) {
      let outside = Number.NEGATIVE_INFINITY;
      for (const { x, y, normalX, normalY } of edges) {
        outside = Math.max(outside, (column * map.cell - x) * normalX + (row * map.cell - y) * normalY);
      }
      if (outside >= softness / 2) continue;
      map.shade[row * map.columns + column]! *= 1 - dark * smoothstep(softness / 2, -softness / 2, outside);
    }
  }
}
