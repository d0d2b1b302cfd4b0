import { expect, test } from 'vitest';
import { createBlender, keyBytes, keyCount, keyPlace, keyPlanes, keySeconds, writeKey } from './keyframes.ts';

const size = { width: 16, height: 8 };

/** A keyframe of one colour. */
function plainKey(red: number, green: number, blue: number) {
  const planes = keyPlanes(new SharedArrayBuffer(keyBytes(size)), 0, size);
  const plane = (value: number) => new Float32Array(size.width * size.height).fill(value);
  writeKey({ ...size, red: plane(red), green: plane(green), blue: plane(blue) }, planes);
  return planes;
}

test('writes BT.709, limited range', () => {
  const [white, black, red] = [plainKey(1, 1, 1), plainKey(0, 0, 0), plainKey(1, 0, 0)];
  expect([white.luma[0], white.blueChroma[0], white.redChroma[0]]).toEqual([235, 128, 128]);
  expect([black.luma[0], black.blueChroma[0], black.redChroma[0]]).toEqual([16, 128, 128]);
  expect([red.luma[0], red.blueChroma[0], red.redChroma[0]]).toEqual([63, 102, 240]);
});

test('every frame lies between its keyframes, and all are mixed alike', () => {
  for (let frame = 0; frame < 120; frame++) {
    const { first, share } = keyPlace(frame);
    const seconds = keySeconds(first, 24) + share * (keySeconds(first + 1, 24) - keySeconds(first, 24));
    expect(seconds).toBeCloseTo(frame / 24, 9);
    expect([0.25, 0.75]).toContain(share);
    expect(first + 1).toBeLessThan(keyCount(120));
  }
});

test('shows the keyframes through the mask and leaves the picture around it alone', () => {
  const picture = keyPlanes(new SharedArrayBuffer(keyBytes({ width: 32, height: 16 })), 0, {
    width: 32,
    height: 16,
  });
  for (const plane of [picture.luma, picture.blueChroma, picture.redChroma]) plane.fill(100);
  // Alive on the right.
  const mask = { width: 4, height: 2, values: Float32Array.of(0, 0, 1, 1, 0, 0, 1, 1) };
  const blend = createBlender(picture, mask, size);
  const at = (x: number) => picture.luma[8 * 32 + x]!;
  blend(plainKey(0, 0, 0), plainKey(1, 1, 1), 0.75);
  expect(at(1)).toBe(100);
  // 16 + 0.75 × 219, and the noise that hides steps.
  expect(Math.abs(at(30) - 180)).toBeLessThanOrEqual(3);
  blend(plainKey(1, 1, 1), plainKey(1, 1, 1), 0.25);
  expect(at(1)).toBe(100);
  expect(Math.abs(at(30) - 235)).toBeLessThanOrEqual(3);
});
