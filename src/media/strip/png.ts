import { inflateSync } from 'node:zlib';
import { createStripped, MOST_EXIF, MOST_PROFILE } from './stripped.ts';

const SIGNATURE = 8;
/** Length, type and check sum around a chunk's data. */
const FRAME = 12;

/** What decides about the pixels besides the data. The rest is text, times and histograms, and text may be packed a thousandfold. */
const decisive = new Set(['IHDR', 'PLTE', 'IEND', 'tRNS', 'gAMA', 'cHRM', 'sRGB', 'sBIT', 'cICP']);

/** Whether an iCCP chunk unpacks to a profile of a size that profiles have: a name, a zero, the method, deflated bytes. */
function isProfile(data: Buffer): boolean {
  const packed = data.subarray(data.indexOf(0) + 2);
  try {
    return inflateSync(packed, { maxOutputLength: MOST_PROFILE }).length > 0;
  } catch {
    return false;
  }
}

/** A PNG without what says nothing about its pixels (PNG, third edition, 5 and 11). */
export function stripPng(bytes: Buffer): Buffer {
  const stripped = createStripped();
  stripped.take(bytes.subarray(0, SIGNATURE), true);
  const seen = new Set<string>();
  let at = SIGNATURE;
  while (at + FRAME <= bytes.length) {
    const length = bytes.readUInt32BE(at);
    const type = bytes.toString('latin1', at + 4, at + 8);
    const end = at + FRAME + length;
    if (end > bytes.length) break;
    const data = bytes.subarray(at + 8, end - 4);
    const isFirst = !seen.has(type);
    seen.add(type);
    const isWanted =
      type === 'IDAT'
        ? length > 0
        : isFirst &&
          (decisive.has(type) ||
            (type === 'eXIf' && length <= MOST_EXIF) ||
            (type === 'iCCP' && isProfile(data)));
    stripped.take(bytes.subarray(at, end), isWanted);
    at = end;
    if (type === 'IEND') return stripped.join();
  }
  // Broken off: its reader says so.
  stripped.take(bytes.subarray(at), true);
  return stripped.join();
}
