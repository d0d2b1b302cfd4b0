import { expect, test } from 'vitest';
import { groundRows } from './ground.ts';

test('rises in a straight line from the horizon to the lower edge', () => {
  const rows = groundRows(200, 40, 0);
  expect(rows[20]).toBeCloseTo(0.04, 5);
  expect(rows[199]).toBeGreaterThan(0.99);
  expect(rows[120]! - rows[100]!).toBeCloseTo(rows[180]! - rows[160]!, 5);
});

test('stays gentle below a low horizon', () => {
  const rows = groundRows(200, 180, 0);
  expect(rows[199]).toBeLessThan(0.25);
});

test('is flatter without a horizon, and flattest behind a subject', () => {
  const rise = (rows: Float32Array) => rows[199]! - rows[0]!;
  const outdoors = groundRows(200, 0, 0);
  const wall = groundRows(200, null, 0);
  const wallBehind = groundRows(200, null, 1);
  expect(rise(outdoors)).toBeGreaterThan(rise(wall));
  expect(rise(wall)).toBeGreaterThan(rise(wallBehind));
  expect(rise(wallBehind)).toBeGreaterThan(0.3);
});
