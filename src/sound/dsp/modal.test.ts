import { expect, test } from 'vitest';
import { toDecibels } from './decibels.ts';
import { bandPass } from './filter.ts';
import { materialModes, strike } from './modal.ts';

function level(samples: Float32Array, from: number, to: number): number {
  let power = 0;
  for (let index = from; index < to; index++) power += samples[index]! ** 2;
  return toDecibels(Math.sqrt(power / (to - from)));
}

test('a mode rings at its frequency and fades by 60 dB in its time', () => {
  const ring = strike([{ ratio: 1, gain: 1, decay: 0.5 }], 1000, 0.0005, 48_000);
  const fall = level(ring, 2400, 4800) - level(ring, 14_400, 16_800);
  expect(fall).toBeCloseTo(30, 0);
  const beside = bandPass(ring.slice(), 3000, 8);
  const at = bandPass(ring.slice(), 1000, 8);
  expect(level(at, 2400, 9600) - level(beside, 2400, 9600)).toBeGreaterThan(20);
});

test('a soft striker leaves the high modes at rest', () => {
  const brightness = (contact: number) => {
    const ring = strike(materialModes.metal, 400, contact, 9600);
    return level(bandPass(ring.slice(), 3600, 4), 0, 9600) - level(bandPass(ring.slice(), 400, 4), 0, 9600);
  };
  expect(brightness(0.0003)).toBeGreaterThan(brightness(0.002) + 6);
});

test('metal rings longer than wood, and wood longer than stone', () => {
  const left = (['metal', 'wood', 'stone'] as const).map((material) => {
    const ring = strike(materialModes[material], 400, 0.001, 24_000);
    return level(ring, 4800, 7200) - level(ring, 0, 2400);
  });
  expect(left[0]).toBeGreaterThan(left[1]! + 10);
  expect(left[1]).toBeGreaterThan(left[2]! + 10);
});
