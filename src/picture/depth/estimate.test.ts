import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { fromInterleaved, type RgbImage } from '../image.ts';
import { createGuide } from '../pixels/guided.ts';
import { refineTo } from '../scene.ts';
import type { DepthMap } from './depth-map.ts';
import { estimateDepth } from './estimate.ts';
import { meadow, overlap, paint } from './testing/paint.ts';
import { createView } from './view.ts';

async function loadSample(name: string, side: number): Promise<RgbImage> {
  const { data, info } = await sharp(new URL(`../../../samples/${name}`, import.meta.url).pathname)
    .resize(side, side, { fit: 'inside' })
    .raw()
    .toBuffer({ resolveWithObject: true });
  return fromInterleaved(data, info.width, info.height);
}

function expectSound(map: DepthMap, image: RgbImage): void {
  const isShare = (value: number) => value >= 0 && value <= 1;
  for (const plane of [map.disparity, map.sky, map.subject]) {
    if (!plane) continue;
    expect(plane.length).toBe(image.width * image.height);
    expect(plane.every(isShare)).toBe(true);
  }
  expect(isShare(map.confidence)).toBe(true);
  expect(map.horizon === null || isShare(map.horizon)).toBe(true);
}

const meanOfRow = (map: DepthMap, share: number) => {
  const row = Math.floor(share * (map.height - 1)) * map.width;
  return map.disparity.subarray(row, row + map.width).reduce((sum, value) => sum + value, 0) / map.width;
};

describe('on painted pictures', () => {
  test('the sky of a meadow is farthest and its foreground nearest', () => {
    const map = estimateDepth(createView(meadow(384, 256, 110)));
    expect(map.horizon).toBeCloseTo(110 / 256, 1);
    expect(meanOfRow(map, 0.1)).toBeLessThan(0.02);
    expect(meanOfRow(map, 0.6)).toBeGreaterThan(meanOfRow(map, 0.46) + 0.1);
    expect(meanOfRow(map, 0.95)).toBeGreaterThan(meanOfRow(map, 0.6) + 0.3);
    expect(map.confidence).toBeGreaterThanOrEqual(0.5);
  });

  test('a ball is one plane, nearer than the wall behind it', () => {
    const isBall = (x: number, y: number) => Math.hypot(x - 190, y - 130) < 50;
    const image = paint(384, 256, (x, y, random) => {
      const grain = 0.06 * random();
      return isBall(x, y) ? [0.1, 0.3 + grain, 0.8 + grain] : [0.6 + grain, 0.55 + grain, 0.4 + grain];
    });
    const map = estimateDepth(createView(image));
    const inside = [100, 130, 160].map((y) => map.disparity[y * 384 + 190]!);
    expect(Math.max(...inside) - Math.min(...inside)).toBeLessThan(0.05);
    expect(inside[1]! - map.disparity[130 * 384 + 60]!).toBeGreaterThan(0.1);
    expect(map.confidence).toBeGreaterThan(0.5);
  });
});

describe('on anything', () => {
  const pictures: [name: string, image: RgbImage][] = [
    ['one pixel', paint(1, 1, () => [0.2, 0.5, 0.9])],
    ['16 × 16', meadow(16, 16, 7)],
    ['a strip', meadow(16, 400, 170)],
    ['a ribbon', meadow(400, 16, 7)],
    ['two columns', meadow(2, 90, 40)],
    ['all black', paint(192, 128, () => [0, 0, 0])],
    ['all white', paint(192, 128, () => [1, 1, 1])],
    ['grey noise', paint(150, 150, (_, __, random) => Array(3).fill(random()) as [number, number, number])],
    ['colour noise', paint(128, 192, (_, __, random) => [random(), random(), random()])],
    ['a gradient', paint(192, 100, (x, y) => [x / 192, y / 100, 0.5])],
  ];
  test.each(pictures)('%s gives numbers between 0 and 1', (_, image) => {
    expectSound(estimateDepth(createView(image)), image);
  });

  test.each(pictures.filter(([name]) => /black|white|grey noise/.test(name)))(
    '%s is known to be a guess',
    (_, image) => {
      const map = estimateDepth(createView(image));
      expect(map.confidence).toBeLessThan(0.3);
      expect(map.subject).toBeNull();
    },
  );
});

