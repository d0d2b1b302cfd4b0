import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Account } from '../credits/accounts.ts';
import { type Call, type Dialect, type DialectServices, Redirect, type Route } from '../dialects/dialect.ts';
import { StillroarError } from '../errors.ts';
import type { Fault } from '../tasks/fault.ts';
import type { Idempotency } from '../tasks/idempotency.ts';
import { readFault } from './fault.ts';
import { addFormParser } from './form-body.ts';
import { createIdentify, type IdentifyParts } from './identify.ts';
import { createReplyError } from './reply-error.ts';

/** What routes need besides their services. */
export interface DialectRoutesParts extends IdentifyParts {
  services: DialectServices;
  idempotency: Idempotency;
  /** Whether callers may make things go wrong on purpose. */
  testMode: boolean;
}

const MOST_KEY = 255;

/** Puts a dialect's routes on the server; every answer below its prefix is in its own words. */
export function addDialectRoutes(server: FastifyInstance, dialect: Dialect, parts: DialectRoutesParts): void {
  const { services, idempotency } = parts;
  const identify = createIdentify(dialect, parts);
  const send = createReplyError(dialect);
  const callers = new WeakMap<FastifyRequest, Account>();

  async function answer(route: Route, request: FastifyRequest, reply: FastifyReply): Promise<unknown> {
    const { headers, body } = request;
    const fault = parts.testMode ? readFault(headers) : undefined;
    if (fault === 'maintenance') throw maintenance();
    const call: Call = {
      body,
      query: request.query as Record<string, unknown>,
      params: request.params as Record<string, string>,
      requestId: request.id,
      origin: { at: new Date(), ...faultOf(fault) },
      services,
    };
    if (route.access === 'public') return route.handle(call);
    const account = callers.get(request)!;
    const mayRepeat = route.method === 'POST' && !route.isSecret;
    const key = mayRepeat ? readKey(headers['idempotency-key']) : undefined;
    if (route.status) reply.code(route.status);
    if (key === undefined) return route.handle({ ...call, account });
    const repeatable = { uid: account.uid, key, route: request.url, body };
    const text = await idempotency.once(repeatable, (origin) =>
      route.handle({ ...call, account, origin: { ...origin, ...faultOf(fault) } }),
    );
    reply.type('application/json; charset=utf-8');
    return text;
  }

  for (const prefix of dialect.prefixes) {
    const routes = dialect.routes.filter(({ path }) => path.startsWith(`${prefix}/`));
    server.register(
      async (scope) => {
        scope.setErrorHandler((error, _request, reply) => send(reply, error));
        if (dialect.takesForms) addFormParser(scope);
        if (!dialect.sharesPrefixes) {
          scope.setNotFoundHandler((request, reply) => send(reply, noSuchRoute(routes, request)));
        }
        for (const route of routes) {
          scope.route({
            method: route.method,
            url: route.path.slice(prefix.length),
            ...(route.bodyLimit !== undefined && { bodyLimit: route.bodyLimit }),
            // Who it is from is settled before the first byte of its body is read.
            async preParsing(request) {
              if (route.access !== 'public') callers.set(request, await identify(request));
            },
            handler: async (request, reply) => {
              const answered = await answer(route, request, reply);
              return answered instanceof Redirect ? reply.redirect(answered.url, 302) : answered;
            },
          });
        }
      },
      { prefix },
    );
  }
}

/** Why a request meets no route: its path does not exist, or not for its method. */
function noSuchRoute(routes: readonly Route[], { method, url }: FastifyRequest): StillroarError {
  const path = url.split('?')[0]!;
  const places = path.split('/');
  const exists = routes.some((route) => {
    const expected = route.path.split('/');
    return (
      expected.length === places.length &&
      expected.every((place, index) => place.startsWith(':') || place === places[index])
    );
  });
  return new StillroarError(exists ? 'invalid-method' : 'not-found', `There is no ${method} ${path}.`);
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
