import { createHash, timingSafeEqual } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { StillroarError } from '../errors.ts';
import type { Metrics } from '../metrics/metrics.ts';

/** Who may read the metrics: whoever has the token; without one everybody who reaches a server on loopback. */
export interface MetricsAccess {
  token: string | undefined;
  isLoopback: boolean;
}

const digest = (text: string) => createHash('sha256').update(text).digest();

/** Measures every request, and answers `GET /metrics`. */
export function addMetricsRoutes(server: FastifyInstance, metrics: Metrics, access: MetricsAccess): void {
  server.addHook('onResponse', async ({ method, routeOptions }, reply) => {
    metrics.observeRequest(method, routeOptions.url ?? 'none', reply.statusCode, reply.elapsedTime / 1000);
  });
  server.get('/metrics', async ({ headers }, reply) => {
    checkAccess(access, headers.authorization);
    return reply.type(metrics.contentType).send(await metrics.write());
  });
}

function checkAccess({ token, isLoopback }: MetricsAccess, authorization = ''): void {
  if (token === undefined) {
    if (isLoopback) return;
    throw new StillroarError(
      'unauthenticated',
      'Metrics are not shown on a server that others reach: set STILLROAR_METRICS_TOKEN and send it as a bearer token.',
    );
  }
  // Digests have one length, and their comparison tells nothing by its time.
  if (timingSafeEqual(digest(authorization), digest(`Bearer ${token}`))) return;
  throw new StillroarError('unauthenticated', 'Send the metrics’ token as a bearer token.');
}
