import { expect, test } from 'vitest';
import { createRandom } from '../../random.ts';
import { otsuSplit, quantile } from './quantile.ts';

test('finds the value that sorting finds, and leaves the order', () => {
  const random = createRandom(3);
  for (const length of [1, 2, 3, 10, 101, 1000]) {
    const values = Float32Array.from({ length }, () => Math.floor(random() * 50) / 10);
    const before = values.slice();
    const sorted = values.slice().sort();
    for (const share of [0, 0.05, 0.5, 0.93, 1]) {
      expect(quantile(values, share)).toBe(sorted[Math.min(length - 1, Math.floor(share * length))]);
    }
    expect(values).toEqual(before);
  }
  expect(quantile(new Float32Array(0), 0.5)).toBe(0);
});

test('divides two heaps between them', () => {
  const random = createRandom(4);
  const values = Float32Array.from({ length: 4000 }, (_, index) =>
    index % 4 ? 0.2 + 0.1 * random() : 0.7 + 0.1 * random(),
  );
  const { threshold, separation } = otsuSplit(values);
  expect(threshold).toBeGreaterThan(0.29);
  expect(threshold).toBeLessThan(0.71);
  expect(separation).toBeGreaterThan(0.95);
});

test('cannot divide equal values', () => {
  expect(otsuSplit(new Float32Array(50).fill(0.4)).separation).toBe(0);
});
