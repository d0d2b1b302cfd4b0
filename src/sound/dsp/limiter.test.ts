import { expect, test } from 'vitest';
import { createRandom } from '../../random.ts';
import { createStereo } from '../samples.ts';
import { limit } from './limiter.ts';
import { pinkNoise } from './noise.ts';
import { truePeak } from './true-peak.ts';

test('noise that is 12 dB too high comes out at the ceiling', () => {
  const samples = { left: pinkNoise(96_000, createRandom(1)), right: pinkNoise(96_000, createRandom(2)) };
  const before = truePeak(samples);
  const reduction = limit(samples, -3);
  console.log(
    `limiter: ${before.toFixed(2)} → ${truePeak(samples).toFixed(3)} dBTP, most ${reduction.toFixed(1)} dB`,
  );
  expect(truePeak(samples)).toBeLessThanOrEqual(-2.9);
  expect(reduction).toBeGreaterThan(before);
});

test('what is low enough is left as it is', () => {
  const left = pinkNoise(9600, createRandom(1)).map((sample) => sample * 0.01);
  const samples = { left: left.slice(), right: left.slice() };
  expect(limit(samples, -3)).toBe(0);
  expect(samples.left).toEqual(left);
});

test('the gain falls before a click and returns after it, in both channels alike', () => {
  const samples = createStereo(48_000);
  samples.left.fill(0.1);
  samples.right.fill(0.1);
  samples.left[24_000] = 2;
  limit(samples, -6);
  expect(samples.right[23_999]!).toBeLessThan(0.03);
  expect(samples.right[23_000]!).toBeCloseTo(0.1, 3);
  expect(samples.right[47_000]!).toBeCloseTo(0.1, 2);
});
