/**
 * The bytes of a `data:` URL (RFC 2397) in base64, spaces between them allowed; undefined for anything else. What it says of
 * their type is not believed. No two repetitions of the patterns match the same signs: of a text of megabytes each is looked
 * at once.
 */
export function readDataUrl(url: string): Uint8Array | undefined {
  const comma = url.indexOf(',');
  if (comma < 0 || comma > 210 || !/^data:.*;base64$/is.test(url.slice(0, comma))) return undefined;
  const text = url.slice(comma + 1).trimEnd();
  const bytes = Buffer.from(text, 'base64');
  if (bytes.length === 0) return undefined;
  // Decoding passes over what is no base64: where nothing is missing, nothing was. That spares most texts the second look.
  const signs = text.length - (/={0,2}$/.exec(text.slice(-2))?.[0].length ?? 0);
  if (signs % 4 !== 1 && bytes.length === Math.floor((signs * 3) / 4)) return bytes;
  return /^[A-Za-z0-9+/\s]+={0,2}$/.test(text) ? bytes : undefined;
}
