import { expect, test } from 'vitest';
import { createRandom } from '../../random.ts';
import { barrierDistance } from './barrier-distance.ts';

/** Tries every band of values: what a flood within the band reaches from a seed is no farther than its width. */
function exactDistance(
  values: Float32Array,
  seeds: Float32Array,
  width: number,
  height: number,
): Float32Array {
  const best = new Float32Array(values.length).fill(Number.POSITIVE_INFINITY);
  for (const low of new Set(values)) {
    for (const high of new Set(values)) {
      if (low > high) continue;
      const reached = new Set<number>();
      const visit = (pixel: number) => {
        if (reached.has(pixel) || values[pixel]! < low || values[pixel]! > high) return;
        reached.add(pixel);
        best[pixel] = Math.min(best[pixel]!, high - low);
        if (pixel % width > 0) visit(pixel - 1);
        if (pixel % width < width - 1) visit(pixel + 1);
        if (pixel >= width) visit(pixel - width);
        if (pixel < width * (height - 1)) visit(pixel + width);
      };
      for (let pixel = 0; pixel < seeds.length; pixel++) if (seeds[pixel] === 1) visit(pixel);
    }
  }
  return best;
}

test('is never less than the exact distance, and seldom more', () => {
  const width = 12;
  const height = 10;
  const random = createRandom(8);
  let exactCount = 0;
  let count = 0;
  for (let round = 0; round < 10; round++) {
    const values = Float32Array.from({ length: width * height }, () => Math.floor(random() * 6) / 8);
    const seeds = values.map((_, pixel) => (pixel < width || pixel % width === 0 ? 1 : 0));
    const exact = exactDistance(values, seeds, width, height);
    barrierDistance(values, seeds, width, height).forEach((distance, pixel) => {
      expect(distance).toBeGreaterThanOrEqual(exact[pixel]!);
      count++;
      if (distance === exact[pixel]) exactCount++;
    });
  }
  console.log(`exact barrier distances: ${((100 * exactCount) / count).toFixed(1)} % of ${count}`);
  expect(exactCount / count).toBeGreaterThan(0.85);
});

test('a ring keeps what it surrounds far, and a slope does not', () => {
  const side = 21;
  const ring = new Float32Array(side * side);
  for (let pixel = 0; pixel < ring.length; pixel++) {
    const radius = Math.hypot((pixel % side) - 10, Math.floor(pixel / side) - 10);
    ring[pixel] = radius > 5 && radius < 7 ? 0.8 : 0.1;
  }
  const border = ring.map((_, pixel) => (pixel % side === 0 ? 1 : 0));
  const distance = barrierDistance(ring, border, side, side);
  expect(distance[10 * side + 10]).toBeCloseTo(0.7, 5);
  expect(distance[10 * side + 1]).toBeCloseTo(0, 5);
});

test('nothing is near when there are no seeds', () => {
  expect(barrierDistance(new Float32Array(4), new Float32Array(4), 2, 2)).toEqual(
    new Float32Array(4).fill(Number.POSITIVE_INFINITY),
  );
});
