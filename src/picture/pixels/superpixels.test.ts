import { expect, test } from 'vitest';
import { paint } from '../depth/testing/paint.ts';
import { toLab } from './lab.ts';
import { findSuperpixels } from './superpixels.ts';

test('no patch crosses an edge of colour, and together they are the picture', () => {
  const [width, height] = [150, 100];
  const isInside = (x: number, y: number) => Math.hypot(x - 70, y - 52) < 31;
  const lab = toLab(paint(width, height, (x, y) => (isInside(x, y) ? [0.8, 0.3, 0.2] : [0.3, 0.4, 0.6])));
  const { labels, area, lightness } = findSuperpixels(lab, 120);
  expect(area.length).toBeGreaterThan(90);
  expect(area.length).toBeLessThan(150);
  expect(area.reduce((sum, value) => sum + value, 0)).toBe(width * height);
  const inside = new Float64Array(area.length);
  for (let pixel = 0; pixel < labels.length; pixel++) {
    if (isInside(pixel % width, Math.floor(pixel / width))) inside[labels[pixel]!]! += 1;
  }
  let crossed = 0;
  for (let patch = 0; patch < area.length; patch++) {
    crossed += Math.min(inside[patch]!, area[patch]! - inside[patch]!);
  }
  console.log(`${area.length} patches, ${crossed} pixels on the wrong side`);
  expect(crossed).toBeLessThan(0.005 * width * height);
  expect(lightness[labels[52 * width + 70]!]).toBeCloseTo(lab.lightness[52 * width + 70]!, 3);
});

test('gives the middle of each patch as shares of the picture', () => {
  const lab = toLab(paint(80, 40, () => [0.5, 0.5, 0.5]));
  const { x, y, area } = findSuperpixels(lab, 8);
  expect(area.length).toBe(8);
  expect([...x.subarray(0, 4)].map((value) => Math.round(8 * value))).toEqual([1, 3, 5, 7]);
  expect(Math.round(4 * y[0]!)).toBe(1);
  expect(Math.round(4 * y[7]!)).toBe(3);
});
