import { Readable } from 'node:stream';
import type { FastifyInstance, HTTPMethods } from 'fastify';

/**
 * `fetch` for requests of this server to itself: they take every route's own way, without a socket. Takes texts as bodies,
 * which is all that a client sends who brings no files.
 */
export function createInnerFetch(server: FastifyInstance): typeof globalThis.fetch {
  return async (input, init = {}) => {
    const { method = 'GET', headers, body, signal } = init;
    signal?.throwIfAborted();
    const answer = await server.inject({
      method: method as HTTPMethods,
      url: String(input),
      headers: Object.fromEntries(new Headers(headers)),
      ...(typeof body === 'string' && { payload: body }),
      payloadAsStream: true,
    });
    const stream = answer.stream();
    // As a broken connection would: whoever still writes is told that nobody reads.
    stream.once('close', () => answer.raw.res.destroy());
    signal?.addEventListener('abort', () => stream.destroy(signal.reason), { once: true });
    const isEmpty = answer.statusCode === 204;
    return new Response(isEmpty ? null : (Readable.toWeb(stream) as ReadableStream), {
      status: answer.statusCode,
      headers: Object.entries(answer.headers).flatMap(([name, value]) =>
        value === undefined ? [] : [[name, String(value)] as [string, string]],
      ),
    });
  };
}
