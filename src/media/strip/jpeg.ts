import { StillroarError } from '../../errors.ts';
import { createStripped, MOST_PROFILE } from './stripped.ts';

/** Markers (ITU-T T.81, table B.1). */
const [START, END, SCAN, COMMENT] = [0xd8, 0xd9, 0xda, 0xfe];
const [APP0, APP1, APP2, APP14, APP15] = [0xe0, 0xe1, 0xe2, 0xee, 0xef];

/** Programs write ten; each goes over every pixel again, and takes no more than a few bytes to ask for it. */
const MOST_SCANS = 100;

const startsWith = (data: Buffer, word: string) => data.toString('latin1', 0, word.length) === word;

/** Whether a segment decides how the pixels are to be seen. */
function isDecisive(marker: number, data: Buffer): boolean {
  if (marker === APP0) return startsWith(data, 'JFIF\0');
  if (marker === APP1) return startsWith(data, 'Exif\0');
  if (marker === APP2) return startsWith(data, 'ICC_PROFILE\0');
  if (marker === APP14) return startsWith(data, 'Adobe');
  return marker !== COMMENT && (marker < APP0 || marker > APP15);
}

/** Where the next marker stands that ends a scan's coded data: one that is neither a stuffed zero nor a restart. */
function endOfScan(bytes: Buffer, from: number): number {
  let at = from;
  for (; at + 1 < bytes.length; at++) {
    if (bytes[at] !== 0xff) continue;
    const next = bytes[at + 1]!;
    if (next !== 0 && (next & 0xf8) !== 0xd0) return at;
  }
  return bytes.length;
}

/**
 * A JPEG without comments, descriptions, thumbnails and what lies behind it (ITU-T T.81, B.1; ICC.1, B.4).
 * @throws StillroarError `picture-unreadable` for one of more scans than any program makes
 */
export function stripJpeg(bytes: Buffer): Buffer {
  const stripped = createStripped();
  const seen = new Set<number>();
  let profile = 0;
  let scans = 0;
  let at = 0;
  while (at + 4 <= bytes.length && bytes[at] === 0xff) {
    const marker = bytes[at + 1]!;
    if (marker === 0xff) {
      // Such bytes may fill the space before a marker.
      at++;
    } else if (marker === START) {
      stripped.take(bytes.subarray(at, at + 2), true);
      at += 2;
    } else {
      if (marker === END) break;
      const end = at + 2 + bytes.readUInt16BE(at + 2);
      if (end > bytes.length) break;
      const data = bytes.subarray(at + 4, end);
      if (marker === APP2) profile += data.length;
      const isOnce = marker === APP0 || marker === APP1 || marker === APP14;
      const isTooMuch = (isOnce && seen.has(marker)) || (marker === APP2 && profile > MOST_PROFILE);
      const isWanted = isDecisive(marker, data) && !isTooMuch;
      if (isWanted) seen.add(marker);
      stripped.take(bytes.subarray(at, end), isWanted);
      at = end;
      if (marker !== SCAN) continue;
      if (++scans > MOST_SCANS) throw tooManyScans();
      at = endOfScan(bytes, end);
      stripped.take(bytes.subarray(end, at), true);
    }
  }
  // The end, or where it is broken off: its reader says so.
  const isEnd = bytes[at] === 0xff && bytes[at + 1] === END;
  stripped.take(isEnd ? bytes.subarray(at, at + 2) : bytes.subarray(at), true);
  return stripped.join();
}

function tooManyScans(): StillroarError {
  return new StillroarError(
    'picture-unreadable',
    `The JPEG has more than ${MOST_SCANS} scans. Open it in a program and save it anew.`,
  );
}
