import { randomUUID } from 'node:crypto';
import cors from '@fastify/cors';
import files from '@fastify/static';
import fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from 'fastify';
import type { Logger } from 'pino';
import type { Sessions } from '../credits/sessions.ts';
import type { Dialect, DialectServices } from '../dialects/dialect.ts';
import { native } from '../dialects/native/index.ts';
import { StillroarError } from '../errors.ts';
import type { Metrics } from '../metrics/metrics.ts';
import type { Storage } from '../storage/storage.ts';
import type { Idempotency } from '../tasks/idempotency.ts';
import type { TaskFeed } from '../tasks/task-feed.ts';
import type { Certificate } from './certificate.ts';
import { checkTexts } from './check-texts.ts';
import { addDialectRoutes } from './dialect-routes.ts';
import { createDrain } from './drain.ts';
import { toRequestError } from './errors.ts';
import { addEventRoutes } from './event-routes.ts';
import { addFileRoutes, type StoredFile } from './files.ts';
import { addHealthRoutes } from './health-routes.ts';
import { addJsonParser } from './json-body.ts';
import { createRequestLimit, type RequestLimit } from './limit-requests.ts';
import { addMcpRoutes } from './mcp-routes.ts';
import { addMetricsRoutes, type MetricsAccess } from './metrics-routes.ts';
import { addReferenceRoutes } from './reference-routes.ts';
import { addSessionRoutes } from './session-routes.ts';
import { addStudioRoutes } from './studio-routes.ts';
import { addRequestSpans } from './trace-requests.ts';
import { addUploadRoutes } from './upload-routes.ts';

/** What the server is made of. */
export interface ServerParts {
  dialects: readonly Dialect[];
  services: DialectServices;
  sessions: Sessions;
  feed: TaskFeed;
  idempotency: Idempotency;
  /** Serves HTTPS with it; plain HTTP without. */
  certificate: Certificate | undefined;
  /** Whether the header x-stillroar-fault is heard. */
  testMode: boolean;
  storage: Storage;
  findFile(key: string): Promise<StoredFile | undefined>;
  samplesDirectory: string;
  /** Where the studio is built. */
  studioDirectory: string;
  /** This package's. */
  version: string;
  /** What the URLs of this server begin with. */
  baseUrl(): string;
  requestLimit: RequestLimit;
  /** Whether a request's `Host` is one that this server is called by. */
  isOwnHost(authority: string): boolean;
  /** Resolves to why the server cannot take work now, or undefined when it can. */
  whyNotReady(): Promise<string | undefined>;
  metrics: Metrics;
  metricsAccess: MetricsAccess;
  log: Logger;
}

const BODY_LIMIT = 1_000_000;
const DAY = 86_400;

/** The HTTP server, not listening yet. */
export async function createServer(parts: ServerParts): Promise<FastifyInstance> {
  const loggerInstance: FastifyBaseLogger = parts.log;
  const options = {
    loggerInstance,
    // Request lines would show keys of files; the hook below logs routes instead.
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: BODY_LIMIT,
    // A video of the largest size over a slow line; headers have Node's own limit of one minute.
    requestTimeout: 300_000,
    forceCloseConnections: 'idle' as const,
    // Bounds the closing too, which app.ts brings to an end earlier.
    pluginTimeout: 60_000,
    // Refused by drain.ts, in the dialect's words.
    return503OnClosing: false,
    // Node keeps random numbers for these: bytes of each request's own would be a call of the system's.
    genReqId: () => randomUUID().replaceAll('-', '').slice(-16),
  };
  // Both kinds of server have the same routes; only their sockets differ.
  const server: FastifyInstance = parts.certificate
    ? (fastify({ ...options, https: parts.certificate }) as unknown as FastifyInstance)
    : fastify(options);

  addJsonParser(server, BODY_LIMIT);
  addRequestSpans(server);
  const drain = createDrain();
  server.addHook('onRequest', async (request, reply) => {
    reply.headers({
      'x-request-id': request.id,
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'x-frame-options': 'DENY',
    });
    const { host } = request.headers;
    if (host === undefined || parts.isOwnHost(host)) return;
    throw new StillroarError(
      'invalid-request',
      `This server is not called ${host.slice(0, 80)}. Let its operator set STILLROAR_PUBLIC_URL to the address that it is called by.`,
    );
  });
  server.addHook('onRequest', drain.enter);
  server.addHook('onRequest', createRequestLimit(parts.requestLimit));
  server.addHook('preHandler', checkTexts);
  server.addHook('onResponse', async (request, reply) => {
    const { method, routeOptions, id } = request;
    const route = routeOptions.url ?? 'none';
    request.log.debug({ id, method, route, status: reply.statusCode, ms: Math.round(reply.elapsedTime) });
  });
  // Pages of any origin may call every route with credentials in headers. A session's cookie does not go along: it is
  // SameSite, and no answer here allows credentials.
  await server.register(cors, {
    origin: '*',
    methods: ['GET', 'HEAD', 'POST', 'DELETE'],
    exposedHeaders: [
      'Accept-Ranges',
      'Content-Length',
      'Content-Range',
      'ETag',
      'Mcp-Session-Id',
      'RateLimit',
      'RateLimit-Policy',
      'Retry-After',
      'X-Request-Id',
    ],
    maxAge: DAY,
  });

  server.setErrorHandler((thrown, request, reply) => {
    const error = toRequestError(thrown);
    if (error.code === 'internal') request.log.error({ err: error.cause }, error.message);
    if (error.retryAfterSeconds !== undefined) reply.header('retry-after', error.retryAfterSeconds);
    return reply.code(error.status).send({ code: error.code, message: error.message });
  });

  // Before the routes: a hook is heard by those that are added later.
  addMetricsRoutes(server, parts.metrics, parts.metricsAccess);
  for (const dialect of parts.dialects) addDialectRoutes(server, dialect, parts);
  addUploadRoutes(server, native, parts);
  addEventRoutes(server, native, parts);
  addSessionRoutes(server, native, parts);
  addMcpRoutes(server, native, parts);
  addReferenceRoutes(server, parts.dialects, parts.version, parts.baseUrl);
  addFileRoutes(server, parts.storage, parts.findFile);
  await server.register(files, {
    root: parts.samplesDirectory,
    prefix: '/samples/',
    index: false,
    maxAge: DAY * 1000,
    setHeaders: (reply) => void reply.header('cross-origin-resource-policy', 'cross-origin'),
  });
  await addStudioRoutes(server, parts.studioDirectory);
  addHealthRoutes(server, parts.whyNotReady);
  server.addHook('preClose', drain.finish);
  return server;
}
