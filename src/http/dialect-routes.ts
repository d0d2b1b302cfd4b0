import type { FastifyInstance, FastifyReply } from 'fastify';
import type { Dialect, DialectServices } from '../dialects/dialect.ts';
import { StillroarError } from '../errors.ts';
import { toRequestError } from './errors.ts';

/** Puts a dialect's routes on the server; every answer below its prefix is in its own words. */
export function addDialectRoutes(server: FastifyInstance, dialect: Dialect, services: DialectServices): void {
  function send(reply: FastifyReply, thrown: unknown): FastifyReply {
    const error = toRequestError(thrown);
    if (error.code === 'internal') reply.log.error({ err: error.cause }, error.message);
    if (error.retryAfterSeconds !== undefined) reply.header('retry-after', error.retryAfterSeconds);
    const { status, body } = dialect.errorReply(error);
    return reply.code(status).send(body);
  }

  server.register(
    async (scope) => {
      scope.setErrorHandler((error, _request, reply) => send(reply, error));
      scope.setNotFoundHandler((request, reply) =>
        send(
          reply,
          new StillroarError('not-found', `There is no ${request.method} ${request.url.split('?')[0]}.`),
        ),
      );
      for (const route of dialect.routes) {
        scope.route({
          method: route.method,
          url: route.path.slice(dialect.prefix.length),
          async handler({ headers, body }) {
            if (route.access === 'public') return route.handle({ body, services });
            const account = await dialect.authenticate(headers, services.accounts);
            return route.handle({ account, body, services });
          },
        });
      }
    },
    { prefix: dialect.prefix },
  );
}
