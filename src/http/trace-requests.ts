import { type Context, context, propagation, type Span, SpanKind, trace } from '@opentelemetry/api';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { failSpan, tracer } from '../tracing.ts';

/**
 * A span for every request, within the caller's trace if it names one. Attributes:
 * https://opentelemetry.io/docs/specs/semconv/http/http-spans/
 */
export function addRequestSpans(server: FastifyInstance): void {
  const spans = new WeakMap<FastifyRequest, { span: Span; within: Context }>();

  server.addHook('onRequest', async (request) => {
    const { method, routeOptions, headers, id } = request;
    const route = routeOptions.url ?? 'none';
    const attributes = { 'http.request.method': method, 'http.route': route, 'stillroar.request.id': id };
    const parent = propagation.extract(context.active(), headers);
    const span = tracer.startSpan(`${method} ${route}`, { kind: SpanKind.SERVER, attributes }, parent);
    spans.set(request, { span, within: trace.setSpan(parent, span) });
  });
  // Not earlier: what reads the body calls back from outside of any context.
  server.addHook('preHandler', (request, _reply, done) => {
    context.with(spans.get(request)?.within ?? context.active(), done);
  });
  server.addHook('onResponse', async (request, { statusCode }) => {
    const span = spans.get(request)?.span;
    span?.setAttribute('http.response.status_code', statusCode);
    if (span && statusCode >= 500) failSpan(span, statusCode);
    span?.end();
  });
}
