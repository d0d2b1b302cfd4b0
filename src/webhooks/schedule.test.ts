import { expect, test } from 'vitest';
import { MOST_ATTEMPTS, nextPause } from './schedule.ts';

test('makes ten attempts over about 75 hours', () => {
  const pauses = Array.from({ length: MOST_ATTEMPTS }, (_, attempts) => nextPause(attempts, () => 0.5)!);
  expect(pauses).toEqual([0, 5, 300, 1800, 7200, 18_000, 36_000, 50_400, 72_000, 86_400]);
  const hours = pauses.reduce((sum, pause) => sum + pause, 0) / 3600;
  console.log(`${pauses.length} attempts over ${hours.toFixed(1)} hours`);
  expect(nextPause(MOST_ATTEMPTS, () => 0.5)).toBeUndefined();
});

test('varies by a tenth, and waits as long as the receiver asks, but never more than a day', () => {
  expect(nextPause(2, () => 0)).toBe(270);
  expect(nextPause(2, () => 1)).toBeCloseTo(330);
  expect(nextPause(1, () => 0.5, 120)).toBe(120);
  expect(nextPause(3, () => 0.5, 120)).toBe(1800);
  expect(nextPause(1, () => 0.5, 10_000_000)).toBe(86_400);
});
