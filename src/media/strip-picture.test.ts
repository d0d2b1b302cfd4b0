import sharp from 'sharp';
import { afterAll, expect, test } from 'vitest';
import { pictureBombs } from '../../test/hostile/picture-bombs.ts';
import { openPicture } from './decode-picture.ts';
import { stripPicture } from './strip-picture.ts';

const bombs = await pictureBombs();
const figures: string[] = [];
afterAll(() =>
  console.log(`CPU time from the bytes to the pixels or the refusal:\n  ${figures.join('\n  ')}`),
);

/** A picture with all that a camera and an editor write around it. */
function described() {
  const pixels = Buffer.from(Array.from({ length: 48 * 32 * 3 }, (_, index) => (index * 7) % 256));
  return sharp(pixels, { raw: { width: 48, height: 32, channels: 3 } })
    .withIccProfile('p3')
    .withExif({ IFD0: { ImageDescription: 'a description', Copyright: 'somebody' } })
    .withXmp('<x:xmpmeta xmlns:x="adobe:ns:meta/"><a>the beach</a></x:xmpmeta>')
    .withMetadata({ orientation: 6, icc: 'p3' });
}

const pixelsOf = (bytes: Uint8Array) => sharp(bytes).autoOrient().toColourspace('srgb').raw().toBuffer();

test.each(['jpeg', 'png', 'webp', 'gif', 'tiff', 'avif'] as const)(
  'a picture as %s looks the same without its descriptions',
  async (format) => {
    const bytes = await described().toFormat(format).toBuffer();
    const stripped = stripPicture(bytes);
    expect(await pixelsOf(stripped)).toEqual(await pixelsOf(bytes));
    const { icc, orientation } = await sharp(bytes).metadata();
    expect(await sharp(stripped).metadata()).toMatchObject({
      ...(icc && { icc }),
      ...(orientation && { orientation }),
    });
  },
);

test.each(['jpeg', 'webp'] as const)('descriptions are taken off a %s', async (format) => {
  const bytes = await described().toFormat(format).toBuffer();
  expect((await sharp(bytes).metadata()).xmp).toBeDefined();
  expect((await sharp(stripPicture(bytes)).metadata()).xmp).toBeUndefined();
});

test('interlaced, progressive and animated pictures look the same', async () => {
  const frames = ['#dc0000', '#0000dc'].map((background) =>
    sharp({ create: { width: 64, height: 48, channels: 3, background } })
      .png()
      .toBuffer(),
  );
  const animated = sharp(await Promise.all(frames), { join: { animated: true } });
  const files = [
    await described().png({ progressive: true, palette: true }).toBuffer(),
    await described().jpeg({ progressive: true }).toBuffer(),
    await described().webp({ lossless: true }).toBuffer(),
    await animated.clone().gif().toBuffer(),
    await animated.clone().webp().toBuffer(),
  ];
  for (const bytes of files) {
    const stripped = stripPicture(bytes);
    expect(await pixelsOf(stripped)).toEqual(await pixelsOf(bytes));
    expect((await sharp(stripped).metadata()).pages ?? 1).toBe(1);
  }
});

test('a film behind a photograph is no part of it', async () => {
  const bytes = await described().jpeg().toBuffer();
  // Phones put one there; by chance its bytes say "scan" and "end".
  const film = Buffer.alloc(100_000).fill(Buffer.from([0xff, 0xda, 0xff, 0xd9]));
  const stripped = stripPicture(Buffer.concat([bytes, film]));
  expect(stripped).toEqual(stripPicture(bytes));
});

test('what is broken stays broken, and nothing is lost of it', async () => {
  for (const format of ['jpeg', 'png', 'webp', 'gif', 'tiff'] as const) {
    const bytes = await described().toFormat(format).toBuffer();
    for (let length = 0; length < bytes.length; length += 13) {
      const cut = bytes.subarray(0, length);
      expect(stripPicture(cut).length, `${format} ${length}`).toBeLessThanOrEqual(length);
    }
    const half = bytes.subarray(0, bytes.length >> 1);
    await expect(
      openPicture(half).then((picture) => picture.decode({ width: 8, height: 8 })),
    ).rejects.toThrow();
  }
});

test.each(bombs)('$name costs no more than its picture', async ({ name, bytes, isShown }) => {
  const before = process.cpuUsage();
  const opened = openPicture(bytes).then((picture) => picture.decode({ width: 64, height: 64 }));
  if (isShown) {
    expect((await opened).length).toBe(64 * 64 * 3);
    expect((await sharp(stripPicture(bytes)).metadata()).pages ?? 1).toBe(1);
  } else {
    // By what it is wrapped in, and not because it happens to be broken.
    await expect(opened).rejects.toMatchObject({
      code: 'picture-unreadable',
      message: expect.stringContaining('save it anew'),
    });
  }
  const { user, system } = process.cpuUsage(before);
  figures.push(`${name} (${(bytes.length / 1e6).toFixed(1)} MB): ${Math.round((user + system) / 1_000)} ms`);
});
