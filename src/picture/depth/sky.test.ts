import { expect, test } from 'vitest';
import { findSky } from './sky.ts';
import { meadow, paint } from './testing/paint.ts';
import { createView } from './view.ts';

test('finds the sky over a meadow, and the horizon to within two rows', () => {
  for (const [width, height, horizon] of [
    [384, 256, 110],
    [216, 384, 200],
    [96, 64, 30],
  ] as const) {
    const sky = findSky(createView(meadow(width, height, horizon)));
    expect(Math.abs(sky!.horizonRow - horizon)).toBeLessThanOrEqual(Math.max(2, width * 0.02));
    expect(sky!.mask[5 * width + 20]).toBe(1);
    expect(sky!.mask[(horizon + 20) * width + 20]).toBe(0);
  }
});

test('fills the sun in, and leaves a tower out that reaches the upper edge', () => {
  const land = meadow(384, 256, 150);
  for (let pixel = 0; pixel < 150 * 384; pixel++) {
    const x = pixel % 384;
    const y = Math.floor(pixel / 384);
    if (Math.hypot(x - 300, y - 60) < 6) land.red[pixel] = land.green[pixel] = land.blue[pixel] = 1;
    if (Math.abs(x - 120) < 12) land.red[pixel] = land.green[pixel] = land.blue[pixel] = 0.1;
  }
  const sky = findSky(createView(land))!;
  expect(sky.mask[60 * 384 + 300]).toBe(1);
  expect(sky.mask[5 * 384 + 120]).toBe(0);
  expect(sky.mask[100 * 384 + 200]).toBe(1);
});

test('finds none in leaves, in the dark, or on a wall that fills the picture', () => {
  const leaves = paint(200, 150, (_, __, random) => [0.2 * random(), 0.3 + 0.4 * random(), 0.1]);
  const dark = paint(200, 150, () => [0.02, 0.02, 0.02]);
  const wall = paint(200, 150, () => [0.95, 0.93, 0.9]);
  for (const image of [leaves, dark, wall]) expect(findSky(createView(image))).toBeNull();
});

test('finds a narrow sky that is burnt out, and takes green depths behind a thing for none', () => {
  const land = (x: number, y: number, random: () => number): [number, number, number] => {
    const rough = 0.25 * random();
    return y < 30 && Math.abs(x - 60) < 40
      ? [0.2 + rough, 0.2 + rough, 0.1]
      : [0.15 + rough, 0.3 + rough, 0.1];
  };
  const strip = paint(384, 256, (x, y, random) =>
    y < 25 && Math.abs(x - 60) >= 40 ? [1, 0.99, 0.96] : land(x, y, random),
  );
  const sky = findSky(createView(strip))!;
  expect(sky.mask[5 * 384 + 250]).toBe(1);
  expect(sky.mask[5 * 384 + 60]).toBe(0);
  expect(sky.horizonRow).toBeLessThan(32);
  const teal = paint(384, 256, (x, y, random) => (y < 120 ? [0.02, 0.36, 0.4] : land(x, y, random)));
  expect(findSky(createView(teal))).toBeNull();
});
