import { expect, test } from 'vitest';
import { createRandom } from '../../random.ts';
import { createStereo } from '../samples.ts';
import { pinkNoise } from './noise.ts';
import { addPanned, addStereo, panGains } from './pan.ts';
import { narrow } from './width.ts';

test('a sound keeps its power wherever it stands', () => {
  for (const pan of [-1, -0.4, 0, 0.7, 1]) {
    const [left, right] = panGains(pan);
    expect(left * left + right * right).toBeCloseTo(1, 9);
  }
  expect(panGains(-1)).toEqual([1, 0]);
  expect(panGains(-3)).toEqual([1, 0]);
});

test('what begins before the target or ends after it is cut off', () => {
  const target = createStereo(4);
  addPanned(target, Float32Array.of(1, 2, 3), -1, 1, -1);
  addPanned(target, Float32Array.of(5, 6), 3, 1, -1);
  expect([...target.left]).toEqual([2, 3, 0, 5]);
  addStereo(target, { left: Float32Array.of(1, 1), right: Float32Array.of(1, 1) }, 3, 2);
  expect(target.left[3]).toBe(7);
});

test('narrowing gives two independent noises the correlation that was asked for', () => {
  const samples = { left: pinkNoise(480_000, createRandom(1)), right: pinkNoise(480_000, createRandom(2)) };
  narrow(samples, 0.6);
  let both = 0;
  let left = 0;
  let right = 0;
  for (let index = 0; index < samples.left.length; index++) {
    both += samples.left[index]! * samples.right[index]!;
    left += samples.left[index]! ** 2;
    right += samples.right[index]! ** 2;
  }
  expect(both / Math.sqrt(left * right)).toBeCloseTo(0.6, 1);
});
