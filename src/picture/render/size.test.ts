import { describe, expect, it } from 'vitest';
import { sourceSize, videoSize } from './size.ts';

describe('the size of a video', () => {
  it.each([
    [3088, 2056, '720p', 1082, 720],
    [2056, 3088, '720p', 720, 1082],
    [1600, 900, '1080p', 1920, 1080],
    [3000, 3000, '4k', 2160, 2160],
    [640, 427, '4k', 3238, 2160],
  ] as const)(
    'of a %i × %i picture at %s is %i × %i',
    (width, height, resolution, videoWidth, videoHeight) => {
      const { size, warnings } = videoSize({ width, height }, resolution);
      expect(size).toEqual({ width: videoWidth, height: videoHeight });
      expect(warnings).toEqual([]);
    },
  );

  it.each([
    [12_000, 1000, '4k'],
    [500, 9000, '1080p'],
    [10_000, 20, '720p'],
    [1, 30_000, '720p'],
  ] as const)(
    'of a %i × %i picture at %s is reduced until it fits, with a warning',
    (width, height, resolution) => {
      const { size, warnings } = videoSize({ width, height }, resolution);
      expect(size.width * size.height).toBeLessThanOrEqual(9_450_000);
      expect(Math.max(size.width, size.height)).toBeLessThanOrEqual(8192);
      expect(Math.min(size.width, size.height)).toBeGreaterThanOrEqual(32);
      expect([size.width % 2, size.height % 2]).toEqual([0, 0]);
      expect(warnings).toMatchObject([{ code: 'size-reduced' }]);
    },
  );
});

describe('the size at which a picture is decoded', () => {
  const video = { width: 1280, height: 720 };

  it('is finer than the video when the picture has the pixels', () => {
    expect(sourceSize({ width: 4000, height: 2250 }, video)).toEqual({ width: 1536, height: 864 });
  });

  it('ends at the picture’s own pixels', () => {
    expect(sourceSize({ width: 1408, height: 792 }, video)).toEqual({ width: 1408, height: 792 });
  });

  it('is the video’s when the picture is smaller', () => {
    expect(sourceSize({ width: 320, height: 180 }, video)).toEqual(video);
  });
});
