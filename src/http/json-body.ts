import type { FastifyInstance } from 'fastify';
import { StillroarError } from '../errors.ts';
import { createJsonSplitter } from './json-parts.ts';
import { addBodyReader } from './read-body.ts';

/**
 * Reads bodies of JSON: files in base64 up to the route's own limit, and so much besides.
 * @param mostBytes of everything that is no file
 */
export function addJsonParser(server: FastifyInstance, mostBytes: number): void {
  const parse = server.getDefaultJsonParser('error', 'error');
  // Nothing here takes plain text.
  server.removeContentTypeParser(['application/json', 'text/plain']);
  addBodyReader(server, 'application/json', async (pieces, request) => {
    const splitter = createJsonSplitter(mostBytes);
    for await (const piece of pieces) {
      const problem = splitter.take(piece);
      if (problem) throw refusals[problem](mostBytes);
    }
    const { json, restore } = await splitter.finish();
    return new Promise((resolve, reject) => {
      parse(request, json, (error, value) => (error ? reject(error) : resolve(restore(value))));
    });
  });
}

const refusals = {
  'too large': (most: number) =>
    new StillroarError(
      'too-large',
      `The body has more than ${Math.round(most / 1_000_000)} MB besides files in base64. Nothing that is read here is that long.`,
    ),
  'too deep': () =>
    new StillroarError(
      'invalid-request',
      'The body nests lists and objects deeper than anything that is read here.',
    ),
};
