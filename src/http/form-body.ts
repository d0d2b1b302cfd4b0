import type { FastifyInstance } from 'fastify';
import { StillroarError } from '../errors.ts';
import { type PartHead, readBoundary, readParts } from './multipart.ts';
import { addBodyReader } from './read-body.ts';

/** All texts of a form together may take so many bytes. */
const MOST_TEXT = 1_000_000;

/**
 * Lets a scope's routes take forms (`multipart/form-data`, RFC 7578) as they take JSON: an object with a text for each
 * field; a file is a `data:` URL in base64. The whole form lies in memory, so a route's body limit bounds it.
 */
export function addFormParser(scope: FastifyInstance): void {
  addBodyReader(scope, 'multipart/form-data', async (pieces, { headers }) => {
    const boundary = readBoundary(headers['content-type'] ?? '');
    if (boundary === undefined) throw refusal('The form names no boundary between its parts.');
    const fields = new Map<string, string>();
    let field: Field | undefined;
    let textBytes = 0;
    const end = () => {
      if (field) fields.set(field.head.name ?? '', field.end());
    };
    for await (const piece of readParts(pieces, boundary)) {
      if (!(piece instanceof Uint8Array)) {
        end();
        field = collect(piece);
        continue;
      }
      if (!field?.head.isFile) textBytes += piece.length;
      if (textBytes > MOST_TEXT)
        throw refusal('The texts of the form are longer than anything that is read here.');
      field?.take(Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength));
    }
    end();
    return Object.fromEntries(fields);
  });
}

/** A field that is being read. */
interface Field {
  head: PartHead;
  take(bytes: Buffer): void;
  end(): string;
}

/** A file is written as base64 while it comes: all at once would take long. */
function collect(head: PartHead): Field {
  if (!head.isFile) {
    const pieces: Buffer[] = [];
    return { head, take: (bytes) => void pieces.push(bytes), end: () => Buffer.concat(pieces).toString() };
  }
  const texts = [`data:${head.contentType || 'application/octet-stream'};base64,`];
  // Three bytes make four signs: what is left over waits for the next.
  let rest = Buffer.alloc(0);
  return {
    head,
    take(bytes) {
      const all = Buffer.concat([rest, bytes]);
      const whole = all.length - (all.length % 3);
      texts.push(all.toString('base64', 0, whole));
      rest = all.subarray(whole);
    },
    end: () => texts.join('') + rest.toString('base64'),
  };
}

const refusal = (sentence: string) => new StillroarError('invalid-request', sentence);
