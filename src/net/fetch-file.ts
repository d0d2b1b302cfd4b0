import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import http, { type IncomingMessage } from 'node:http';
import https from 'node:https';
import type { LookupFunction } from 'node:net';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { StillroarError } from '../errors.ts';
import { connectionFailure } from './connection-failure.ts';
import { createLookup, type Resolve } from './lookup.ts';
import type { Reach } from './reach.ts';

// Node's own HTTP client and not undici: undici 7 ends the whole process when a server closes the connection while a
// body waits to be written (nodejs/undici#5360), and versions with the repair need Node 22.

/** How much and how long a download may be. */
export interface FetchLimits {
  bytes: number;
  /** For everything together, redirects included. */
  milliseconds: number;
}

/** Fetches what callers point at. */
export interface Fetcher {
  /**
   * Downloads to a new file.
   * @throws StillroarError `address-refused`, `fetch-failed` or `too-large` with a sentence for the caller
   */
  fetchFile(url: string, path: string, limits: FetchLimits, signal: AbortSignal): Promise<void>;
}

const MOST_REDIRECTS = 3;
/** A server that sends nothing for so long, in ms, is given up. */
const SILENCE_TIMEOUT = 15_000;

/** A fetcher that goes where the rule allows; names are resolved by the system unless a resolver is given. */
export function createFetcher(reach: Reach, resolve?: Resolve): Fetcher {
  const lookup = createLookup(reach, resolve);
  return {
    async fetchFile(url, path, limits, signal) {
      const deadline = AbortSignal.timeout(limits.milliseconds);
      const either = AbortSignal.any([signal, deadline]);
      try {
        const body = await openBody(lookup, reach, url, limits, either);
        await pipeline(body, limitBytes(limits.bytes), createWriteStream(path, { flags: 'wx' }), {
          signal: either,
        });
      } catch (error) {
        await rm(path, { force: true });
        signal.throwIfAborted();
        throw explain(error, url, deadline.aborted ? limits.milliseconds : undefined);
      }
    },
  };
}

/** Follows redirects by hand, so that every hop is checked, and answers the last. */
async function openBody(
  lookup: LookupFunction,
  reach: Reach,
  text: string,
  limits: FetchLimits,
  signal: AbortSignal,
): Promise<IncomingMessage> {
  let url = reach.checkUrl(text);
  for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
    const response = await request(url, lookup, signal);
    const { statusCode = 0, headers } = response;
    if (statusCode >= 200 && statusCode < 300 && Number(headers['content-length'] ?? 0) <= limits.bytes) {
      return response;
    }
    response.destroy();
    if (statusCode >= 200 && statusCode < 300) throw tooLarge(limits.bytes);
    if (statusCode < 300 || statusCode >= 400 || headers.location === undefined) {
      throw new StillroarError(
        'fetch-failed',
        `The URL answers with status ${statusCode} instead of a file.`,
      );
    }
    if (!URL.canParse(headers.location, url.href)) {
      throw new StillroarError('fetch-failed', 'The URL redirects to something that is not a URL.');
    }
    url = reach.checkUrl(new URL(headers.location, url.href).href);
  }
  throw new StillroarError('fetch-failed', `The URL redirects more than ${MOST_REDIRECTS} times.`);
}

/** One request on a connection of its own: a kept one would not ask again where its name points. */
function request(url: URL, lookup: LookupFunction, signal: AbortSignal): Promise<IncomingMessage> {
  const { get } = url.protocol === 'https:' ? https : http;
  return new Promise((resolve, reject) => {
    const headers = { 'accept-encoding': 'identity', 'user-agent': 'stillroar' };
    const request = get(url, { agent: false, lookup, signal, headers, timeout: SILENCE_TIMEOUT }, resolve);
    request.on('error', reject);
    request.on('timeout', () => {
      const seconds = SILENCE_TIMEOUT / 1000;
      request.destroy(new StillroarError('fetch-failed', `${url.host} sent nothing for ${seconds} seconds.`));
    });
  });
}

function limitBytes(most: number): Transform {
  let bytes = 0;
  return new Transform({
    transform(chunk: Buffer, _encoding, callback) {
      bytes += chunk.length;
      callback(bytes > most ? tooLarge(most) : null, chunk);
    },
  });
}

function tooLarge(most: number): StillroarError {
  const megabytes = Math.round(most / 1_000_000);
  return new StillroarError('too-large', `The file is larger than ${megabytes} MB. Send a smaller one.`);
}

function explain(error: unknown, url: string, timeout: number | undefined): StillroarError {
  if (error instanceof StillroarError) return error;
  const host = URL.canParse(url) ? new URL(url).host : 'the host';
  if (timeout !== undefined) {
    return new StillroarError(
      'fetch-failed',
      `Fetching from ${host} took longer than ${timeout / 1000} seconds.`,
    );
  }
  return new StillroarError(
    'fetch-failed',
    `The file could not be fetched from ${host}: ${connectionFailure(error)}.`,
    { cause: error },
  );
}
