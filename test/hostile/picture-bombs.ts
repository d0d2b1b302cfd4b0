import { deflateSync } from 'node:zlib';
import sharp from 'sharp';
import type { NamedFile } from './bad-files.ts';
import { ascii, chunk, little, png, repeated, segment } from './bytes.ts';

/** A file whose picture is whole and small, wrapped in what costs its reader more than the picture is worth. */
export interface PictureBomb extends NamedFile {
  /** Whether its picture is shown; else it is refused. */
  isShown: boolean;
}

/** Sixteen megabytes of text in sixteen kilobytes. */
const packed = () => deflateSync(Buffer.alloc(16_000_000, 'x'));

/**
 * A progressive JPEG of one brightness whose scans hold a coefficient each, bit by bit: each says in a few bytes that
 * nothing changes in any block (ITU-T T.81, G.1.2.2).
 */
function manyScans(side: number, scans: number): Buffer {
  const blocks = (side / 8) ** 2;
  const table = (kind: number, symbol: number) =>
    segment(0xc4, Buffer.from([kind, 1, ...new Array(15).fill(0), symbol]));
  const scan = (first: number, last: number, bits: number) =>
    segment(0xda, Buffer.from([1, 1, 0, first, last, bits]));
  // The symbol's one bit, and fourteen that say: no coefficient in 32,767 blocks.
  const runs = '011111111111111'.repeat(Math.ceil(blocks / 32_767));
  const padded = runs.padEnd(8 * Math.ceil(runs.length / 8), '1');
  // A byte of ones is followed by one of zeros, or it would begin a marker (B.1.1.5).
  const coded = Buffer.from(
    padded.match(/.{8}/g)!.flatMap((bits) => (bits === '11111111' ? [255, 0] : [Number.parseInt(bits, 2)])),
  );
  const refinements = Array.from({ length: scans }, (_, index) => {
    const [coefficient, bit] = [1 + Math.floor(index / 11), 10 - (index % 11)];
    const bits = ((bit === 10 ? 0 : bit + 1) << 4) | bit;
    return Buffer.concat([scan(coefficient, coefficient, bits), coded]);
  });
  return Buffer.concat([
    Buffer.from([0xff, 0xd8]),
    segment(0xdb, Buffer.from([0, ...new Array(64).fill(1)])),
    segment(0xc2, Buffer.from([8, side >> 8, side & 255, side >> 8, side & 255, 1, 1, 0x11, 0])),
    table(0x00, 0),
    table(0x10, 0xe0),
    scan(0, 0, 0),
    Buffer.alloc(Math.ceil(blocks / 8)),
    ...refinements,
    Buffer.from([0xff, 0xd9]),
  ]);
}

/** A TIFF with so many pages more, all of them the first. */
function manyPages(tiff: Buffer, pages: number): Buffer {
  const at = tiff.readUInt32LE(4);
  const length = 2 + 12 * tiff.readUInt16LE(at) + 4;
  const file = Buffer.concat([tiff, ...new Array<Buffer>(pages).fill(tiff.subarray(at, at + length))]);
  file.writeUInt32LE(tiff.length, at + length - 4);
  for (let page = 0; page < pages; page++) {
    const next = tiff.length + (page + 1) * length;
    file.writeUInt32LE(page + 1 < pages ? next : 0, next - 4);
  }
  return file;
}

/** Bombs for the readers of pictures. */
export async function pictureBombs(): Promise<PictureBomb[]> {
  const grey = sharp({ create: { width: 64, height: 64, channels: 3, background: '#808080' } });
  const [jpeg, gif, webp, tiff] = await Promise.all(
    (['jpeg', 'gif', 'webp', 'tiff'] as const).map((format) => grey.clone().toFormat(format).toBuffer()),
  );
  const text = Buffer.concat([ascii('a\0\0'), packed()]);
  const behindStart = (...segments: Buffer[]) =>
    Buffer.concat([jpeg!.subarray(0, 2), ...segments, jpeg!.subarray(2)]);
  const beforeEnd = (...blocks: Buffer[]) =>
    Buffer.concat([gif!.subarray(0, -1), ...blocks, gif!.subarray(-1)]);
  const frame = Buffer.from([0x2c, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 0x44, 1, 0]);
  const riff = Buffer.concat([
    webp!.subarray(8),
    repeated(Buffer.concat([ascii('junk'), little(0)]), 4_000_000),
  ]);
  const shown: [string, Buffer][] = [
    [
      'a PNG with fifty texts of 16 MB each, packed',
      png(64, 64, 64, ...new Array(50).fill(chunk('zTXt', text))),
    ],
    [
      'a PNG with an international text of 16 MB, packed',
      png(64, 64, 64, chunk('iTXt', Buffer.concat([ascii('a\0\x01\0\0\0'), packed()]))),
    ],
    ['a PNG with a colour profile of 16 MB, packed', png(64, 64, 64, chunk('iCCP', text))],
    ['a PNG with a text of 40 MB', png(64, 64, 64, chunk('tEXt', Buffer.alloc(40_000_000, 'x\0')))],
    ['a PNG with EXIF of 30 MB', png(64, 64, 64, chunk('eXIf', Buffer.alloc(30_000_000)))],
    [
      'a JPEG with a colour profile of 16 MB',
      behindStart(
        ...Array.from({ length: 255 }, (_, index) =>
          segment(
            0xe2,
            Buffer.concat([ascii('ICC_PROFILE\0'), Buffer.from([index + 1, 255]), Buffer.alloc(65_000)]),
          ),
        ),
      ),
    ],
    ['a GIF of two million frames', beforeEnd(repeated(frame, 2_000_000))],
    ['a TIFF of 150,000 pages', manyPages(tiff!, 150_000)],
  ];
  const refused: [string, Buffer][] = [
    ['a PNG of a million empty chunks', png(64, 64, 64, repeated(chunk('IDAT', Buffer.alloc(0)), 1_000_000))],
    ['a PNG in a million pieces', png(64, 64, 64, repeated(chunk('IDAT', Buffer.alloc(1)), 1_000_000))],
    ['a JPEG of a million comments', behindStart(repeated(segment(0xfe, Buffer.alloc(1)), 1_000_000))],
    ['a JPEG of 600 scans', manyScans(6_000, 600)],
    ['a WebP of four million chunks', Buffer.concat([ascii('RIFF'), little(riff.length), riff])],
  ];
  return [
    ...shown.map(([name, bytes]) => ({ name, bytes, isShown: true })),
    ...refused.map(([name, bytes]) => ({ name, bytes, isShown: false })),
  ];
}
