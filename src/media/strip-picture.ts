import { stripGif } from './strip/gif.ts';
import { stripJpeg } from './strip/jpeg.ts';
import { stripPng } from './strip/png.ts';
import { stripTiff } from './strip/tiff.ts';
import { stripWebp } from './strip/webp.ts';

/** By what each format's files begin with; a dot is any byte. */
const formats: readonly [string, (bytes: Buffer) => Buffer][] = [
  ['\xff\xd8\xff', stripJpeg],
  ['\x89PNG\r\n\x1a\n', stripPng],
  ['RIFF....WEBP', stripWebp],
  ['GIF8', stripGif],
  ['II*\0', stripTiff],
  ['MM\0*', stripTiff],
];

const begins = (head: string, beginning: string) =>
  head.length >= beginning.length && [...beginning].every((sign, at) => sign === '.' || sign === head[at]);

/**
 * Leaves of a picture's file what decides about the pixels of its first picture: orientation, colour profile and the
 * coded pixels. A decoder never meets the texts, comments, thumbnails, further pages and pieces of unknown use that may
 * cost it seconds, each of them allowed and none of them seen. What is broken stays broken.
 * @throws StillroarError `picture-unreadable` for what no program writes, and a decoder would work on for minutes
 */
export function stripPicture(bytes: Uint8Array): Uint8Array {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const head = file.toString('latin1', 0, 12);
  const [, strip] = formats.find(([beginning]) => begins(head, beginning)) ?? [];
  return strip ? strip(file) : bytes;
}
