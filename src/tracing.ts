import {
  type Context,
  context,
  propagation,
  ROOT_CONTEXT,
  type Span,
  SpanStatusCode,
  trace,
} from '@opentelemetry/api';
import type { ErrorCode } from './errors.ts';
import { version } from './version.ts';

/**
 * Where all spans come from: OpenTelemetry's interface alone. Without an SDK, which an operator brings along (see
 * docs/operate.md), they go nowhere and cost next to nothing. No attribute holds a prompt, an address or a key.
 */
export const tracer = trace.getTracer('stillroar', version);

/** Which trace something belongs to, as the headers that the operator's SDK would write: `traceparent`. */
export type TraceHeaders = Record<string, string>;

/** The trace of what is being done at this moment; undefined when there is none. */
export function currentTrace(): TraceHeaders | undefined {
  const headers: TraceHeaders = {};
  propagation.inject(context.active(), headers);
  return Object.keys(headers).length > 0 ? headers : undefined;
}

/** The trace that headers name, so that a span of another process or of later can be part of it. */
export function resumeTrace(headers: unknown): Context {
  return headers ? propagation.extract(ROOT_CONTEXT, headers) : ROOT_CONTEXT;
}

/** Marks a span as failed, for a reason that names nobody. */
export function failSpan(span: Span, code: ErrorCode | number): void {
  span.setStatus({ code: SpanStatusCode.ERROR, message: String(code) });
}
