import { expect, test } from 'vitest';
import { resizeBilinear } from './resize.ts';

test('keeps a linear ramp linear when it grows, and repeats the border', () => {
  const ramp = Float32Array.from({ length: 8 * 3 }, (_, pixel) => pixel % 8);
  const grown = resizeBilinear(ramp, 8, 3, 32, 6);
  for (let x = 2; x < 30; x++) expect(grown[3 * 32 + x]).toBeCloseTo((x + 0.5) / 4 - 0.5, 5);
  expect(grown[0]).toBe(0);
  expect(grown[31]).toBe(7);
});

test('returns the same values for the same size', () => {
  const plane = Float32Array.from({ length: 20 }, (_, pixel) => Math.sin(pixel));
  expect(resizeBilinear(plane, 5, 4, 5, 4)).toEqual(plane);
});

test('grows a single pixel to a flat plane', () => {
  expect(resizeBilinear(Float32Array.of(0.25), 1, 1, 3, 2)).toEqual(new Float32Array(6).fill(0.25));
});
