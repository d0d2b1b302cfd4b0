import { expect, test } from 'vitest';
import { straightenSkyline } from './skyline.ts';
import { paint } from './testing/paint.ts';
import { createView } from './view.ts';

test('gives a tower one nearness and leaves a hill as it is', () => {
  const width = 120;
  const view = createView(paint(width, 100, () => [0.5, 0.5, 0.5]));
  const mask = new Float32Array(width * 100).fill(1, 0, width * 60);
  const disparity = Float32Array.from({ length: width * 100 }, (_, pixel) => pixel / (width * 100));
  for (let y = 10; y < 60; y++) mask.fill(0, y * width + 20, y * width + 30);
  for (let y = 50; y < 60; y++) mask.fill(0, y * width + 50, y * width + 110);
  const before = disparity.slice();
  straightenSkyline(view, { mask, horizonRow: 60 }, new Float32Array(100).fill(0.2), disparity);
  const tower = [12, 30, 58].map((row) => disparity[row * width + 25]);
  expect(new Set(tower).size).toBe(1);
  expect(tower[0]).toBeGreaterThanOrEqual(0.2);
  expect(disparity[55 * width + 80]).toBe(before[55 * width + 80]);
  expect(disparity[80 * width + 25]).toBe(before[80 * width + 25]);
});

test('a mast that the upper edge cuts off is nearer than one that ends in the sky, down to its own foot', () => {
  const width = 120;
  const view = createView(paint(width, 100, () => [0.5, 0.5, 0.5]));
  const mask = new Float32Array(width * 100).fill(1, 0, width * 60);
  for (let y = 0; y < 60; y++) mask.fill(0, y * width + 20, y * width + 26);
  for (let y = 15; y < 60; y++) mask.fill(0, y * width + 80, y * width + 86);
  const ground = Float32Array.from({ length: 100 }, (_, row) => Math.max(0, (row - 60) / 40));
  const disparity = Float32Array.from(
    { length: width * 100 },
    (_, pixel) => ground[Math.floor(pixel / width)]!,
  );
  straightenSkyline(view, { mask, horizonRow: 60 }, ground, disparity);
  const at = (x: number, y: number) => disparity[y * width + x]!;
  expect(at(22, 30)).toBeGreaterThan(at(82, 30) + 0.2);
  expect(at(22, 65)).toBe(at(22, 30));
  expect(at(22, 95)).toBe(ground[95]);
  expect(at(50, 65)).toBe(ground[65]);
});

test('a head above the horizon is as near as the shoulders that carry it', () => {
  const width = 120;
  const view = createView(paint(width, 100, () => [0.5, 0.5, 0.5]));
  const mask = new Float32Array(width * 100).fill(1, 0, width * 40);
  for (let y = 10; y < 40; y++) mask.fill(0, y * width + 50, y * width + 70);
  const disparity = new Float32Array(width * 100);
  for (let y = 40; y < 100; y++) disparity.fill(0.8, y * width + 35, y * width + 85);
  straightenSkyline(view, { mask, horizonRow: 40 }, new Float32Array(100).fill(0.1), disparity);
  expect(disparity[20 * width + 60]).toBeCloseTo(0.8, 5);
});
