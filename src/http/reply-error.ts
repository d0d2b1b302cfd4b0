import type { FastifyReply } from 'fastify';
import type { Dialect } from '../dialects/dialect.ts';
import { toRequestError } from './errors.ts';

/** Answers whatever was thrown in a dialect's words. */
export function createReplyError(dialect: Dialect): (reply: FastifyReply, thrown: unknown) => FastifyReply {
  return (reply, thrown) => {
    const error = toRequestError(thrown);
    if (error.code === 'internal') reply.log.error({ err: error.cause }, error.message);
    if (error.retryAfterSeconds !== undefined) reply.header('retry-after', error.retryAfterSeconds);
    const { status, body, contentType } = dialect.errorReply(error, reply.request.id);
    if (contentType) reply.type(contentType);
    return reply.code(status).send(body);
  };
}
