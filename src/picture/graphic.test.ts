import { expect, it } from 'vitest';
import { isGraphic } from './graphic.ts';
import { fromInterleaved, type RgbImage } from './image.ts';
import { readScene } from './scene.ts';
import { loadSample, sampleScene } from './testing/samples.ts';

/** A white sheet with a filled circle whose border is soft. */
function logo(size: number): RgbImage {
  const bytes = new Uint8Array(3 * size * size).fill(255);
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      const inside = Math.max(0, Math.min(1, 0.35 * size - Math.hypot(x - size / 2, y - size / 2)));
      [228, 87, 46].forEach((value, channel) => {
        bytes[3 * (y * size + x) + channel] = Math.round(255 + (value - 255) * inside);
      });
    }
  }
  return fromInterleaved(bytes, size, size);
}

it('tells a logo from photographs', async () => {
  expect(isGraphic(logo(640))).toBe(true);
  for (const name of ['dogs.jpg', 'dandelions.jpg', 'stream.jpg', 'sunset.jpg']) {
    expect(isGraphic(await loadSample(name, 640)), name).toBe(false);
  }
});

it('gives a logo no depth, so that no camera bends it', async () => {
  const depths = ({ disparity }: { disparity: { values: Float32Array } }) => new Set(disparity.values).size;
  expect(depths(readScene(logo(384), logo(640)))).toBe(1);
  expect(depths(await sampleScene('dogs.jpg'))).toBeGreaterThan(1000);
});
