import { expect, test } from 'vitest';
import { blur } from '../pixels/box.ts';
import { defocusCue } from './defocus.ts';
import { visibleDetail } from './detail.ts';
import { hazeCue } from './haze.ts';
import { paint } from './testing/paint.ts';
import { createView } from './view.ts';

const mean = (plane: Float32Array, from: number, to: number) =>
  plane.subarray(from, to).reduce((sum, value) => sum + value, 0) / (to - from);

test('haze: what lies behind more air is farther', () => {
  const width = 240;
  const image = paint(width, 160, (_, y, random) => {
    const air = 0.8 * (1 - y / 160);
    const light = 0.5 * random();
    return [light * (1 - air) + air, 0.8 * light * (1 - air) + air, 0.5 * light * (1 - air) + air];
  });
  const { nearness, weight } = hazeCue(createView(image), new Float32Array(width * 160));
  expect(weight).toBe(1);
  const bands = [0, 40, 80, 120].map((row) => mean(nearness, row * width, (row + 40) * width));
  for (let band = 1; band < 4; band++) expect(bands[band]).toBeGreaterThan(bands[band - 1]! + 0.1);
});

test('haze: clear air tells nothing', () => {
  const image = paint(240, 160, (_, __, random) => [random(), 0.6 * random(), 0.03]);
  expect(hazeCue(createView(image), new Float32Array(240 * 160)).weight).toBe(0);
});

test('defocus: the sharp half is nearer than the blurred one', () => {
  const width = 300;
  const image = paint(width, 200, (_, __, random) => [random(), random(), random()]);
  for (const plane of [image.red, image.green, image.blue]) {
    const soft = blur(plane, width, 200, 3);
    for (let pixel = 0; pixel < plane.length; pixel++) if (pixel % width < 150) plane[pixel] = soft[pixel]!;
  }
  const { nearness, weight } = defocusCue(createView(image), null);
  expect(weight).toBe(1);
  expect(nearness[100 * width + 240]! - nearness[100 * width + 60]!).toBeGreaterThan(0.3);
});

test('defocus: says nothing where all is sharp, nor about a drawing', () => {
  const sharp = paint(300, 200, (_, __, random) => [random(), random(), random()]);
  expect(defocusCue(createView(sharp), null).weight).toBe(0);
  const drawing = paint(300, 200, (x, y) => (x + 2 * y < 300 ? [0.9, 0.2, 0.2] : [0.1, 0.3, 0.8]));
  expect(defocusCue(createView(drawing), null).weight).toBe(0);
});

test('detail: grass shows it, a smooth hill does not, however dark both are', () => {
  const width = 240;
  const image = paint(width, 160, (_, y, random) => {
    const light = y < 80 ? 0.05 : 0.02 + 0.2 * random();
    return [light, light, light];
  });
  const detail = visibleDetail(createView(image));
  expect(mean(detail, 0, 50 * width)).toBeLessThan(0.01);
  expect(mean(detail, 110 * width, 160 * width)).toBeGreaterThan(0.95);
});
