import { expect, test } from 'vitest';
import { makeForeignVideo } from '../../test/support/foreign-video.ts';
import { readSmallFrames } from './watch-frames.ts';

/** Column of the brightest pixel in the middle row, as a part of the width. */
function brightest(rgb: Uint8Array, width: number, row: number): number {
  const line = Array.from({ length: width }, (_, column) => rgb[3 * (row * width + column) + 1]!);
  return line.indexOf(Math.max(...line)) / width;
}

test.each([
  ['h264', 'mp4'],
  ['hevc', 'mov'],
  ['vp9', 'webm'],
  ['av1', 'matroska'],
] as const)('sees a bar wander in %s', async (codec, container) => {
  const video = { codec, container, seconds: 2, width: 640, height: 360, framesPerSecond: 12 };
  const frames = await readSmallFrames(await makeForeignVideo(video));
  expect(frames.length).toBe(24);
  for (const [index, { width, height, rgb }] of frames.entries()) {
    expect([width, height, rgb.length]).toEqual([64, 36, 64 * 36 * 3]);
    const expected = ((index / 24) * 600 + 20) / 640;
    expect(Math.abs(brightest(rgb, width, 18) - expected)).toBeLessThan(0.06);
  }
});

test('refuses what has no picture', async () => {
  await expect(readSmallFrames(Buffer.from('only words, and nothing that moves'))).rejects.toThrow();
});
