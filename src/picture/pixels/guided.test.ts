import { expect, test } from 'vitest';
import { createRandom } from '../../random.ts';
import type { RgbImage } from '../image.ts';
import { applyGuided, createGuide, guidedCoefficients, guidedFilter } from './guided.ts';

/** Two colours that meet in the middle, with a little noise. */
function twoHalves(width: number, height: number): RgbImage {
  const random = createRandom(5);
  const plane = (left: number, right: number) =>
    Float32Array.from(
      { length: width * height },
      (_, pixel) => (pixel % width < width / 2 ? left : right) + 0.02 * random(),
    );
  return { width, height, red: plane(0.2, 0.7), green: plane(0.3, 0.3), blue: plane(0.6, 0.1) };
}

/** Solves a · x = b for three unknowns by elimination. */
function solve(a: number[][], b: number[]): number[] {
  const rows = a.map((row, index) => [...row, b[index]!]);
  for (let column = 0; column < 3; column++) {
    for (let row = 0; row < 3; row++) {
      if (row === column) continue;
      const factor = rows[row]![column]! / rows[column]![column]!;
      rows[row] = rows[row]!.map((value, index) => value - factor * rows[column]![index]!);
    }
  }
  return rows.map((row, index) => row[3]! / row[index]!);
}

function naiveCoefficients(
  image: RgbImage,
  plane: Float32Array,
  x: number,
  y: number,
  radius: number,
  epsilon: number,
) {
  const colours: number[][] = [];
  const values: number[] = [];
  for (let v = Math.max(0, y - radius); v <= Math.min(image.height - 1, y + radius); v++) {
    for (let u = Math.max(0, x - radius); u <= Math.min(image.width - 1, x + radius); u++) {
      const pixel = v * image.width + u;
      colours.push([image.red[pixel]!, image.green[pixel]!, image.blue[pixel]!]);
      values.push(plane[pixel]!);
    }
  }
  const mean = (numbers: number[]) => numbers.reduce((sum, value) => sum + value, 0) / numbers.length;
  const means = [0, 1, 2].map((channel) => mean(colours.map((colour) => colour[channel]!)));
  const meanValue = mean(values);
  const covariance = [0, 1, 2].map((one) =>
    [0, 1, 2].map(
      (other) =>
        mean(colours.map((colour) => (colour[one]! - means[one]!) * (colour[other]! - means[other]!))) +
        (one === other ? epsilon : 0),
    ),
  );
  const cross = [0, 1, 2].map((channel) =>
    mean(colours.map((colour, index) => (colour[channel]! - means[channel]!) * (values[index]! - meanValue))),
  );
  const slope = solve(covariance, cross);
  return [...slope, meanValue - slope.reduce((sum, value, index) => sum + value * means[index]!, 0)];
}

test('filters like the formula written out', () => {
  const width = 14;
  const height = 9;
  const random = createRandom(6);
  const noise = () => Float32Array.from({ length: width * height }, () => random());
  const image: RgbImage = { width, height, red: noise(), green: noise(), blue: noise() };
  const plane = noise();
  const radius = 2;
  const filtered = guidedFilter(createGuide(image, radius, 0.01), plane);
  for (const [x, y] of [
    [0, 0],
    [7, 4],
    [13, 8],
    [3, 7],
  ] as const) {
    const around: number[][] = [];
    for (let v = Math.max(0, y - radius); v <= Math.min(height - 1, y + radius); v++) {
      for (let u = Math.max(0, x - radius); u <= Math.min(width - 1, x + radius); u++) {
        around.push(naiveCoefficients(image, plane, u, v, radius, 0.01));
      }
    }
    const [red, green, blue, offset] = [0, 1, 2, 3].map(
      (index) => around.reduce((sum, row) => sum + row[index]!, 0) / around.length,
    );
    const pixel = y * width + x;
    const expected =
      red! * image.red[pixel]! + green! * image.green[pixel]! + blue! * image.blue[pixel]! + offset!;
    expect(filtered[pixel]).toBeCloseTo(expected, 4);
  }
});

test('moves a blunt, misplaced edge onto the edge of the picture', () => {
  const width = 64;
  const image = twoHalves(width, 24);
  const blunt = Float32Array.from({ length: width * 24 }, (_, pixel) =>
    Math.max(0, Math.min(1, ((pixel % width) - 24) / 12)),
  );
  const sharp = guidedFilter(createGuide(image, 10, 1e-4), blunt);
  const middle = 12 * width;
  expect(sharp[middle + 32]! - sharp[middle + 31]!).toBeGreaterThan(0.5);
});

test('draws sharp edges at four times the size', () => {
  const small = twoHalves(32, 16);
  const large = twoHalves(128, 64);
  const mask = Float32Array.from({ length: 32 * 16 }, (_, pixel) => (pixel % 32 < 16 ? 1 : 0));
  const grown = applyGuided(guidedCoefficients(createGuide(small, 3, 1e-4), mask), large);
  const row = 30 * 128;
  expect(grown.length).toBe(128 * 64);
  expect(grown[row + 63]).toBeGreaterThan(0.9);
  expect(grown[row + 64]).toBeLessThan(0.1);
});

test('keeps a flat plane over a flat picture', () => {
  const flat = new Float32Array(30).fill(0.5);
  const guide = createGuide({ width: 6, height: 5, red: flat, green: flat, blue: flat }, 2, 1e-3);
  guidedFilter(guide, new Float32Array(30).fill(0.3)).forEach((value) => {
    expect(value).toBeCloseTo(0.3, 5);
  });
});
