import { expect, test } from 'vitest';
import { createRateLimit } from './rate-limit.ts';

test('allows a minute’s worth at once, and then as many as come in', () => {
  let now = 0;
  const { take } = createRateLimit(60, () => now);
  for (let request = 0; request < 60; request++) expect(take('a').isAllowed).toBe(true);
  expect(take('a')).toEqual({ isAllowed: false, remaining: 0, retryAfterSeconds: 1 });
  expect(take('b')).toEqual({ isAllowed: true, remaining: 59, retryAfterSeconds: 0 });
  now += 2_000;
  expect([take('a'), take('a'), take('a')].map(({ isAllowed }) => isAllowed)).toEqual([true, true, false]);
  now += 3_600_000;
  expect(take('a').remaining).toBe(59);
});

test('remembers so many callers and no more', () => {
  const { take } = createRateLimit(2, () => 0);
  take('first');
  for (let caller = 0; caller < 20_000; caller++) take(`caller ${caller}`);
  expect(take('first').remaining).toBe(1);
  expect(take('caller 19999').remaining).toBe(0);
});
