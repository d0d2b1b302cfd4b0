import { expect, test } from 'vitest';
import { createRandom } from '../../random.ts';
import { blur, boxMean } from './box.ts';

const noise = (count: number) => {
  const random = createRandom(1);
  return Float32Array.from({ length: count }, () => random());
};

function naiveMean(plane: Float32Array, width: number, height: number, radius: number): Float32Array {
  return plane.map((_, pixel) => {
    const x = pixel % width;
    const y = Math.floor(pixel / width);
    let sum = 0;
    let count = 0;
    for (let v = Math.max(0, y - radius); v <= Math.min(height - 1, y + radius); v++) {
      for (let u = Math.max(0, x - radius); u <= Math.min(width - 1, x + radius); u++) {
        sum += plane[v * width + u]!;
        count++;
      }
    }
    return sum / count;
  });
}

test.each([
  [17, 11, 1],
  [17, 11, 4],
  [5, 40, 9],
  [1, 8, 3],
  [8, 1, 20],
])('averages %i × %i pixels with radius %i like the naive sum', (width, height, radius) => {
  const plane = noise(width * height);
  const expected = naiveMean(plane, width, height, radius);
  boxMean(plane, width, height, radius).forEach((value, pixel) => {
    expect(value).toBeCloseTo(expected[pixel]!, 5);
  });
});

test('writes over its own input', () => {
  const plane = noise(12 * 9);
  const expected = boxMean(plane, 12, 9, 2);
  expect(boxMean(plane, 12, 9, 2, plane)).toBe(plane);
  expect(plane).toEqual(expected);
});

test('blurs a point to a bell of the stated deviation', () => {
  const side = 61;
  const point = new Float32Array(side * side);
  point[30 * side + 30] = 1;
  const bell = blur(point, side, side, 4);
  let variance = 0;
  for (let pixel = 0; pixel < bell.length; pixel++) variance += bell[pixel]! * ((pixel % side) - 30) ** 2;
  expect(Math.sqrt(variance)).toBeCloseTo(Math.sqrt(4 * 4 + 4), 3);
});
