import { StillroarError } from '../../errors.ts';
import type { InputFile } from '../../tasks/task.ts';
import { readPictureHeader } from './picture-size.ts';

const MOST_BYTES = 10_000_000;
const LEAST_SIDE = 300;
/** Longest side over shortest. */
const MOST_RATIO = 2.5;

/** A picture field as the task takes it: a URL, or the bytes that the request itself carries. */
export type GivenPicture = { url: string } | { file: InputFile };

/**
 * Reads `image` or `image_tail`: a URL, or a JPEG or PNG in plain base64, which is checked at once.
 *
 * @param field what the task calls it
 * @param name what the caller calls it
 * @throws StillroarError `invalid-field`
 */
export function readPicture(text: string, field: InputFile['field'], name: string): GivenPicture {
  if (/^https?:\/\//i.test(text)) return { url: text };
  const refuse = (sentence: string): never => {
    throw new StillroarError('invalid-field', `${name} ${sentence}`, { field: name });
  };
  if (/^data:/i.test(text)) refuse('must be plain base64: leave out the prefix "data:…;base64,".');
  const plain = text.replace(/\s+/g, '');
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(plain)) refuse('must be a URL, or a JPEG or PNG in base64.');
  const bytes = Buffer.from(plain, 'base64');
  if (bytes.length > MOST_BYTES) refuse(`is larger than ${MOST_BYTES / 1e6} MB.`);
  const header = readPictureHeader(bytes) ?? refuse('is no complete JPEG or PNG.');
  const { width, height, extension } = header;
  const size = `has ${width} × ${height} pixels`;
  if (Math.min(width, height) < LEAST_SIDE) refuse(`${size}; each side needs at least ${LEAST_SIDE}.`);
  if (Math.max(width, height) > MOST_RATIO * Math.min(width, height)) {
    refuse(`${size}; the ratio of its sides must lie between 1:${MOST_RATIO} and ${MOST_RATIO}:1.`);
  }
  return { file: { field, bytes, extension } };
}
