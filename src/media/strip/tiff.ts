/** A TIFF of its first page alone (TIFF 6.0, section 2): to count the others, its reader would visit each. */
export function stripTiff(bytes: Buffer): Buffer {
  const isLittle = bytes[0] === 0x49;
  const read16 = (at: number) => (isLittle ? bytes.readUInt16LE(at) : bytes.readUInt16BE(at));
  const read32 = (at: number) => (isLittle ? bytes.readUInt32LE(at) : bytes.readUInt32BE(at));
  if (bytes.length < 8) return bytes;
  const first = read32(4);
  if (first + 2 > bytes.length) return bytes;
  // Behind the directory's entries of twelve bytes each stands where the next one is.
  const next = first + 2 + 12 * read16(first);
  if (next + 4 > bytes.length || read32(next) === 0) return bytes;
  const alone = Buffer.from(bytes);
  alone.writeUInt32LE(0, next);
  return alone;
}
