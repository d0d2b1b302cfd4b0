import fc from 'fast-check';
import { expect, test } from 'vitest';
import { frameShape } from './frame-shape.ts';

const wan = { tiers: [921_600, 399_360], sizeMultiple: 16, frames: '4n+1', framesPerSecond: 16 } as const;

test('a landscape at 720p is drawn at that size, and smaller on the next tier', () => {
  const picture = { width: 1920, height: 1080 };
  expect(frameShape(wan, 0, picture, '720p', 5)).toEqual({ width: 1280, height: 720, frames: 81 });
  expect(frameShape(wan, 1, picture, '720p', 5)).toEqual({ width: 832, height: 464, frames: 81 });
  // 720 is no multiple of 32, and 736 would be too many pixels.
  expect(frameShape({ ...wan, sizeMultiple: 32 }, 0, picture, '720p', 5)).toMatchObject({
    width: 1280,
    height: 704,
  });
});

test('counts are what the model takes and last as long as asked', () => {
  const picture = { width: 9, height: 16 };
  const frames = (rule: 'n' | '4n+1' | '8n+1', framesPerSecond: number) =>
    frameShape({ ...wan, frames: rule, framesPerSecond }, 0, picture, '720p', 5).frames;
  expect([frames('n', 24), frames('4n+1', 24), frames('8n+1', 24), frames('8n+1', 25)]).toEqual([
    120, 121, 121, 129,
  ]);
});

test('of any picture both sides are multiples, no tier is exceeded, and the shape changes little', () => {
  const side = fc.integer({ min: 64, max: 8000 });
  fc.assert(
    fc.property(
      side,
      side,
      fc.constantFrom(16, 32),
      fc.constantFrom(0, 1),
      (width, height, sizeMultiple, tier) => {
        fc.pre(Math.max(width, height) / Math.min(width, height) <= 3);
        const shape = frameShape({ ...wan, sizeMultiple }, tier, { width, height }, '720p', 5);
        expect(shape.width % sizeMultiple).toBe(0);
        expect(shape.height % sizeMultiple).toBe(0);
        expect(shape.width * shape.height).toBeLessThanOrEqual(wan.tiers[tier]!);
        // The worst of all ratios is off by 7.4 %: 1 : 2.8 in the smaller tier, in multiples of 32.
        const stretch = shape.width / shape.height / (width / height);
        expect(Math.max(stretch, 1 / stretch)).toBeLessThan(1.08);
      },
    ),
  );
});
