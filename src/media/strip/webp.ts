import { createStripped, MOST_EXIF, MOST_PROFILE } from './stripped.ts';

const HEADER = 12;
const XMP_FLAG = 0x04;
const EXIF_FLAG = 0x08;
const PROFILE_FLAG = 0x20;

/** The most bytes that a chunk of which a picture has one may take; no others are kept. */
const most: Record<string, number> = {
  VP8X: 10,
  ICCP: MOST_PROFILE,
  ANIM: 6,
  ANMF: Number.POSITIVE_INFINITY,
  ALPH: Number.POSITIVE_INFINITY,
  'VP8 ': Number.POSITIVE_INFINITY,
  VP8L: Number.POSITIVE_INFINITY,
  EXIF: MOST_EXIF,
};

/** A WebP of its first picture alone, without descriptions (RFC 9649, 2.3 to 2.7). */
export function stripWebp(bytes: Buffer): Buffer {
  const stripped = createStripped();
  const header = Buffer.from(bytes.subarray(0, HEADER));
  stripped.take(header, true);
  const seen = new Set<string>();
  let features: Buffer | undefined;
  let length = HEADER;
  let at = HEADER;
  const last = Math.min(bytes.length, 8 + bytes.readUInt32LE(4));
  while (at + 8 <= last) {
    const type = bytes.toString('latin1', at, at + 4);
    const size = bytes.readUInt32LE(at + 4);
    const end = at + 8 + size + (size & 1);
    if (at + 8 + size > last) break;
    const isWanted = !seen.has(type) && size <= (most[type] ?? -1);
    const isFeatures = isWanted && type === 'VP8X';
    const chunk = isFeatures ? Buffer.from(bytes.subarray(at, end)) : bytes.subarray(at, end);
    stripped.take(chunk, isWanted);
    if (isFeatures) features = chunk;
    if (isWanted) {
      seen.add(type);
      length += chunk.length;
    }
    at = end;
  }
  if (features && features.length > 8) {
    let flags = features[8]! & ~XMP_FLAG;
    if (!seen.has('EXIF')) flags &= ~EXIF_FLAG;
    if (!seen.has('ICCP')) flags &= ~PROFILE_FLAG;
    features[8] = flags;
  }
  // Broken off: its reader says so.
  if (at < last) stripped.take(bytes.subarray(at, last), true);
  header.writeUInt32LE(length - 8 + Math.max(0, last - at), 4);
  return stripped.join();
}
