import { expect, test } from 'vitest';
import { fillPlane } from './plane.ts';
import { pushPull } from './push-pull.ts';

test('keeps what is known and continues it smoothly into a hole', () => {
  const ramp = fillPlane(64, 48, (x) => x);
  const isHole = (x: number, y: number) => Math.hypot(x - 0.5, y - 0.5) < 0.2;
  const weight = fillPlane(64, 48, (x, y) => (isHole(x, y) ? 0 : 1)).values;
  const broken = fillPlane(64, 48, (x, y) => (isHole(x, y) ? 9 : x));
  const [filled] = pushPull([broken], weight);
  let worst = 0;
  filled!.values.forEach((value, pixel) => {
    if (weight[pixel] === 1) expect(value).toBe(ramp.values[pixel]);
    else worst = Math.max(worst, Math.abs(value - ramp.values[pixel]!));
  });
  console.log(`worst difference to the ramp inside the hole: ${worst.toFixed(3)}`);
  expect(worst).toBeLessThan(0.12);
});

test('answers a constant when only one pixel is known', () => {
  const plane = fillPlane(7, 5, (_x, _y, pixel) => (pixel === 3 ? 0.4 : 9));
  const weight = plane.values.map((_, pixel) => (pixel === 3 ? 1 : 0));
  for (const value of pushPull([plane], weight)[0]!.values) expect(value).toBeCloseTo(0.4, 5);
});
