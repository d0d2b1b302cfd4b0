import { expect, test } from 'vitest';
import { toDecibels } from './decibels.ts';
import { bandPass, highPass, lowPass } from './filter.ts';

function sine(frequency: number): Float32Array {
  return Float32Array.from({ length: 24_000 }, (_, index) =>
    Math.sin((2 * Math.PI * frequency * index) / 48_000),
  );
}

/** Level against the unfiltered sine, once the filter has settled. */
function gain(samples: Float32Array): number {
  let power = 0;
  for (let index = 12_000; index < 24_000; index++) power += samples[index]! ** 2;
  return toDecibels(Math.sqrt((power / 12_000) * 2));
}

test('a low-pass loses 3 dB at its cutoff and 12 dB an octave above', () => {
  expect(gain(lowPass(sine(1000), 1000))).toBeCloseTo(-3.01, 1);
  expect(gain(lowPass(sine(100), 1000))).toBeCloseTo(0, 1);
  expect(gain(lowPass(sine(4000), 1000))).toBeCloseTo(-24.3, 0);
});

test('a high-pass is its mirror', () => {
  expect(gain(highPass(sine(1000), 1000))).toBeCloseTo(-3.01, 1);
  expect(gain(highPass(sine(250), 1000))).toBeCloseTo(-24.1, 0);
  expect(gain(highPass(sine(8000), 1000))).toBeCloseTo(0, 1);
});

test('a band-pass leaves its centre alone', () => {
  expect(gain(bandPass(sine(1000), 1000, 4))).toBeCloseTo(0, 1);
  expect(gain(bandPass(sine(4000), 1000, 4))).toBeLessThan(-20);
});
