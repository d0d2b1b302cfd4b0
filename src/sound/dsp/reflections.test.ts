import { expect, test } from 'vitest';
import { createStereo } from '../samples.ts';
import { addReflections } from './reflections.ts';

const floor = { axis: 'height', away: 1, reflects: 0.8, side: 0 } as const;
const wall = { axis: 'width', away: 2, reflects: 0.5, side: -1 } as const;

/** Energy of a channel from one time to another, in milliseconds. */
const energy = (channel: Float32Array, from: number, to: number) =>
  channel.subarray(from * 48, to * 48).reduce((sum, sample) => sum + sample * sample, 0);

test('the floor answers a click after the way that is longer by a metre, once', () => {
  const click = createStereo(4800);
  click.left[0] = click.right[0] = 1;
  const answer = createStereo(4800);
  addReflections(answer, click, [floor]);
  // √(1.5² + 2²) − 1.5 = 1 m, 2.9 ms; 1.5 / 2.5 × 0.8 = 0.48 of the amplitude, spread over two samples.
  expect(answer.left[140]).toBeCloseTo(0.24, 5);
  expect(answer.left[141]).toBeCloseTo(0.24, 5);
  expect(energy(answer.left, 0, 100)).toBeCloseTo(2 * 0.24 ** 2, 5);
});

test('a wall on the left is heard on the left, and answers the floor too', () => {
  const click = createStereo(4800);
  click.left[0] = click.right[0] = 1;
  const answer = createStereo(4800);
  addReflections(answer, click, [floor, wall]);
  expect(energy(answer.left, 5, 100)).toBeGreaterThan(10 * energy(answer.right, 5, 100));
  expect(answer.left.filter((sample) => sample > 0)).toHaveLength(6);
});
