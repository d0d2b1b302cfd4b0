import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import http, { type IncomingMessage } from 'node:http';
import https from 'node:https';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { connectionFailure } from './connection-failure.ts';

/** A request to a server that the operator has named in the configuration; callers cannot point it anywhere. */
export interface ServerRequest {
  method?: 'GET' | 'POST' | 'DELETE';
  headers?: Record<string, string>;
  body?: Buffer;
  /** For everything together, in ms. Default 30,000. */
  milliseconds?: number;
  /** A longer answer is an error. Default 16 MB. */
  mostBytes?: number;
  signal?: AbortSignal;
}

/** What the server said. */
export interface ServerAnswer {
  status: number;
  headers: http.IncomingHttpHeaders;
  body: Buffer;
}

/** There was no answer: the server is down or out of reach. What was asked for may have been done all the same. */
export class ServerUnreachable extends Error {
  constructor(host: string, cause: unknown) {
    super(`${host} does not answer: ${connectionFailure(cause)}.`, { cause });
    this.name = 'ServerUnreachable';
  }
}

const PATIENCE = 30_000;
const MOST_BYTES = 16_000_000;

/**
 * Asks and reads the whole answer, whatever its status. Redirects are not followed.
 * @throws ServerUnreachable; the signal's reason when it was aborted
 */
export async function askServer(address: string, request: ServerRequest = {}): Promise<ServerAnswer> {
  return withAnswer(address, request, async (response) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    for await (const chunk of response as AsyncIterable<Buffer>) {
      bytes += chunk.length;
      if (bytes > (request.mostBytes ?? MOST_BYTES)) throw new Error('the answer is too long');
      chunks.push(chunk);
    }
    return { status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks) };
  });
}

/**
 * Downloads to a new file; answers the status, and writes nothing unless it is 200. A redirect is followed once, without
 * the request's headers when it leads to another server.
 * @throws as {@link askServer}
 */
export async function downloadFromServer(
  address: string,
  path: string,
  request: ServerRequest = {},
): Promise<number> {
  const first = await downloadOnce(address, path, request);
  if (typeof first === 'number') return first;
  const isSame = new URL(first.location).host === new URL(address).host;
  const second = await downloadOnce(first.location, path, {
    ...request,
    headers: isSame ? (request.headers ?? {}) : {},
  });
  return typeof second === 'number' ? second : 302;
}

async function downloadOnce(
  address: string,
  path: string,
  request: ServerRequest,
): Promise<number | { location: string }> {
  return withAnswer(address, request, async (response, signal) => {
    const { statusCode = 0, headers } = response;
    if (statusCode !== 200) {
      response.destroy();
      const location = statusCode >= 300 && statusCode < 400 ? headers.location : undefined;
      return location === undefined ? statusCode : { location: new URL(location, address).href };
    }
    let bytes = 0;
    const limit = new Transform({
      transform(chunk: Buffer, _encoding, done) {
        bytes += chunk.length;
        const isTooLong = bytes > (request.mostBytes ?? MOST_BYTES);
        done(isTooLong ? new Error('the answer is too long') : null, chunk);
      },
    });
    try {
      await pipeline(response, limit, createWriteStream(path), { signal });
    } catch (error) {
      await rm(path, { force: true });
      throw error;
    }
    return 200;
  });
}

async function withAnswer<Value>(
  address: string,
  { method = 'GET', headers, body, milliseconds = PATIENCE, signal }: ServerRequest,
  read: (response: IncomingMessage, signal: AbortSignal) => Promise<Value>,
): Promise<Value> {
  const url = new URL(address);
  const deadline = AbortSignal.timeout(milliseconds);
  const either = signal ? AbortSignal.any([signal, deadline]) : deadline;
  try {
    const response = await new Promise<IncomingMessage>((resolve, reject) => {
      const { request: open } = url.protocol === 'https:' ? https : http;
      const length = body ? { 'content-length': String(body.length) } : {};
      const request = open(
        url,
        {
          method,
          agent: false,
          signal: either,
          headers: { 'user-agent': 'stillroar', ...headers, ...length },
        },
        resolve,
      );
      request.on('error', reject).end(body);
    });
    return await read(response, either);
  } catch (error) {
    signal?.throwIfAborted();
    throw new ServerUnreachable(url.host, deadline.aborted ? { code: 'ETIMEDOUT' } : error);
  }
}

/** A file in a form. */
export interface FormFile {
  bytes: Uint8Array<ArrayBuffer>;
  name: string;
  contentType: string;
}

/** A `multipart/form-data` body (RFC 7578) and the header that goes with it. */
export async function encodeForm(
  fields: Record<string, string | FormFile>,
): Promise<{ body: Buffer; headers: Record<string, string> }> {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) {
    if (typeof value === 'string') form.append(name, value);
    else form.append(name, new Blob([value.bytes], { type: value.contentType }), value.name);
  }
  const encoded = new Response(form);
  return {
    body: Buffer.from(await encoded.arrayBuffer()),
    headers: { 'content-type': encoded.headers.get('content-type') ?? '' },
  };
}
