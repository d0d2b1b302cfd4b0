import { expect, test } from 'vitest';
import { createStereo } from '../samples.ts';
import { toDecibels } from './decibels.ts';
import { reverberate } from './reverb.ts';

function level(samples: Float32Array, from: number, to: number): number {
  let power = 0;
  for (let index = from; index < to; index++) power += samples[index]! ** 2;
  return toDecibels(Math.sqrt(power / (to - from)));
}

test('a room fades by 60 dB in its decay time, and holds its delay', () => {
  const click = createStereo(96_000);
  click.left[0] = 1;
  const wet = reverberate(click, { decay: 1.5, damping: 20_000, delay: 0.02 });
  const fall = level(wet.left, 9600, 14_400) - level(wet.left, 57_600, 62_400);
  console.log(`reverb: fell by ${fall.toFixed(1)} dB in 1 s, 40 expected`);
  expect(fall).toBeGreaterThan(34);
  expect(fall).toBeLessThan(48);
  expect(wet.left.subarray(0, 960).every((sample) => sample === 0)).toBe(true);
});

test('the two ears hear different reflections of one click', () => {
  const click = createStereo(48_000);
  click.left[0] = 1;
  click.right[0] = 1;
  const { left, right } = reverberate(click, { decay: 1.5, damping: 8000, delay: 0 });
  let both = 0;
  for (let index = 0; index < left.length; index++) both += left[index]! * right[index]!;
  const correlation = both / 48_000 / 10 ** ((level(left, 0, 48_000) + level(right, 0, 48_000)) / 20);
  expect(Math.abs(correlation)).toBeLessThan(0.5);
});
