import { StillroarError } from '../errors.ts';

/** A part's headers may take so many bytes. */
const MOST_HEADERS = 8_192;
/** No form that is read here has more parts, by far. */
const MOST_PARTS = 100;

/** What the headers of a part say. */
export interface PartHead {
  name: string | undefined;
  isFile: boolean;
  /** Empty when they do not say. */
  contentType: string;
}

/** The boundary of a `multipart/form-data` content type (RFC 7578); undefined for every other type. */
export function readBoundary(contentType: string): string | undefined {
  const match = /^multipart\/form-data\s*;.*?\bboundary=(?:"([^"]{1,70})"|([^\s;"]{1,70}))/i.exec(
    contentType,
  );
  return match?.[1] ?? match?.[2];
}

/**
 * The parts of a form as they come: the head of each, then its bytes.
 * @throws StillroarError `invalid-request` when the body ends too early, or its parts are too many
 */
export async function* readParts(
  body: AsyncIterable<Uint8Array>,
  boundary: string,
): AsyncGenerator<PartHead | Uint8Array> {
  const delimiter = Buffer.from(`\r\n--${boundary}`, 'latin1');
  // The first delimiter need not follow a line.
  let buffer = Buffer.from('\r\n', 'latin1');
  let state: 'before' | 'content' | 'headers' | 'end' = 'before';
  let parts = 0;

  for await (const chunk of body) {
    if (state === 'end') continue;
    buffer = Buffer.concat([buffer, chunk]);
    for (;;) {
      if (state === 'headers') {
        const at = buffer.indexOf('\r\n\r\n');
        if (at > MOST_HEADERS || (at < 0 && buffer.length > MOST_HEADERS)) {
          throw malformed('The headers of a part are too long.');
        }
        if (at < 0) break;
        if (++parts > MOST_PARTS) throw malformed(`The form has more than ${MOST_PARTS} parts.`);
        yield readHead(buffer.toString('latin1', 0, at));
        buffer = buffer.subarray(at + 4);
        state = 'content';
      } else if (state === 'end') break;
      else {
        const at = buffer.indexOf(delimiter);
        // The end may be the beginning of a delimiter.
        const sure = at < 0 ? Math.max(0, buffer.length - delimiter.length + 1) : at;
        if (state === 'content' && sure > 0) yield buffer.subarray(0, sure);
        buffer = buffer.subarray(sure);
        if (at < 0 || buffer.length < delimiter.length + 2) break;
        buffer = buffer.subarray(delimiter.length);
        state = buffer.toString('latin1', 0, 2) === '--' ? 'end' : 'headers';
      }
    }
  }
  if (state !== 'end') throw malformed('The form ends too early.');
}

/**
 * The bytes of the first part named `name`; what stands before it is passed over and what follows is read to its end, so
 * that the client gets its answer.
 * @throws StillroarError `invalid-request` when there is no such part, and as {@link readParts}
 */
export async function* readPart(
  body: AsyncIterable<Uint8Array>,
  boundary: string,
  name: string,
): AsyncGenerator<Uint8Array> {
  let isWanted = false;
  let isFound = false;
  for await (const piece of readParts(body, boundary)) {
    if (piece instanceof Uint8Array) {
      if (isWanted) yield piece;
      continue;
    }
    isWanted = !isFound && piece.name === name;
    isFound ||= isWanted;
  }
  if (!isFound) throw malformed(`The form has no field "${name}" with a file.`);
}

function readHead(headers: string): PartHead {
  const lines = headers.split('\r\n');
  const find = (name: RegExp) => lines.find((line) => name.test(line)) ?? '';
  const disposition = find(/^content-disposition:/i);
  return {
    name: /;\s*name="?([^";]*)"?/i.exec(disposition)?.[1],
    isFile: /;\s*filename\*?=/i.test(disposition),
    contentType: /^content-type:\s*([\w.+-]{1,60}\/[\w.+-]{1,60})/i.exec(find(/^content-type:/i))?.[1] ?? '',
  };
}

function malformed(sentence: string): StillroarError {
  return new StillroarError('invalid-request', sentence, { field: 'file' });
}
