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
  const at = (x: number, y: number) => disparity[y * 100 + x]!;
  for (const row of [12, 25, 38]) expect(Math.abs(at(20, row) - 0.4)).toBeLessThan(0.09);
  for (const row of [32, 50, 78]) expect(Math.abs(at(75, row) - 0.8)).toBeLessThan(0.09);
  expect(at(45, 90)).toBe(0);
});

test('leans and rounds what stands: the foot is nearer than the head, the middle nearer than the rim', () => {
  const view = createView(paint(200, 200, () => [0.5, 0.5, 0.5]));
  const matte = new Float32Array(40_000);
  for (let y = 40; y <= 160; y++) matte.fill(1, y * 200 + 60, y * 200 + 141);
  const disparity = new Float32Array(40_000);
  standUpright(view, matte, new Float32Array(200).fill(0.5), 0.1, disparity);
  const at = (x: number, y: number) => disparity[y * 200 + x]!;
  expect(at(100, 155)).toBeGreaterThan(at(100, 45) + 0.02);
  expect(at(100, 100)).toBeGreaterThan(at(63, 100) + 0.01);
});

test('takes the larger thing as a whole, though one part of it is brighter', () => {
  const image = paint(384, 256, (x, y, random) => {
    const grain = 0.05 * random();
    if (Math.hypot(x - 190, y - 130) < 25) return [0.95, 0.9 + grain, 0.8];
    if (Math.hypot((x - 190) / 1.4, y - 130) < 85) return [0.5 + grain, 0.1, 0.1 + grain];
    return [0.55 + grain, 0.45 + grain, 0.3 + grain];
  });
  const view = createView(image);
  const { matte } = findSubject(view, null, defocusCue(view, null))!;
  const truth = matte.map((_, pixel) =>
    Math.hypot(((pixel % 384) - 190) / 1.4, Math.floor(pixel / 384) - 130) < 85 ? 1 : 0,
  );
  expect(overlap(matte, truth)).toBeGreaterThan(0.9);
});
