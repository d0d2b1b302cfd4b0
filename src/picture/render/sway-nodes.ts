import type { SwayRegion } from '../motions/region.ts';
import { planeAt } from '../pixels/plane.ts';
import type { Mesh } from './mesh.ts';
import type { Size } from './size.ts';

/**
 * Bends a mesh by a region that sways. Two sines whose rates have no common measure, so that it never looks wound up.
 *
 * @param seconds since the clip began
 * @param share how much of the movement counts, 0–1
 */
export function sway(mesh: Mesh, source: Size, region: SwayRegion, seconds: number, share: number): void {
  const { reachX, reachY, phase, rate, gusts } = region;
  const toX = 1 / (65536 * source.width);
  const toY = 1 / (65536 * source.height);
  const scale = share * source.width * 65536;
  const angle = 2 * Math.PI * rate * seconds;
  const { nodes } = mesh;
  for (let node = 0; node < nodes.length; node += 2) {
    const x = nodes[node]! * toX;
    const y = nodes[node + 1]! * toY;
    const wayX = planeAt(reachX, x, y);
    const wayY = planeAt(reachY, x, y);
    if (wayX === 0 && wayY === 0) continue;
    const place = planeAt(phase, x, y);
    const swing = (1 - 0.4 * gusts) * Math.sin(angle + place);
    const gust = 0.4 * gusts * Math.sin(2.37 * angle + 1.7 * place + 1.1);
    nodes[node]! -= Math.round(wayX * scale * (swing + gust));
    nodes[node + 1]! -= Math.round(wayY * scale * (swing + gust));
  }
}
