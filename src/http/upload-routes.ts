import type { FastifyInstance } from 'fastify';
import type { Dialect } from '../dialects/dialect.ts';
import { toUploadReply } from '../dialects/native/to-reply.ts';
import { createIdentify, type IdentifyParts } from './identify.ts';
import { readBoundary, readPart } from './multipart.ts';
import { createReplyError } from './reply-error.ts';

/**
 * `POST /api/v1/uploads`: a form with a field `file`, or the bytes themselves. They go to disk as they come; who they
 * are from is settled before the first is read.
 */
export function addUploadRoutes(server: FastifyInstance, dialect: Dialect, parts: IdentifyParts): void {
  const identify = createIdentify(dialect, parts);
  const replyError = createReplyError(dialect);

  server.register(async (scope) => {
    scope.setErrorHandler((error, _request, reply) => replyError(reply, error));
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', (_request, _body, done) => done(null));
    scope.post('/api/v1/uploads', async (request, reply) => {
      const account = await identify(request);
      const body: AsyncIterable<Uint8Array> = request.raw.iterator({ destroyOnReturn: false });
      const boundary = readBoundary(request.headers['content-type'] ?? '');
      const bytes = boundary === undefined ? body : readPart(body, boundary, 'file');
      try {
        const upload = await parts.services.uploads.receive(account, bytes);
        return reply.code(201).send(toUploadReply(upload));
      } finally {
        // A refusal must be read: the connection stays, and the rest of the body goes nowhere.
        request.raw.resume();
      }
    });
  });
}
