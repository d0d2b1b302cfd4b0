import { expect, test } from 'vitest';
import { createLattice, fractalNoise } from './noise.ts';
import { agreement, opticalFlow } from './optical-flow.ts';
import { fillPlane } from './plane.ts';

const lattice = createLattice(5);
const scenery = (x: number, y: number) => fractalNoise(8 * x, 8 * y, lattice);

test('finds how a picture moved, zoomed, to a fraction of a pixel, and agrees with the way back', () => {
  const before = fillPlane(192, 128, scenery);
  const after = fillPlane(192, 128, (x, y) => scenery(0.5 + (x - 0.5) / 1.06 - 0.03, 0.5 + (y - 0.5) / 1.06));
  const there = opticalFlow(before, after);
  let error = 0;
  let count = 0;
  there.x.values.forEach((value, pixel) => {
    const x = ((pixel % 192) + 0.5) / 192;
    const y = (Math.floor(pixel / 192) + 0.5) / 128;
    if (x < 0.15 || x > 0.85 || y < 0.15 || y > 0.85) return;
    error += Math.abs(value - ((x - 0.5 + 0.03) * 1.06 - (x - 0.5))) * 192;
    count++;
  });
  console.log(`mean error across: ${(error / count).toFixed(3)} px`);
  expect(error / count).toBeLessThan(0.4);
  expect(agreement(there, opticalFlow(after, before), before, after)).toBeGreaterThan(0.75);
});

test('does not agree between pictures that have nothing in common', () => {
  const other = createLattice(6);
  const one = fillPlane(192, 128, scenery);
  const two = fillPlane(192, 128, (x, y) => fractalNoise(8 * x, 8 * y, other));
  const share = agreement(opticalFlow(one, two), opticalFlow(two, one), one, two);
  console.log(`agreement of unlike pictures: ${share.toFixed(2)}`);
  expect(share).toBeLessThan(0.5);
});
