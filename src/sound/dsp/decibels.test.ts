import { expect, test } from 'vitest';
import { toDecibels, toGain } from './decibels.ts';

test('half the amplitude is −6.02 dB, and back', () => {
  expect(toDecibels(0.5)).toBeCloseTo(-6.0206, 4);
  expect(toGain(-6.0206)).toBeCloseTo(0.5, 5);
});

test('silence has a level that can be computed with', () => {
  expect(toDecibels(0)).toBe(-240);
});
