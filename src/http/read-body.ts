import type { IncomingMessage } from 'node:http';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { StillroarError } from '../errors.ts';

/** However small the pieces are in which a body comes, it is gathered in pieces of so many bytes. */
const PIECE = 65_536;

/**
 * Lets a scope's routes take bodies of a type, up to each route's limit. They are looked at as they come, so that none
 * holds up others. A body that comes to nothing is refused with its connection kept: a refusal must be read.
 * @param read reads the pieces of a body to its value; what it throws is the refusal
 */
export function addBodyReader(
  scope: FastifyInstance,
  type: string,
  read: (pieces: AsyncIterable<Buffer>, request: FastifyRequest) => Promise<unknown>,
): void {
  scope.addContentTypeParser(type, async (request: FastifyRequest, payload: IncomingMessage) => {
    try {
      return await read(gather(payload.iterator({ destroyOnReturn: false }), request), request);
    } catch (error) {
      // The rest goes nowhere.
      payload.resume();
      return new Refusal(error);
    }
  });
  // What a parser throws closes the connection, with the answer on its way.
  scope.addHook('preValidation', async ({ body }) => {
    if (body instanceof Refusal) throw body.reason;
  });
}

/** Stands for a body that was refused. */
class Refusal {
  readonly reason: unknown;

  constructor(reason: unknown) {
    this.reason = reason;
  }
}

/** @throws StillroarError `too-large` where the body is, `invalid-request` where it breaks off */
async function* gather(
  payload: AsyncIterable<Buffer>,
  { headers, routeOptions: { bodyLimit } }: FastifyRequest,
): AsyncGenerator<Buffer> {
  if (Number(headers['content-length'] ?? 0) > bodyLimit) throw tooLarge(bodyLimit);
  let piece = Buffer.allocUnsafeSlow(PIECE);
  let length = 0;
  let bytes = 0;
  try {
    for await (const chunk of payload) {
      bytes += chunk.length;
      if (bytes > bodyLimit) throw tooLarge(bodyLimit);
      for (let at = 0; at < chunk.length; ) {
        const copied = chunk.copy(piece, length, at);
        at += copied;
        length += copied;
        if (length < PIECE) continue;
        yield piece;
        piece = Buffer.allocUnsafeSlow(PIECE);
        length = 0;
      }
    }
  } catch (error) {
    if (error instanceof StillroarError) throw error;
    throw new StillroarError('invalid-request', 'The body broke off before its end.', { cause: error });
  }
  yield piece.subarray(0, length);
}

function tooLarge(most: number): StillroarError {
  return new StillroarError(
    'too-large',
    `The body is larger than ${Math.round(most / 1_000_000)} MB, which is the most that is accepted here.`,
  );
}
