import { expect, test } from 'vitest';
import { videoPrice } from './prices.ts';

test('asks the published prices', () => {
  const price = (seconds: number) => [
    videoPrice('720p', seconds),
    videoPrice('1080p', seconds),
    videoPrice('4k', seconds),
  ];
  expect(price(5)).toEqual([20, 25, 30]);
  expect(price(10)).toEqual([40, 50, 60]);
});
