import { expect, test } from 'vitest';
import { createRandom } from '../../random.ts';
import { close, dilate, erode, open } from './morphology.ts';

function naive(plane: Float32Array, width: number, height: number, radius: number, pick: typeof Math.max) {
  return plane.map((_, pixel) => {
    const x = pixel % width;
    const y = Math.floor(pixel / width);
    let result = plane[pixel]!;
    for (let v = Math.max(0, y - radius); v <= Math.min(height - 1, y + radius); v++) {
      for (let u = Math.max(0, x - radius); u <= Math.min(width - 1, x + radius); u++) {
        result = pick(result, plane[v * width + u]!);
      }
    }
    return result;
  });
}

test.each([
  [19, 13, 1],
  [19, 13, 5],
  [4, 30, 11],
  [1, 9, 2],
  [9, 1, 30],
])('takes the extremes of %i × %i pixels with radius %i like the naive search', (width, height, radius) => {
  const random = createRandom(width * height);
  const plane = Float32Array.from({ length: width * height }, () => random() - 0.5);
  expect(dilate(plane, width, height, radius)).toEqual(naive(plane, width, height, radius, Math.max));
  expect(erode(plane, width, height, radius)).toEqual(naive(plane, width, height, radius, Math.min));
});

test('opening removes a thin line and keeps a block; closing fills a thin gap', () => {
  const side = 20;
  const block = Float32Array.from({ length: side * side }, (_, pixel) => {
    const x = pixel % side;
    const y = Math.floor(pixel / side);
    return x >= 8 && x < 16 && y >= 8 && y < 16 ? 1 : 0;
  });
  const withLine = block.map((value, pixel) => (pixel % side === 2 ? 1 : value));
  expect(open(withLine, side, side, 1)).toEqual(block);
  const withGap = block.map((value, pixel) => (pixel % side === 12 ? 0 : value));
  expect(close(withGap, side, side, 1)).toEqual(block);
});
