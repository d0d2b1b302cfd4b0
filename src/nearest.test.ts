import { expect, test } from 'vitest';
import { nearest } from './nearest.ts';

test('finds the name that was meant', () => {
  expect(nearest('sqish', ['samurai', 'squish', 'cakeify'])).toBe('squish');
  expect(nearest('SAMURAY', ['samurai', 'squish'])).toBe('samurai');
});

test('suggests nothing when nothing is near', () => {
  expect(nearest('zzzzzzzz', ['samurai', 'squish'])).toBeUndefined();
});
