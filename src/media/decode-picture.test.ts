import { readFile } from 'node:fs/promises';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { samplePath } from '../picture/testing/samples.ts';
import { openPicture } from './decode-picture.ts';

/** Left half red, right half blue. */
function halves(width: number, height: number): Buffer {
  const rgb = Buffer.alloc(width * height * 3);
  for (let at = 0; at < rgb.length; at += 3) {
    const isLeft = (at / 3) % width < width / 2;
    rgb[at + (isLeft ? 0 : 2)] = 220;
  }
  return rgb;
}
const picture = (width = 64, height = 48) =>
  sharp(halves(width, height), { raw: { width, height, channels: 3 } });

/** Decodes to 64 × 48 and answers the mean colour of the left and the right half. */
async function colours(bytes: Buffer, size = { width: 64, height: 48 }) {
  const opened = await openPicture(bytes);
  const rgb = await opened.decode(size);
  expect(rgb.length).toBe(size.width * size.height * 3);
  const mean = (from: number, to: number) =>
    [0, 1, 2].map((channel) => {
      let sum = 0;
      let count = 0;
      for (let y = 0; y < size.height; y++) {
        for (let x = Math.ceil(from * size.width); x < to * size.width; x++, count++) {
          sum += rgb[(y * size.width + x) * 3 + channel]!;
        }
      }
      return Math.round(sum / count);
    });
  return {
    size: { width: opened.width, height: opened.height },
    left: mean(0.05, 0.4),
    right: mean(0.6, 0.95),
  };
}

const isNear = (colour: number[], wanted: number[], tolerance = 14) =>
  colour.forEach((value, channel) => {
    expect(Math.abs(value - wanted[channel]!), `${colour} is not ${wanted}`).toBeLessThanOrEqual(tolerance);
  });
const RED = [220, 0, 0];
const BLUE = [0, 0, 220];

describe('a picture', () => {
  it.each(['jpeg', 'png', 'webp', 'avif', 'gif', 'tiff'] as const)('is read as %s', async (format) => {
    const { left, right } = await colours(await picture().toFormat(format).toBuffer());
    isNear(left, RED, 30);
    isNear(right, BLUE, 30);
  });

  it('stands as the camera was held: EXIF orientation', async () => {
    const { size, left, right } = await colours(
      await picture().withMetadata({ orientation: 3 }).png().toBuffer(),
    );
    expect(size).toEqual({ width: 64, height: 48 });
    isNear(left, BLUE);
    isNear(right, RED);
    const turned = await openPicture(await picture().withMetadata({ orientation: 6 }).jpeg().toBuffer());
    expect([turned.width, turned.height]).toEqual([48, 64]);
  });

  it('is brought to sRGB from its colour profile', async () => {
    const plain = await colours(await picture().png().toBuffer());
    const wide = await picture().withIccProfile('p3').png().toBuffer();
    expect((await sharp(wide).metadata()).icc).toBeDefined();
    const { left, right } = await colours(wide);
    isNear(left, plain.left, 6);
    isNear(right, plain.right, 6);
  });

  it('with transparency is laid on white', async () => {
    const clear = await sharp({
      create: { width: 64, height: 48, channels: 4, background: { r: 0, g: 0, b: 0, alpha: 0 } },
    })
      .png()
      .toBuffer();
    isNear((await colours(clear)).left, [255, 255, 255], 1);
  });

  it('in CMYK has its colours', async () => {
    const cmyk = await picture().toColourspace('cmyk').jpeg().toBuffer();
    expect((await sharp(cmyk).metadata()).space).toBe('cmyk');
    const { left, right } = await colours(cmyk);
    expect(left[0]!).toBeGreaterThan(left[2]! + 80);
    expect(right[2]!).toBeGreaterThan(right[0]! + 40);
  });

  it('of 16 bits a channel has its colours', async () => {
    const deep = await picture().toColourspace('rgb16').png().toBuffer();
    expect((await sharp(deep).metadata()).depth).toBe('ushort');
    const { left, right } = await colours(deep);
    isNear(left, RED, 4);
    isNear(right, BLUE, 4);
  });

  it.each([8, 16])('in %i-bit grey has three equal channels', async (bits) => {
    const grey = await picture()
      .toColourspace(bits === 8 ? 'b-w' : 'grey16')
      .png()
      .toBuffer();
    expect((await sharp(grey).metadata()).channels).toBe(1);
    const { left } = await colours(grey);
    expect(new Set(left).size).toBe(1);
    expect(left[0]).toBeGreaterThan(20);
  });

  it.each(['gif', 'webp'] as const)('that moves (%s) gives its first frame', async (format) => {
    const frames = await Promise.all(
      ['#dc0000', '#0000dc'].map((background) =>
        sharp({ create: { width: 64, height: 48, channels: 3, background } })
          .png()
          .toBuffer(),
      ),
    );
    const animated = await sharp(frames, { join: { animated: true } })
      .toFormat(format)
      .toBuffer();
    expect((await sharp(animated, { animated: true }).metadata()).pages).toBe(2);
    const { size, left, right } = await colours(animated);
    expect(size).toEqual({ width: 64, height: 48 });
    isNear(left, RED);
    isNear(right, RED);
  });

  it.each([
    [1, 1],
    [1, 400],
    [3000, 2],
  ])('of %i × %i pixels is decoded to any size', async (width, height) => {
    const { size } = await colours(await picture(width, height).png().toBuffer());
    expect(size).toEqual({ width, height });
  });

  it('is scaled down while it is decoded, however large', async () => {
    const bytes = await sharp(await readFile(samplePath('sunset.jpg')))
      .resize(7000, 4667)
      .jpeg({ quality: 60 })
      .toBuffer();
    const { size } = await colours(bytes, { width: 720, height: 480 });
    expect(size).toEqual({ width: 7000, height: 4667 });
  });
});

describe('what cannot be read', () => {
  it('HEIC says what to do', async () => {
    const box = Buffer.alloc(64);
    box.writeUInt32BE(24, 0);
    box.write('ftypheic', 4);
    box.write('mif1heic', 16);
    await expect(openPicture(box)).rejects.toMatchObject({
      code: 'picture-unreadable',
      message: expect.stringContaining('HEIC'),
    });
  });

  it('anything else names what can be', async () => {
    await expect(openPicture(Buffer.from('GIF89a and then nothing'))).rejects.toThrow(
      'JPEG, PNG, WebP, AVIF, GIF or TIFF',
    );
  });
});
