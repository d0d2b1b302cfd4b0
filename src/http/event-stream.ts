import type { ServerResponse } from 'node:http';
import type { FastifyReply } from 'fastify';

/** A comment so often, in ms, keeps proxies from closing the stream. */
const HEARTBEAT = 15_000;

/** Begins to answer with server-sent events (WHATWG HTML, 9.2); what is written, and its end, are the caller's. */
export function openEventStream(reply: FastifyReply): ServerResponse {
  reply.hijack();
  const { raw: stream } = reply;
  for (const [name, value] of Object.entries(reply.getHeaders())) {
    if (value !== undefined) stream.setHeader(name, value);
  }
  stream.writeHead(200, {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store',
    'x-accel-buffering': 'no',
  });
  stream.flushHeaders();
  const heartbeat = setInterval(() => stream.write(': alive\n\n'), HEARTBEAT);
  stream.on('close', () => clearInterval(heartbeat));
  return stream;
}
