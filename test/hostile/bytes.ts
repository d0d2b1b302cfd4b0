import { deflateSync } from 'node:zlib';

/** The pieces of which files are written by hand. */

export const ascii = (text: string) => Buffer.from(text, 'latin1');

export const big = (value: number) => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value >>> 0);
  return bytes;
};

export const little = (value: number, length = 4) => {
  const bytes = Buffer.alloc(length);
  bytes.writeUIntLE(value, 0, length);
  return bytes;
};

export const repeated = (bytes: Buffer, times: number) => {
  const many = Buffer.alloc(bytes.length * times);
  return bytes.length > 0 ? many.fill(bytes) : many;
};

/** The remainders of all bytes (PNG, third edition, annex D). */
const remainders = Uint32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte;
  for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  return crc;
});

function crc32(bytes: Uint8Array): number {
  let crc = ~0;
  for (const byte of bytes) crc = (crc >>> 8) ^ remainders[(crc ^ byte) & 255]!;
  return ~crc;
}

/** A chunk of a PNG. */
export const chunk = (type: string, data: Buffer) => {
  const body = Buffer.concat([ascii(type), data]);
  return Buffer.concat([big(data.length), body, big(crc32(body))]);
};

/** A PNG of one bit a pixel whose data hold so many rows of zeros, with more chunks before them. */
export function png(width: number, height: number, rows: number, ...more: Buffer[]): Buffer {
  const header = Buffer.concat([big(width), big(height), Buffer.from([1, 0, 0, 0, 0])]);
  const data = deflateSync(Buffer.alloc(rows * (1 + Math.ceil(width / 8))), { level: 9 });
  const end = chunk('IEND', Buffer.alloc(0));
  return Buffer.concat([
    ascii('\x89PNG\r\n\x1a\n'),
    chunk('IHDR', header),
    ...more,
    chunk('IDAT', data),
    end,
  ]);
}

/** A segment of a JPEG. */
export const segment = (marker: number, data: Buffer) => {
  const length = Buffer.alloc(2);
  length.writeUInt16BE(data.length + 2);
  return Buffer.concat([Buffer.from([0xff, marker]), length, data]);
};

/** A box of an MP4. */
export const box = (type: string, ...parts: Buffer[]) => {
  const body = Buffer.concat(parts);
  return Buffer.concat([big(body.length + 8), ascii(type), body]);
};
