import { readFile } from 'node:fs/promises';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import { readPictureHeader } from './picture-size.ts';

const draw = (format: 'jpeg' | 'png' | 'webp', options = {}) =>
  sharp({ create: { width: 640, height: 360, channels: 3, background: '#808080' } })
    .toFormat(format, options)
    .toBuffer();

test('reads the size of pictures as sharp writes them', async () => {
  const size = { width: 640, height: 360 };
  expect(readPictureHeader(await draw('png'))).toEqual({ extension: 'png', ...size });
  expect(readPictureHeader(await draw('jpeg'))).toEqual({ extension: 'jpg', ...size });
  expect(readPictureHeader(await draw('jpeg', { progressive: true }))).toEqual({ extension: 'jpg', ...size });
});

test.each(['dandelions', 'dogs', 'stream', 'sunset'])('reads the size of the sample %s', async (name) => {
  const bytes = await readFile(new URL(`../../../samples/${name}.jpg`, import.meta.url));
  const { width, height } = await sharp(bytes).metadata();
  expect(readPictureHeader(bytes)).toEqual({ extension: 'jpg', width, height });
});

test('knows nothing of what is something else or cut short', async () => {
  expect(readPictureHeader(await draw('webp'))).toBeUndefined();
  const jpeg = await draw('jpeg');
  for (const length of [0, 2, 3, 10, 20]) expect(readPictureHeader(jpeg.subarray(0, length))).toBeUndefined();
  expect(readPictureHeader((await draw('png')).subarray(0, 20))).toBeUndefined();
  expect(
    readPictureHeader(Buffer.from([0xff, 0xd8, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff])),
  ).toBeUndefined();
});
