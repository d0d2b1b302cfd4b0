import { StillroarError } from '../errors.ts';

/** A part's headers may take so many bytes. */
const MOST_HEADERS = 8_192;

/** The boundary of a `multipart/form-data` content type (RFC 7578); undefined for every other type. */
export function readBoundary(contentType: string): string | undefined {
  const match = /^multipart\/form-data\s*;.*?\bboundary=(?:"([^"]{1,70})"|([^\s;"]{1,70}))/i.exec(
    contentType,
  );
  return match?.[1] ?? match?.[2];
}

/**
 * The bytes of the part named `name`, as they come; what stands before it is passed over and what follows is read to
 * its end, so that the client gets its answer.
 * @throws StillroarError `invalid-request` when there is no such part or the body ends too early
 */
export async function* readPart(
  body: AsyncIterable<Uint8Array>,
  boundary: string,
  name: string,
): AsyncGenerator<Uint8Array> {
  const delimiter = Buffer.from(`\r\n--${boundary}`, 'latin1');
  // The first delimiter need not follow a line.
  let buffer = Buffer.from('\r\n', 'latin1');
  let state: 'content' | 'headers' | 'end' = 'content';
  let isWanted = false;
  let isFound = false;

  for await (const chunk of body) {
    if (state === 'end') continue;
    buffer = Buffer.concat([buffer, chunk]);
    for (;;) {
      if (state === 'content') {
        const at = buffer.indexOf(delimiter);
        if (at < 0) {
          // The end may be the beginning of a delimiter.
          const sure = Math.max(0, buffer.length - delimiter.length + 1);
          if (isWanted && sure > 0) yield buffer.subarray(0, sure);
          buffer = buffer.subarray(sure);
          break;
        }
        if (isWanted && at > 0) yield buffer.subarray(0, at);
        if (buffer.length < at + delimiter.length + 2) {
          buffer = buffer.subarray(at);
          break;
        }
        isWanted = false;
        buffer = buffer.subarray(at + delimiter.length);
        state = buffer.toString('latin1', 0, 2) === '--' ? 'end' : 'headers';
      } else if (state === 'headers') {
        const at = buffer.indexOf('\r\n\r\n');
        if (at < 0) {
          if (buffer.length > MOST_HEADERS) throw malformed('The headers of a part are too long.');
          break;
        }
        const headers = buffer.toString('latin1', 0, at);
        isWanted = !isFound && nameOf(headers) === name;
        isFound ||= isWanted;
        buffer = buffer.subarray(at + 4);
        state = 'content';
      } else break;
    }
  }
  if (!isFound) throw malformed(`The form has no field "${name}" with a file.`);
  if (state !== 'end') throw malformed('The form ends too early.');
}

function nameOf(headers: string): string | undefined {
  const line = headers.split('\r\n').find((candidate) => /^content-disposition:/i.test(candidate));
  return /;\s*name="?([^";]*)"?/i.exec(line ?? '')?.[1];
}

function malformed(sentence: string): StillroarError {
  return new StillroarError('invalid-request', sentence, { field: 'file' });
}
