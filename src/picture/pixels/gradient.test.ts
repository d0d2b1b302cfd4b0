import { expect, test } from 'vitest';
import { gradientMagnitude } from './gradient.ts';

test('measures the slope of a plane, and half of it at the border', () => {
  const width = 7;
  const height = 5;
  const slope = Float32Array.from(
    { length: width * height },
    (_, pixel) => 0.03 * (pixel % width) + 0.04 * Math.floor(pixel / width),
  );
  const steepness = gradientMagnitude(slope, width, height);
  expect(steepness[2 * width + 3]).toBeCloseTo(0.05, 6);
  expect(steepness[0]).toBeCloseTo(0.025, 6);
});

test('is zero for a single pixel', () => {
  expect(gradientMagnitude(Float32Array.of(0.7), 1, 1)).toEqual(Float32Array.of(0));
});
