import type { FastifyInstance, FastifyRequest } from 'fastify';
import { StillroarError } from '../errors.ts';

/**
 * Lets a scope's routes take forms (`multipart/form-data`, RFC 7578) as they take JSON: an object with a text for each
 * field; a file is a `data:` URL in base64. The whole form lies in memory, so a route's body limit bounds it.
 */
export function addFormParser(scope: FastifyInstance): void {
  scope.addContentTypeParser(
    'multipart/form-data',
    { parseAs: 'buffer' },
    async (request: FastifyRequest, body: Buffer) => {
      const headers = { 'content-type': request.headers['content-type'] ?? '' };
      const form = await new Response(new Uint8Array(body), { headers }).formData().catch((cause) => {
        throw new StillroarError('invalid-request', 'The form cannot be read.', { cause });
      });
      const fields: Record<string, string> = {};
      for (const [name, value] of form) {
        if (typeof value === 'string') fields[name] = value;
        else {
          const bytes = Buffer.from(await value.arrayBuffer());
          fields[name] =
            `data:${value.type || 'application/octet-stream'};base64,${bytes.toString('base64')}`;
        }
      }
      return fields;
    },
  );
}
