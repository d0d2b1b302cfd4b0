import { createHash } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { StillroarError } from '../errors.ts';
import { createRateLimit } from './rate-limit.ts';
import { readSessionCookie } from './session-cookie.ts';

/** What the limit needs to know. */
export interface RequestLimit {
  /** Requests a minute of one key and of one address; 0 is no limit. */
  perMinute: number;
  /** Whether an address is one caller's: behind a private one may be a proxy with everybody. */
  isPublicAddress(address: string): boolean;
}

/**
 * Counts every request for its key, or session, and for the address that it comes from, before anything is looked up for
 * it. The headers are those of draft-ietf-httpapi-ratelimit-headers.
 */
export function createRequestLimit({ perMinute, isPublicAddress }: RequestLimit) {
  const { take } = createRateLimit(perMinute, Date.now);
  /** @throws StillroarError `too-many-requests` */
  return async (request: FastifyRequest, reply: FastifyReply): Promise<void> => {
    if (perMinute === 0) return;
    const { headers, ip } = request;
    const secret = headers.authorization ?? headers['x-api-key'] ?? readSessionCookie(headers.cookie);
    const callers = [
      ...(secret ? [`key ${createHash('sha256').update(String(secret)).digest('base64')}`] : []),
      ...(isPublicAddress(ip) ? [`address ${ip}`] : []),
    ];
    for (const caller of callers) {
      const { isAllowed, remaining, retryAfterSeconds } = take(caller);
      reply.header('ratelimit-policy', `"default";q=${perMinute};w=60`);
      reply.header('ratelimit', `"default";r=${remaining};t=${retryAfterSeconds}`);
      if (isAllowed) continue;
      throw new StillroarError(
        'too-many-requests',
        `That is more than ${perMinute} requests a minute. Wait ${retryAfterSeconds} s, and ask less often.`,
        { retryAfterSeconds },
      );
    }
  };
}
