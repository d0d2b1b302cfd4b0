import { expect, test } from 'vitest';
import { defocusCue } from './defocus.ts';
import { findSubject, standUpright } from './subject.ts';
import { overlap, paint } from './testing/paint.ts';
import { createView } from './view.ts';

const isDisc = (x: number, y: number) => Math.hypot(x - 190, y - 130) < 60;

test('finds a red ball on a grey cloth to the pixel', () => {
  const image = paint(384, 256, (x, y, random) => {
    const grain = 0.06 * random();
    return isDisc(x, y) ? [0.75 + grain, 0.15 + grain, 0.1] : [0.5 + grain, 0.5 + grain, 0.48 + grain];
  });
  const view = createView(image);
  const subject = findSubject(view, null, defocusCue(view, null))!;
  const truth = image.red.map((_, pixel) => (isDisc(pixel % 384, Math.floor(pixel / 384)) ? 1 : 0));
  const agreement = overlap(subject.matte, truth);
  console.log(`ball: overlap ${agreement.toFixed(3)}, certainty ${subject.certainty.toFixed(2)}`);
  expect(agreement).toBeGreaterThan(0.95);
  expect(subject.certainty).toBeGreaterThan(0.7);
});

test('finds none in even texture', () => {
  const view = createView(
    paint(384, 256, (_, __, random) => [0.3 + 0.3 * random(), 0.5 * random(), 0.4 * random()]),
  );
  expect(findSubject(view, null, defocusCue(view, null))).toBeNull();
});

test('stands two parts on their own feet', () => {
  const view = createView(paint(100, 100, () => [0.5, 0.5, 0.5]));
  const matte = new Float32Array(10_000);
  for (let y = 10; y <= 40; y++) matte.fill(1, y * 100 + 10, y * 100 + 30);
  for (let y = 30; y <= 80; y++) matte.fill(1, y * 100 + 60, y * 100 + 90);
  const ground = Float32Array.from({ length: 100 }, (_, row) => row / 100);
  const disparity = new Float32Array(10_000);
  standUpright(view, matte, ground, 0.1, disparity);
  for (const row of [12, 25, 38]) expect(disparity[row * 100 + 20]).toBeCloseTo(0.4, 5);
  for (const row of [32, 50, 78]) expect(disparity[row * 100 + 75]).toBeCloseTo(0.8, 5);
  expect(disparity[90 * 100 + 45]).toBe(0);
});
