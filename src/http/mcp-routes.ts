import { randomBytes } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { createClient } from '../client/index.ts';
import type { Account } from '../credits/accounts.ts';
import type { Dialect } from '../dialects/dialect.ts';
import { TASK_BODY_LIMIT } from '../dialects/native/fields.ts';
import { StillroarError } from '../errors.ts';
import { type Answerer, createAnswerer } from '../mcp/answer.ts';
import { checkHeaders } from '../mcp/check-headers.ts';
import { remoteFiles } from '../mcp/files.ts';
import {
  type Answer,
  errorCodes,
  type Message,
  metaKeys,
  metaOf,
  ProtocolError,
  type Request,
  readRequest,
  STATELESS,
} from '../mcp/protocol.ts';
import { createTools } from '../mcp/tools.ts';
import { openEventStream } from './event-stream.ts';
import type { IdentifyParts } from './identify.ts';
import { createInnerFetch } from './inner-fetch.ts';
import { createReplyError } from './reply-error.ts';

/**
 * `POST /mcp`: the tools of `stillroar mcp` over the Model Context Protocol's Streamable HTTP, in the versions from
 * 2025-03-26 to 2026-07-28. Nothing is remembered between two messages, so any process may answer any of them; only the
 * cancelling of the older versions, a message of its own, must reach the process that works.
 */
export function addMcpRoutes(server: FastifyInstance, dialect: Dialect, { services }: IdentifyParts): void {
  const replyError = createReplyError(dialect);
  const innerFetch = createInnerFetch(server);
  const running = new Map<string, AbortController>();
  const callers = new WeakMap<FastifyRequest, Account>();

  /** The tools, in the hands of whoever the request's key belongs to. */
  function answererFor({ headers }: FastifyRequest): Answerer {
    const key = headers.authorization ? { authorization: headers.authorization } : {};
    const other = headers['x-api-key'] ? { 'x-api-key': String(headers['x-api-key']) } : {};
    const fetch: typeof globalThis.fetch = (input, init) => {
      const own = Object.fromEntries(new Headers(init?.headers));
      return innerFetch(input, { ...init, headers: { ...own, ...key, ...other } });
    };
    // Nothing comes between: what fails once fails again.
    return createAnswerer(createTools(createClient({ fetch, maxRetries: 0 }), remoteFiles));
  }

  async function identify(request: FastifyRequest, reply: FastifyReply): Promise<Account> {
    try {
      const account = await dialect.authenticate(request.headers, services.accounts);
      if (!account.isSuspended) return account;
    } catch (error) {
      reply.header('www-authenticate', 'Bearer');
      throw error;
    }
    throw new StillroarError('account-suspended', 'This account is suspended. Ask the operator.');
  }

  async function preParsing(request: FastifyRequest, reply: FastifyReply): Promise<void> {
    callers.set(request, await identify(request, reply));
  }

  async function take(request: FastifyRequest, reply: FastifyReply): Promise<unknown> {
    const { uid } = callers.get(request)!;
    if (isForeign(request)) {
      const refusal = new ProtocolError(
        errorCodes.invalidRequest,
        'Pages of other origins may not call this.',
      );
      return reply.code(403).send(refusal.toAnswer(null));
    }
    const nameOf = (id: unknown) => JSON.stringify([uid, request.headers['mcp-session-id'] ?? '', id]);
    const message = request.body as Message;
    let asked: Request | undefined;
    try {
      asked = readRequest(message);
      if (asked) checkHeaders(request.headers, asked);
    } catch (error) {
      if (!(error instanceof ProtocolError)) throw error;
      return reply.code(400).send(error.toAnswer(message?.id ?? null));
    }
    if (!asked) {
      const { method, params } = message;
      if (method === 'notifications/cancelled') running.get(nameOf(params?.requestId))?.abort();
      return reply.code(202).send();
    }

    const answer = answererFor(request);
    const controller = new AbortController();
    const { signal } = controller;
    const isStreamed = asked.method === 'tools/call' && accepts(request, 'text/event-stream');
    if (!isStreamed) {
      const given = await answer(asked, { signal, notify: () => {} });
      // Names the sender in what it sends later, so that two may number their requests alike.
      if (asked.method === 'initialize') reply.header('mcp-session-id', randomBytes(16).toString('hex'));
      return reply.code(statusOf(asked, given)).send(given);
    }
    const stream = openEventStream(reply);
    const name = nameOf(asked.id);
    running.set(name, controller);
    const tell = (sent: object) => tellOf(stream, sent);
    // In the stateless version to close the stream is to cancel; before, a lost connection says nothing.
    if (isStateless(asked)) stream.on('close', () => controller.abort());
    tell(await answer(asked, { signal, notify: tell }));
    running.delete(name);
    stream.end();
    return reply;
  }

  server.register(async (scope) => {
    scope.setErrorHandler((error, _request, reply) => replyError(reply, error));
    scope.post('/mcp', { bodyLimit: TASK_BODY_LIMIT, preParsing }, take);
    scope.route({
      method: ['GET', 'DELETE'],
      url: '/mcp',
      handler(_request, reply) {
        reply.header('allow', 'POST');
        throw new StillroarError('invalid-method', 'Messages are sent here by POST; there is nothing else.');
      },
    });
  });
}

const isStateless = (asked: Request) => metaOf(asked)[metaKeys.version] === STATELESS;

function tellOf(stream: ServerResponse, sent: object): void {
  if (!stream.destroyed) stream.write(`event: message\ndata: ${JSON.stringify(sent)}\n\n`);
}

/** What answers in the stateless version are sent with; before it, everything that was understood is 200. */
function statusOf(asked: Request, answer: Answer): number {
  if (!('error' in answer)) return 200;
  const { code } = answer.error;
  if (code === errorCodes.unsupportedVersion) return 400;
  if (!isStateless(asked)) return 200;
  return code === errorCodes.unknownMethod ? 404 : 400;
}

function accepts({ headers }: FastifyRequest, type: string): boolean {
  return headers.accept?.includes(type) ?? false;
}

/** Whether it comes from a page in a browser that is not ours: those say where they are from, programs do not. */
function isForeign({ headers: { origin, host } }: FastifyRequest): boolean {
  return origin !== undefined && !(URL.canParse(origin) && new URL(origin).host === host);
}
