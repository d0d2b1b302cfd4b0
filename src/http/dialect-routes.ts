import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Call, Dialect, DialectServices, Route } from '../dialects/dialect.ts';
import { StillroarError } from '../errors.ts';
import type { Fault } from '../tasks/fault.ts';
import type { Idempotency } from '../tasks/idempotency.ts';
import { toRequestError } from './errors.ts';
import { readFault } from './fault.ts';

/** What routes need besides their services. */
export interface DialectRoutesParts {
  services: DialectServices;
  idempotency: Idempotency;
  /** Whether callers may make things go wrong on purpose. */
  testMode: boolean;
}

const MOST_KEY = 255;

/** Puts a dialect's routes on the server; every answer below its prefix is in its own words. */
export function addDialectRoutes(server: FastifyInstance, dialect: Dialect, parts: DialectRoutesParts): void {
  const { services, idempotency } = parts;

  function send(reply: FastifyReply, thrown: unknown): FastifyReply {
    const error = toRequestError(thrown);
    if (error.code === 'internal') reply.log.error({ err: error.cause }, error.message);
    if (error.retryAfterSeconds !== undefined) reply.header('retry-after', error.retryAfterSeconds);
    const { status, body } = dialect.errorReply(error);
    return reply.code(status).send(body);
  }

  async function answer(route: Route, request: FastifyRequest, reply: FastifyReply): Promise<unknown> {
    const { headers, body } = request;
    const fault = parts.testMode ? readFault(headers) : undefined;
    if (fault === 'maintenance') throw maintenance();
    const call: Call = {
      body,
      query: request.query as Record<string, unknown>,
      origin: { at: new Date(), ...faultOf(fault) },
      services,
    };
    if (route.access === 'public') return route.handle(call);
    const account = await dialect.authenticate(headers, services.accounts);
    if (account.isSuspended) {
      throw new StillroarError('account-suspended', 'This account is suspended. Ask the operator.');
    }
    const key = route.method === 'POST' ? readKey(headers['idempotency-key']) : undefined;
    if (key === undefined) return route.handle({ ...call, account });
    const repeatable = { uid: account.uid, key, route: route.path, body };
    const text = await idempotency.once(repeatable, (origin) =>
      route.handle({ ...call, account, origin: { ...origin, ...faultOf(fault) } }),
    );
    reply.type('application/json; charset=utf-8');
    return text;
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
          handler: (request, reply) => answer(route, request, reply),
        });
      }
    },
    { prefix: dialect.prefix },
  );
}

function faultOf(fault: Fault | undefined): { fault?: Fault } {
  return fault ? { fault } : {};
}

function readKey(header: string | string[] | undefined): string | undefined {
  if (header === undefined || header === '') return undefined;
  if (typeof header === 'string' && header.length <= MOST_KEY) return header;
  throw new StillroarError(
    'invalid-field',
    `The header Idempotency-Key must be one text of at most ${MOST_KEY} characters.`,
  );
}

function maintenance(): StillroarError {
  return new StillroarError('maintenance', 'Test mode: the server acts as if it were being maintained.', {
    retryAfterSeconds: 60,
  });
}
