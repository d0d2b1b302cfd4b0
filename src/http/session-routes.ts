import type { FastifyInstance, FastifyReply } from 'fastify';
import type { Sessions } from '../credits/sessions.ts';
import type { Dialect } from '../dialects/dialect.ts';
import { StillroarError } from '../errors.ts';
import { checkOrigin, createIdentify, type IdentifyParts } from './identify.ts';
import { createReplyError } from './reply-error.ts';
import { readSessionCookie, sessionCookie } from './session-cookie.ts';

/** What signing in needs. */
export interface SessionRoutesParts extends IdentifyParts {
  sessions: Sessions;
  /** What the URLs of this server begin with. */
  baseUrl(): string;
}

/**
 * Signing a browser in and out: `GET /sign-in?ticket=…` by a link that works once, `POST /api/v1/session` with an API
 * key in the header, `DELETE /api/v1/session`.
 */
export function addSessionRoutes(server: FastifyInstance, dialect: Dialect, parts: SessionRoutesParts): void {
  const { sessions } = parts;
  const identify = createIdentify(dialect, parts);
  const replyError = createReplyError(dialect);

  function setCookie(reply: FastifyReply, token: string, expiresAt: Date): void {
    reply.header('set-cookie', sessionCookie(token, expiresAt, parts.baseUrl().startsWith('https:')));
  }

  server.get<{ Querystring: { ticket?: string } }>('/sign-in', async (request, reply) => {
    const { ticket } = request.query;
    reply.header('cache-control', 'no-store');
    try {
      const { token, expiresAt } = await sessions.openByTicket(String(ticket ?? ''), new Date());
      setCookie(reply, token, expiresAt);
      return reply.redirect('/', 303);
    } catch (error) {
      // Whoever opens the link again in a browser that it has signed in already just goes on.
      const token = readSessionCookie(request.headers.cookie);
      const isIn = token !== undefined && (await sessions.find(token, new Date())) !== undefined;
      if (isIn && error instanceof StillroarError) return reply.redirect('/', 303);
      throw error;
    }
  });

  server.register(async (scope) => {
    scope.setErrorHandler((error, _request, reply) => replyError(reply, error));
    scope.post('/api/v1/session', async (request, reply) => {
      checkOrigin(request);
      const { uid } = await identify(request);
      const { token, expiresAt } = await sessions.open(uid, new Date());
      setCookie(reply, token, expiresAt);
      return reply.code(201).send({ expiresAt: expiresAt.toISOString() });
    });
    scope.delete('/api/v1/session', async (request, reply) => {
      checkOrigin(request);
      const token = readSessionCookie(request.headers.cookie);
      if (token !== undefined) await sessions.close(token, new Date());
      setCookie(reply, '', new Date(0));
      return reply.code(204).send();
    });
  });
}
