/**
 * The bytes of a `data:` URL (RFC 2397) in base64, spaces between them allowed; undefined for anything else. What it says of
 * their type is not believed. No two repetitions of the patterns match the same signs: of a text of megabytes each is looked
 * at once.
 */
export function readDataUrl(url: string): Uint8Array | undefined {
  const comma = url.indexOf(',');
  if (comma < 0 || comma > 210 || !/^data:.*;base64$/is.test(url.slice(0, comma))) return undefined;
  const text = url.slice(comma + 1).trimEnd();
  return /^[A-Za-z0-9+/\s]+={0,2}$/.test(text) ? Buffer.from(text, 'base64') : undefined;
}
