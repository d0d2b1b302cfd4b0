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
