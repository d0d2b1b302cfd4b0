import { expect, test } from 'vitest';
import { clamp01, smoothstep } from './smoothstep.ts';

test('rises from 0 to 1 between its ends, or falls when they are swapped', () => {
  expect([1, 2, 3, 4, 5].map((value) => smoothstep(2, 4, value))).toEqual([0, 0, 0.5, 1, 1]);
  expect([1, 2, 3, 4, 5].map((value) => smoothstep(4, 2, value))).toEqual([1, 1, 0.5, 0, 0]);
});

test('clamps, and turns what is not a number into 0', () => {
  expect([-1, 0.5, 7, Number.NaN].map(clamp01)).toEqual([0, 0.5, 1, 0]);
});