describe('on photographs', () => {
  test('the sunset has a horizon, the dandelion and the dogs stand out, the stream is a guess', async () => {
    const [sunset, dandelions, dogs, stream] = await Promise.all(
      ['sunset.jpg', 'dandelions.jpg', 'dogs.jpg', 'stream.jpg'].map((name) => loadSample(name, 384)),
    );
    const maps = [sunset!, dandelions!, dogs!, stream!].map((image) => {
      const start = process.cpuUsage();
      const map = estimateDepth(createView(image));
      const { user, system } = process.cpuUsage(start);
      console.log(`${image.width} × ${image.height}: ${((user + system) / 1000).toFixed(0)} ms CPU`);
      expectSound(map, image);
      return map;
    });
    expect(maps[0]!.horizon).toBeGreaterThan(0.4);
    expect(maps[0]!.horizon).toBeLessThan(0.5);
    expect(maps[0]!.sky![20 * sunset!.width + 200]).toBeGreaterThan(0.9);
    const at = (map: DepthMap, plane: Float32Array, x: number, y: number) =>
      plane[Math.floor(y * map.height) * map.width + Math.floor(x * map.width)]!;
    // A dark hill against the light, and the meadow's edge, which is nearer although it lies higher in the picture.
    expect(at(maps[0]!, maps[0]!.disparity, 0.7, 0.585)).toBeGreaterThan(
      at(maps[0]!, maps[0]!.disparity, 0.1, 0.6),
    );
    // The head of the large dandelion, and its surroundings.
    expect(at(maps[1]!, maps[1]!.sky!, 0.55, 0.04)).toBeGreaterThan(0.9);
    expect(at(maps[1]!, maps[1]!.sky!, 0.55, 0.3)).toBeLessThan(0.1);
    expect(at(maps[1]!, maps[1]!.subject!, 0.29, 0.33)).toBeGreaterThan(0.9);
    expect(at(maps[1]!, maps[1]!.subject!, 0.7, 0.4)).toBeLessThan(0.1);
    expect(at(maps[1]!, maps[1]!.disparity, 0.29, 0.33)).toBeGreaterThan(
      at(maps[1]!, maps[1]!.disparity, 0.7, 0.4) + 0.1,
    );
    expect(at(maps[2]!, maps[2]!.subject!, 0.4, 0.32)).toBeGreaterThan(0.9);
    expect(maps[3]!.confidence).toBeLessThan(0.3);
  });

  test('grown to a larger picture, the depth keeps its values and gains its edges', async () => {
    const [small, large] = await Promise.all([loadSample('sunset.jpg', 384), loadSample('sunset.jpg', 1280)]);
    const map = estimateDepth(createView(small));
    const grown = refineTo(createGuide(small, 3, 3e-4), map.disparity, large).values;
    expect(grown.length).toBe(large.width * large.height);
    expect(grown.every((value) => value >= 0 && value <= 1)).toBe(true);
    let difference = 0;
    for (let y = 0; y < map.height; y++) {
      for (let x = 0; x < map.width; x++) {
        const u = Math.floor(((x + 0.5) * large.width) / map.width);
        const v = Math.floor(((y + 0.5) * large.height) / map.height);
        difference += Math.abs(grown[v * large.width + u]! - map.disparity[y * map.width + x]!);
      }
    }
    expect(difference / map.disparity.length).toBeLessThan(0.02);
  });

  test('the same picture gives the same depth, and half its size nearly the same sky', async () => {
    const image = await loadSample('sunset.jpg', 384);
    const half = await loadSample('sunset.jpg', 192);
    const map = estimateDepth(createView(image));
    expect(estimateDepth(createView(image))).toEqual(map);
    const halfSky = estimateDepth(createView(half)).sky!;
    const sampled = halfSky.map((_, pixel) => {
      const x = 2 * (pixel % half.width);
      const y = 2 * Math.floor(pixel / half.width);
      return map.sky![y * image.width + x]!;
    });
    expect(overlap(halfSky, sampled)).toBeGreaterThan(0.95);
  });
});
