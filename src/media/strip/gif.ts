import { createStripped } from './stripped.ts';

const HEADER = 13;
const [IMAGE, EXTENSION, TRAILER, GRAPHIC_CONTROL] = [0x2c, 0x21, 0x3b, 0xf9];

/** The size of a colour table whose flags are given, in bytes. */
const tableSize = (flags: number) => (flags & 0x80 ? 3 << ((flags & 7) + 1) : 0);

/** Where a chain of sub-blocks ends, or beyond the file. */
function endOfBlocks(bytes: Buffer, from: number): number {
  let at = from;
  while (at < bytes.length && bytes[at] !== 0) at += 1 + bytes[at]!;
  return at + 1;
}

/** A GIF of its first picture alone, without comments (GIF89a, 17 to 27). */
export function stripGif(bytes: Buffer): Buffer {
  const stripped = createStripped();
  let at = HEADER + tableSize(bytes[10] ?? 0);
  stripped.take(bytes.subarray(0, at), true);
  while (bytes[at] === EXTENSION) {
    const end = endOfBlocks(bytes, at + 2);
    stripped.take(bytes.subarray(at, end), bytes[at + 1] === GRAPHIC_CONTROL);
    at = end;
  }
  // Nine bytes of place, size and flags, and one that says how its data are coded.
  const isWhole = bytes[at] === IMAGE && at + 11 < bytes.length;
  const end = isWhole ? endOfBlocks(bytes, at + 11 + tableSize(bytes[at + 9]!)) : bytes.length;
  stripped.take(bytes.subarray(at, end), true);
  if (end < bytes.length) stripped.take(Buffer.from([TRAILER]), true);
  return stripped.join();
}
