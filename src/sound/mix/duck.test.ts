import { expect, test } from 'vitest';
import { toDecibels } from '../dsp/decibels.ts';
import { duckingCurve } from './duck.ts';

const event = (time: number) => ({ time, strength: 1, pan: 0 });

test('what goes on steps back by 7 dB at a lone event and is back after 0.4 s', () => {
  const gain = duckingCurve([event(1)], 96_000)!;
  expect(toDecibels(gain[48_000]!)).toBeCloseTo(-7, 1);
  expect(gain[47_000]).toBe(1);
  expect(gain[48_000 + 19_200]).toBe(1);
});

test('it does not pump under footsteps', () => {
  expect(duckingCurve([0, 0.5, 1, 1.5, 2].map(event), 96_000)).toBeUndefined();
});
