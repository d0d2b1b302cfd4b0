import { expect, test } from 'vitest';
import type { RgbImage } from '../image.ts';
import { defocusCue } from './defocus.ts';
import { findFigure } from './figure.ts';
import { paint } from './testing/paint.ts';
import { createView } from './view.ts';

const [width, height] = [300, 200];
const allSharp = { nearness: new Float32Array(width * height), weight: 0 };

function at(image: RgbImage, sky: Float32Array | null = null): (x: number, y: number) => number {
  const values = findFigure(createView(image), sky, allSharp);
  expect(values.length).toBe(width * height);
  expect(values.every((value) => value >= 0 && value <= 1)).toBe(true);
  return (x, y) => values[y * width + x]!;
}

test('what the border surrounds stands out, what runs along the border does not', () => {
  const value = at(
    paint(width, height, (x, y, random) => {
      const grain = 0.04 * random();
      if (y > 150) return [0.2, 0.5 + grain, 0.2];
      return Math.hypot(x - 150, y - 80) < 40 ? [0.8, 0.2 + grain, 0.2] : [0.5 + grain, 0.5, 0.6];
    }),
  );
  expect(value(150, 80)).toBeGreaterThan(0.7);
  expect(value(30, 40)).toBeLessThan(0.3);
  expect(value(150, 185)).toBeLessThan(0.3);
});

test('a thing that leaves the picture below still stands out', () => {
  const value = at(
    paint(width, height, (x, y, random) => {
      const grain = 0.04 * random();
      const isThing = Math.abs(x - 150) < 50 && y > 50;
      return isThing ? [0.7 + grain, 0.3, 0.1] : [0.5 + grain, 0.55, 0.6];
    }),
  );
  expect(value(150, 100)).toBeGreaterThan(2 * value(40, 100));
});

test('what stands against the sky stands out, though it reaches the upper edge', () => {
  const sky = new Float32Array(width * height).fill(1, 0, 120 * width);
  for (let y = 0; y < 120; y++) sky.fill(0, y * width + 140, y * width + 160);
  const value = at(
    paint(width, height, (x, y, random) => {
      const grain = 0.04 * random();
      if (Math.abs(x - 150) < 10) return [0.8, 0.75 + grain, 0.7];
      return y < 120 ? [0.2, 0.3, 0.6 + grain] : [0.2, 0.2 + grain, 0.25];
    }),
    sky,
  );
  expect(value(150, 80)).toBeGreaterThan(value(60, 60) + 0.3);
});

test('of two things that differ in nothing but focus, the sharp one stands out', () => {
  const image = paint(width, height, (x, y, random) => {
    const isDisc = Math.hypot(x - 80, y - 100) < 40 || Math.hypot(x - 220, y - 100) < 40;
    return isDisc ? [0.7, 0.4, 0.2] : [0.3 + 0.02 * random(), 0.3, 0.3];
  });
  const focus = {
    nearness: image.red.map((_, pixel) => (pixel % width < width / 2 ? 1 : 0)),
    weight: 0.8,
  };
  const values = findFigure(createView(image), null, focus);
  expect(values[100 * width + 80]).toBeGreaterThan(3 * values[100 * width + 220]!);
});

test('pictures of one pixel, of one column and of one colour are no trouble', () => {
  for (const [columns, rows] of [
    [1, 1],
    [1, 300],
    [400, 2],
    [200, 120],
  ] as const) {
    const view = createView(paint(columns, rows, () => [0.4, 0.4, 0.4]));
    const values = findFigure(view, null, defocusCue(view, null));
    expect(values.length).toBe(columns * rows);
    expect(values.every((value) => value >= 0 && value <= 1)).toBe(true);
  }
});
