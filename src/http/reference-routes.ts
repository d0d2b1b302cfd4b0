import type { FastifyInstance } from 'fastify';
import type { Dialect } from '../dialects/dialect.ts';
import { docsPage, docsPolicy } from './docs.ts';
import { describeApi, type OpenApi } from './openapi.ts';

/** `GET /openapi.json` for programs and `GET /docs` for people: the same document. */
export function addReferenceRoutes(
  server: FastifyInstance,
  dialects: readonly Dialect[],
  version: string,
  baseUrl: () => string,
): void {
  let made: { base: string; api: OpenApi; page: string } | undefined;
  /** Made when it is first asked for: the address is known only then. */
  function reference(): NonNullable<typeof made> {
    const base = baseUrl();
    if (made?.base !== base) {
      const api = describeApi(dialects, version, base);
      made = { base, api, page: docsPage(api) };
    }
    return made;
  }

  server.get('/openapi.json', async () => reference().api);
  server.get('/docs', async (_request, reply) => {
    reply.header('content-security-policy', docsPolicy).type('text/html; charset=utf-8');
    return reference().page;
  });
}
