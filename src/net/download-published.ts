import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, open, rename, rm, stat } from 'node:fs/promises';
import http, { type IncomingMessage } from 'node:http';
import https from 'node:https';
import { dirname } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { StillroarError } from '../errors.ts';
import { connectionFailure } from './connection-failure.ts';

/** A large file that somebody publishes and that never changes. */
export interface PublishedFile {
  url: string;
  bytes: number;
  /** In hexadecimal digits. */
  sha256: string;
}

const MOST_REDIRECTS = 5;
/** A server that sends nothing for so long, in ms, is given up. */
const SILENCE = 30_000;

/**
 * Downloads a published file; one that was broken off goes on where it stopped. It appears under its path once it is
 * complete and is what was published.
 *
 * @param onProgress called with the bytes that are there, now and then
 * @throws StillroarError `fetch-failed`; the signal's reason when it was aborted
 */
export async function downloadPublished(
  file: PublishedFile,
  path: string,
  onProgress: (bytes: number) => void,
  signal: AbortSignal,
): Promise<void> {
  const partial = `${path}.partial`;
  await mkdir(dirname(path), { recursive: true });
  const begun = (await sizeOf(partial)) ?? 0;
  if (begun > file.bytes) await rm(partial);
  if (begun !== file.bytes) await append(file, partial, begun > file.bytes ? 0 : begun, onProgress, signal);
  if ((await digestOf(partial, signal)) !== file.sha256) {
    await rm(partial);
    throw new StillroarError(
      'fetch-failed',
      `What ${new URL(file.url).host} sent is not the file that was published: its SHA-256 differs. Try again.`,
    );
  }
  const handle = await open(partial, 'r+');
  await handle.sync().finally(() => handle.close());
  await rename(partial, path);
}

/** Writes what is missing behind what is there. */
async function append(
  file: PublishedFile,
  partial: string,
  begun: number,
  onProgress: (bytes: number) => void,
  signal: AbortSignal,
): Promise<void> {
  const { host } = new URL(file.url);
  try {
    const response = await request(file.url, begun, signal);
    const isRest = response.headers['content-range']?.startsWith(`bytes ${begun}-`) ?? false;
    let bytes = response.statusCode === 206 && isRest ? begun : 0;
    const flags = bytes > 0 ? 'a' : 'w';
    const count = new Transform({
      transform(chunk: Buffer, _encoding, done) {
        bytes += chunk.length;
        onProgress(Math.min(bytes, file.bytes));
        done(bytes > file.bytes ? new StillroarError('fetch-failed', tooLong(host)) : null, chunk);
      },
    });
    await pipeline(response, count, createWriteStream(partial, { flags }), { signal });
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof StillroarError) throw error;
    throw new StillroarError(
      'fetch-failed',
      `The file could not be fetched from ${host}: ${connectionFailure(error)}. What has arrived is kept; try again.`,
      { cause: error },
    );
  }
  const bytes = await sizeOf(partial);
  if (bytes === file.bytes) return;
  throw new StillroarError(
    'fetch-failed',
    `${host} stopped after ${bytes} of ${file.bytes} bytes. What has arrived is kept; try again.`,
  );
}

const tooLong = (host: string) => `${host} sends more than the file that was published. Try again later.`;

/** Asks for the file from a byte on and follows redirects. */
async function request(address: string, from: number, signal: AbortSignal): Promise<IncomingMessage> {
  let url = new URL(address);
  for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
    const response = await ask(url, from, signal);
    const { statusCode = 0, headers } = response;
    if (statusCode === 200 || statusCode === 206) return response;
    response.destroy();
    const isRedirect =
      statusCode >= 300 && statusCode < 400 && URL.canParse(headers.location ?? '', url.href);
    const next = isRedirect ? new URL(headers.location!, url.href) : undefined;
    // What came over an encrypted connection goes on over one.
    if (!next || (url.protocol === 'https:' && next.protocol !== 'https:')) {
      throw new StillroarError(
        'fetch-failed',
        `${url.host} answers with status ${statusCode} instead of the file.`,
      );
    }
    url = next;
  }
  throw new StillroarError('fetch-failed', `${url.host} redirects more than ${MOST_REDIRECTS} times.`);
}

function ask(url: URL, from: number, signal: AbortSignal): Promise<IncomingMessage> {
  const { get } = url.protocol === 'https:' ? https : http;
  const range = from > 0 ? { range: `bytes=${from}-` } : {};
  const headers = { 'user-agent': 'stillroar', 'accept-encoding': 'identity', ...range };
  return new Promise((resolve, reject) => {
    const request = get(url, { agent: false, signal, headers, timeout: SILENCE }, resolve);
    request.on('error', reject);
    request.on('timeout', () => request.destroy(Object.assign(new Error('Silence.'), { code: 'ETIMEDOUT' })));
  });
}

async function sizeOf(path: string): Promise<number | undefined> {
  return (await stat(path).catch(() => undefined))?.size;
}

async function digestOf(path: string, signal: AbortSignal): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash, { signal });
  return hash.digest('hex');
}
