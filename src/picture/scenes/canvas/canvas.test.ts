import { expect, test } from 'vitest';
import { cover, createCanvas, regionPlane, rowOf, SKY_DISTANCE, sideOf } from './canvas.ts';
import { addGrain } from './grain.ts';
import { fractal, hash01, lace, noise, ridges } from './noise.ts';
import { evenRows, paintRelief } from './relief.ts';

test('what is nearer stays, what is farther is covered, and regions share each pixel', () => {
  const canvas = createCanvas(2, 1, { horizon: 0.5, eye: 2 });
  cover(canvas, 0, 1, 0, 0, 0.25, 50, 'land');
  expect(regionPlane(canvas, 'sky')[0]).toBeCloseTo(0.75);
  expect(canvas.distance[0]).toBe(SKY_DISTANCE);
  cover(canvas, 0, 0, 1, 0, 1, 10, 'foliage');
  cover(canvas, 0, 0, 0, 1, 1, 30, 'water');
  expect([canvas.red[0], canvas.green[0], canvas.blue[0]]).toEqual([0, 1, 0]);
  expect(regionPlane(canvas, 'foliage')[0]).toBe(1);
  expect(canvas.distance[0]).toBe(10);
  expect(canvas.distance[1]).toBe(SKY_DISTANCE);
});

test('a plain has the exact distance on every row', () => {
  const canvas = createCanvas(64, 96, { horizon: 0.4, eye: 3 });
  paintRelief(canvas, evenRows(canvas, 2000, 0.5), {
    height: () => 0,
    shade: (_, ink) => {
      ink.fill(0.5);
      return 'land';
    },
  });
  for (const row of [50, 60, 80, 95]) {
    const away = (canvas.eye * canvas.focal) / (row + 0.5 - canvas.horizon);
    const metres = Math.hypot(away, sideOf(canvas, 10.5, away));
    expect(canvas.distance[row * 64 + 10]! / metres).toBeCloseTo(1, 1);
    expect(rowOf(canvas, away, 0)).toBeCloseTo(row + 0.5, 3);
  }
  expect(regionPlane(canvas, 'land')[95 * 64 + 5]).toBeCloseTo(1, 5);
  expect(regionPlane(canvas, 'sky')[20 * 64 + 5]).toBe(1);
});

test('noise is smooth, centred, differs by seed and does not repeat within a picture', () => {
  let sum = 0;
  let most = 0;
  let step = 0;
  for (let index = 0; index < 20_000; index++) {
    const value = noise(index * 0.37, index * 0.11, 5);
    sum += value;
    most = Math.max(most, Math.abs(value));
    step = Math.max(step, Math.abs(noise(index * 0.37 + 0.001, index * 0.11, 5) - value));
  }
  expect(Math.abs(sum / 20_000)).toBeLessThan(0.02);
  expect(most).toBeLessThan(1.2);
  expect(most).toBeGreaterThan(0.6);
  expect(step).toBeLessThan(0.01);
  expect(noise(3.3, 4.4, 1)).not.toBe(noise(3.3, 4.4, 2));
  expect(noise(3.3, 4.4, 1)).not.toBeCloseTo(noise(259.3, 4.4, 1), 6);
  for (let index = 0; index < 500; index++) {
    const [x, y] = [hash01(index, 1, 2) * 90, hash01(index, 2, 2) * 90];
    expect(Math.abs(fractal(x, y, 3, 5))).toBeLessThan(1.2);
    expect(ridges(x, y, 3, 5)).toBeGreaterThanOrEqual(0);
    expect(ridges(x, y, 3, 5)).toBeLessThanOrEqual(1);
    expect(lace(x, y, 3)).toBeGreaterThanOrEqual(0);
  }
});

test('the dither turns one level into its neighbours without moving the mean', () => {
  const canvas = createCanvas(256, 128, { horizon: 0.5, eye: 2 });
  const level = 100.3 / 255;
  canvas.blue.fill(level);
  addGrain(canvas, 5);
  const levels = new Set(canvas.blue.map((value) => Math.round(value * 255)));
  const mean = canvas.blue.reduce((sum, value) => sum + value, 0) / canvas.blue.length;
  expect(levels.size).toBeGreaterThanOrEqual(3);
  expect(Math.abs(mean - level) * 255).toBeLessThan(0.3);
});
