import { expect, test } from 'vitest';
import { createRandom } from '../../random.ts';
import { driftCurve } from './drift.ts';

test('a drift stays in [0, 1], averages to a half and never jumps', () => {
  const curve = driftCurve(48_000 * 60, 2, createRandom(3), 3);
  let sum = 0;
  let lowest = 1;
  let highest = 0;
  let step = 0;
  for (let index = 0; index < curve.length; index++) {
    sum += curve[index]!;
    lowest = Math.min(lowest, curve[index]!);
    highest = Math.max(highest, curve[index]!);
    if (index > 0) step = Math.max(step, Math.abs(curve[index]! - curve[index - 1]!));
  }
  expect(lowest).toBeGreaterThanOrEqual(0);
  expect(highest).toBeLessThanOrEqual(1);
  expect(highest - lowest).toBeGreaterThan(0.5);
  expect(sum / curve.length).toBeCloseTo(0.5, 1);
  expect(step).toBeLessThan(0.001);
});
