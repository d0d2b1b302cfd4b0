import { describe, expect, test } from 'vitest';
import { fillPlane, planeAt } from '../pixels/plane.ts';
import { readScene } from '../scene.ts';
import { toNearness, withModelDepth } from './model-depth.ts';
import { paint } from './testing/paint.ts';

describe('relative inverse depth becomes nearness', () => {
  const depth = fillPlane(60, 40, (x, y) => 3 * x + y);

  test('whatever its scale and its zero', () => {
    const plain = toNearness(depth)!;
    const other = toNearness({ ...depth, values: depth.values.map((value) => 250 * value - 40) })!;
    other.values.forEach((value, pixel) => {
      expect(value).toBeCloseTo(plain.values[pixel]!, 3);
    });
    expect(planeAt(plain, 0.01, 0.01)).toBeLessThan(0.02);
    expect(planeAt(plain, 0.99, 0.99)).toBeGreaterThan(0.98);
  });

  test('one speck that is far too near does not flatten the rest', () => {
    const values = depth.values.slice();
    values[100] = 1000;
    expect(planeAt(toNearness({ ...depth, values })!, 0.9, 0.5)).toBeGreaterThan(0.8);
  });

  test('a wall stays flat: its noise does not become hills', () => {
    const wall = toNearness(fillPlane(60, 40, (x) => 10 + 0.2 * Math.sin(40 * x)))!;
    expect(Math.min(...wall.values)).toBeGreaterThan(0.85);
  });

  test.each([
    ['the same everywhere', () => 7],
    ['no number', (x: number) => (x > 0.5 ? Number.NaN : x)],
    ['endless', (x: number) => (x > 0.5 ? Number.POSITIVE_INFINITY : x)],
  ])('%s is no depth', (_, valueAt) => {
    expect(toNearness(fillPlane(60, 40, valueAt))).toBeNull();
  });
});

describe('a scene whose depth a model tells', () => {
  const width = 384;
  const height = 256;
  /** Blue sky over a brown ground, with a red ball in front. */
  const picture = paint(width, height, (x, y, random) => {
    const grain = 0.05 * random();
    if (Math.hypot(x - 190, y - 150) < 45) return [0.75 + grain, 0.12 + grain, 0.1];
    return y < 110 ? [0.45, 0.62, 0.9 - y / 900] : [0.42 + grain, 0.34 + grain, 0.25 + 2 * grain];
  });
  const scene = readScene(picture, picture);
  const ball = (x: number, y: number) => Math.hypot(x * width - 190, y * height - 150) < 45;
  const ahead = fillPlane(130, 90, (x, y) => (ball(x, y) ? 1 : y < 0.43 ? 0 : 0.2 + 0.4 * y));

  test('follows the model, and keeps the sky and the subject that it does not contradict', () => {
    expect(scene.depth.sky).not.toBeNull();
    expect(scene.depth.subject).not.toBeNull();
    const told = withModelDepth(scene, ahead);
    expect(told.depth.subject).toBe(scene.depth.subject);
    expect(told.depth.sky).toBe(scene.depth.sky);
    expect(told.depth.confidence).toBeGreaterThanOrEqual(0.9);
    expect(planeAt(told.disparity, 0.5, 0.58)).toBeGreaterThan(planeAt(scene.disparity, 0.5, 0.58));
    expect(planeAt(told.disparity, 0.5, 0.58)).toBeGreaterThan(0.85);
    expect(planeAt(told.disparity, 0.1, 0.2)).toBeLessThan(0.05);
    // What was read before is as it was.
    expect(told.depth).not.toBe(scene.depth);
  });

  test('drops a sky that the model sees near and a subject that it sees behind', () => {
    const contrary = { ...ahead, values: ahead.values.map((value) => 1 - value) };
    const told = withModelDepth(scene, contrary);
    expect(told.depth).toMatchObject({ sky: null, subject: null, horizon: null });
    expect(planeAt(told.disparity, 0.1, 0.1)).toBeGreaterThan(0.9);
    expect(planeAt(told.disparity, 0.5, 0.58)).toBeLessThan(0.1);
  });

  test('asks the heuristics the more the surer they are', () => {
    const flat = { ...ahead, values: ahead.values.map(() => 0.5) };
    const at = (confidence: number) =>
      planeAt(
        withModelDepth({ ...scene, depth: { ...scene.depth, sky: null, confidence } }, flat).disparity,
        0.5,
        0.95,
      );
    const ours = planeAt({ ...scene.depth, values: scene.depth.disparity }, 0.5, 0.95);
    expect(Math.abs(at(1) - ours)).toBeLessThan(Math.abs(at(0) - ours));
    expect(at(0)).toBeCloseTo(0.5, 1);
  });
});
