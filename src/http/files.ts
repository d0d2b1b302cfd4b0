import type { FastifyInstance } from 'fastify';
import { StillroarError } from '../errors.ts';
import type { Storage } from '../storage/storage.ts';
import { isStorageKey } from '../storage/storage-key.ts';
import { readByteRange } from './byte-range.ts';
import { readSessionCookie } from './session-cookie.ts';

/** What a stored file is served as. */
export interface StoredFile {
  contentType: string;
  fileName: string;
}

/**
 * `GET` and `HEAD /files/<key>`: results, by keys that cannot be guessed, until they expire. A key's bytes never
 * change, so it is its own entity tag.
 */
export function addFileRoutes(
  server: FastifyInstance,
  storage: Storage,
  find: (key: string) => Promise<StoredFile | undefined>,
): void {
  server.route<{ Params: { key: string } }>({
    method: ['GET', 'HEAD'],
    url: '/files/:key',
    async handler(request, reply) {
      const { key } = request.params;
      const file = isStorageKey(key) ? await find(key) : undefined;
      const size = file && (await storage.size(key));
      if (!file || size === undefined) {
        throw new StillroarError('not-found', 'There is no such file, or it has expired.');
      }
      reply
        .header('accept-ranges', 'bytes')
        .header('etag', `"${key}"`)
        .header('cache-control', 'private, max-age=3600')
        .header('content-disposition', `inline; filename="${file.fileName}"`)
        .header('cross-origin-resource-policy', 'cross-origin')
        .type(file.contentType);
      // The studio reads sound and single frames out of its videos, which a browser allows for files of its own origin.
      const isStudio = readSessionCookie(request.headers.cookie) !== undefined;
      const signed = isStudio ? undefined : await storage.signedUrl?.(key, file);
      if (signed) return reply.header('cache-control', 'private, no-store').redirect(signed, 302);
      if (request.headers['if-none-match']?.includes(`"${key}"`)) return reply.code(304).send();

      const isWhole = request.headers['if-range'] && request.headers['if-range'] !== `"${key}"`;
      const range = isWhole ? undefined : readByteRange(request.headers.range, size);
      if (range === 'unsatisfiable') {
        return reply.code(416).header('content-range', `bytes */${size}`).type('text/plain').send('');
      }
      if (range) reply.code(206).header('content-range', `bytes ${range.start}-${range.end}/${size}`);
      reply.header('content-length', range ? range.end - range.start + 1 : size);
      return request.method === 'HEAD' ? reply.send() : reply.send(storage.open(key, range));
    },
  });
}
