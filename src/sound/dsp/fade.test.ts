import { expect, test } from 'vitest';
import { fadeEnds } from './fade.ts';

test('both ends reach zero, the middle stays, and half-way the power is a half', () => {
  const samples = new Float32Array(48_000).fill(1);
  fadeEnds(samples, 0.1, 0.35);
  expect(samples[0]).toBe(0);
  expect(samples[47_999]).toBe(0);
  expect(samples[24_000]).toBe(1);
  expect(samples[2400]! ** 2).toBeCloseTo(0.5, 3);
  expect(samples[47_999 - 8400]! ** 2).toBeCloseTo(0.5, 3);
});
