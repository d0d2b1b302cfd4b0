import http from 'node:http';
import https from 'node:https';
import { StillroarError } from '../errors.ts';
import { connectionFailure } from './connection-failure.ts';
import { createLookup, type Resolve } from './lookup.ts';
import type { Reach } from './reach.ts';

/** What became of a message. */
export interface Answer {
  /** The receiver's status; undefined when there was no answer. */
  status?: number;
  /** Seconds that its `Retry-After` asks for. */
  retryAfterSeconds?: number;
  /** One sentence when it was not received well. */
  problem?: string;
}

/** Tells other people's servers. */
export interface Sender {
  /**
   * Posts JSON and waits for the status; the answer's body is not read and redirects are not followed. Never throws:
   * what goes wrong is an answer too.
   */
  sendJson(url: string, body: string, headers: Record<string, string>, milliseconds: number): Promise<Answer>;
}

/** A sender that goes where the rule allows; names are resolved by the system unless a resolver is given. */
export function createSender(reach: Reach, resolve?: Resolve): Sender {
  const lookup = createLookup(reach, resolve);
  return {
    async sendJson(text, body, headers, milliseconds) {
      const deadline = AbortSignal.timeout(milliseconds);
      try {
        const url = reach.checkUrl(text);
        return await new Promise<Answer>((resolve, reject) => {
          const { request: open } = url.protocol === 'https:' ? https : http;
          const request = open(
            url,
            {
              method: 'POST',
              agent: false,
              lookup,
              signal: deadline,
              headers: {
                ...headers,
                'content-type': 'application/json',
                'content-length': Buffer.byteLength(body),
                'user-agent': 'stillroar',
              },
            },
            (response) => {
              response.destroy();
              const { statusCode = 0, headers } = response;
              resolve({
                status: statusCode,
                ...(statusCode >= 300 && statusCode < 400 && { problem: 'Redirects are not followed.' }),
                ...readRetryAfter(headers['retry-after'], Date.now()),
              });
            },
          );
          request.on('error', reject).end(body);
        });
      } catch (error) {
        if (deadline.aborted) return { problem: `No answer within ${milliseconds / 1000} seconds.` };
        return {
          problem:
            error instanceof StillroarError ? error.message : `It failed: ${connectionFailure(error)}.`,
        };
      }
    },
  };
}

/** Reads `Retry-After` (RFC 9110, 10.2.3): seconds, or a date. */
function readRetryAfter(value: string | undefined, now: number): Pick<Answer, 'retryAfterSeconds'> {
  if (value === undefined) return {};
  const seconds = /^\d{1,9}$/.test(value.trim()) ? Number(value) : (Date.parse(value) - now) / 1000;
  return seconds > 0 ? { retryAfterSeconds: seconds } : {};
}
