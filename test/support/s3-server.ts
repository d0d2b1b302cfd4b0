import { createHash, createHmac } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { startFileServer } from './server.ts';

// A small S3: objects in memory, every request's signature checked (AWS Signature Version 4, in headers and in URLs),
// parts, ranges, lists with continuation. Written from Amazon's API reference.

interface StoredObject {
  bytes: Buffer;
  modified: Date;
}

/** An S3-compatible store of the tests' own. */
export interface S3Server {
  /** The settings that reach it. */
  settings: {
    storage: { bucket: string; prefix: string };
    s3Endpoint: string;
    s3AccessKeyId: string;
    s3SecretAccessKey: string;
  };
  objects: Map<string, StoredObject>;
  /** Method and path of each request. */
  requests: string[];
  /** What every request is answered with from now on, instead of being served; nothing ends that. */
  fail(how: 'answer-503' | 'hang-up' | undefined): void;
  close(): Promise<void>;
}

const accessKeyId = 'test-access-key';
const secretAccessKey = 'test-secret-key/+with=signs';
const region = 'us-east-1';
const bucket = 'videos';
const LIST_PAGE = 2;

const hash = (bytes: string | Uint8Array) => createHash('sha256').update(bytes).digest('hex');
const hmac = (key: string | Uint8Array, text: string) => createHmac('sha256', key).update(text).digest();
const encode = (text: string) =>
  encodeURIComponent(text).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);

/** Why a request's signature does not hold; undefined when it does. */
function findForgery(request: IncomingMessage, url: URL, body: Buffer): string | undefined {
  const { searchParams: query } = url;
  const isLink = query.has('X-Amz-Signature');
  const header = /Credential=(\S+?), ?SignedHeaders=(\S+?), ?Signature=([0-9a-f]{64})/.exec(
    request.headers.authorization ?? '',
  );
  if (!isLink && !header) return 'AccessDenied';
  const [credential, signedHeaders, signature] = isLink
    ? ['X-Amz-Credential', 'X-Amz-SignedHeaders', 'X-Amz-Signature'].map((name) => query.get(name) ?? '')
    : header!.slice(1);
  const [key, day = '', ...scope] = credential!.split('/');
  if (key !== accessKeyId) return 'InvalidAccessKeyId';
  const date = isLink ? query.get('X-Amz-Date')! : String(request.headers['x-amz-date']);
  const said = isLink ? 'UNSIGNED-PAYLOAD' : String(request.headers['x-amz-content-sha256']);
  if (!isLink && said !== hash(body)) return 'XAmzContentSHA256Mismatch';
  const at = Date.parse(date.replace(/^(....)(..)(..)T(..)(..)(..)Z$/, '$1-$2-$3T$4:$5:$6Z'));
  const allowed = isLink ? Number(query.get('X-Amz-Expires')) * 1000 : 15 * 60_000;
  if (!(Math.abs(Date.now() - at) < allowed)) return 'RequestTimeTooSkewed';
  const canonicalQuery = [...query]
    .filter(([name]) => name !== 'X-Amz-Signature')
    .map(([name, value]) => `${encode(name)}=${encode(value)}`)
    .sort()
    .join('&');
  const canonicalHeaders = signedHeaders!
    .split(';')
    .map((name) => `${name}:${String(request.headers[name]).trim()}\n`)
    .join('');
  const path = url.pathname
    .split('/')
    .map((part) => encode(decodeURIComponent(part)))
    .join('/');
  const canonical = [request.method, path, canonicalQuery, canonicalHeaders, signedHeaders, said].join('\n');
  const text = ['AWS4-HMAC-SHA256', date, [day, ...scope].join('/'), hash(canonical)].join('\n');
  const signingKey = ['s3', 'aws4_request'].reduce(
    (made, part) => hmac(made, part),
    hmac(hmac(`AWS4${secretAccessKey}`, day), region),
  );
  return hmac(signingKey, text).toString('hex') === signature ? undefined : 'SignatureDoesNotMatch';
}

/** Starts an empty store with one bucket. */
export async function startS3Server(): Promise<S3Server> {
  const objects = new Map<string, StoredObject>();
  const uploads = new Map<string, Map<number, Buffer>>();
  const requests: string[] = [];
  let failure: 'answer-503' | 'hang-up' | undefined;

  const server = await startFileServer(async (request, response) => {
    const url = new URL(request.url!, 'http://s3');
    requests.push(`${request.method} ${url.pathname}`);
    const body = await buffer(request).catch(() => Buffer.alloc(0));
    const answer = (status: number, xml = '', headers: Record<string, string> = {}) =>
      void response.writeHead(status, { 'content-type': 'application/xml', ...headers }).end(xml);
    const refuse = (status: number, code: string) =>
      answer(
        status,
        request.method === 'HEAD' ? '' : `<Error><Code>${code}</Code><Message>${code}</Message></Error>`,
      );
    if (failure === 'hang-up') return void request.socket.destroy();
    if (failure === 'answer-503') return refuse(503, 'SlowDown');
    const forgery = findForgery(request, url, body);
    if (forgery) return refuse(403, forgery);
    const [, wantedBucket, ...names] = decodeURIComponent(url.pathname).split('/');
    if (wantedBucket !== bucket) return refuse(404, 'NoSuchBucket');
    const name = names.join('/');
    const query = url.searchParams;
    const uploadId = query.get('uploadId');

    if (request.method === 'GET' && name === '') {
      const all = [...objects.keys()].filter((key) => key.startsWith(query.get('prefix') ?? '')).sort();
      const from = Number(query.get('continuation-token') ?? 0);
      const page = all.slice(from, from + LIST_PAGE);
      const contents = page.map((key) => {
        const { bytes, modified } = objects.get(key)!;
        return `<Contents><Key>${key}</Key><LastModified>${modified.toISOString()}</LastModified><ETag>"${hash(bytes)}"</ETag><Size>${bytes.length}</Size></Contents>`;
      });
      const next = from + LIST_PAGE < all.length;
      const more = next ? `<NextContinuationToken>${from + LIST_PAGE}</NextContinuationToken>` : '';
      return answer(
        200,
        `<ListBucketResult><IsTruncated>${next}</IsTruncated>${more}${contents.join('')}</ListBucketResult>`,
      );
    }
    if (request.method === 'POST' && query.has('uploads')) {
      const id = `upload-${uploads.size + 1}`;
      uploads.set(id, new Map());
      return answer(
        200,
        `<InitiateMultipartUploadResult><UploadId>${id}</UploadId></InitiateMultipartUploadResult>`,
      );
    }
    if (request.method === 'PUT' && uploadId) {
      uploads.get(uploadId)!.set(Number(query.get('partNumber')), body);
      return answer(200, '', { etag: `"${hash(body)}"` });
    }
    if (request.method === 'POST' && uploadId) {
      const parts = [...uploads.get(uploadId)!].sort(([a], [b]) => a - b).map(([, bytes]) => bytes);
      objects.set(name, { bytes: Buffer.concat(parts), modified: new Date() });
      return answer(
        200,
        `<CompleteMultipartUploadResult><ETag>"x-${parts.length}"</ETag></CompleteMultipartUploadResult>`,
      );
    }
    if (request.method === 'PUT') {
      objects.set(name, { bytes: body, modified: new Date() });
      return answer(200, '', { etag: `"${hash(body)}"` });
    }
    if (request.method === 'DELETE') {
      objects.delete(name);
      return answer(204);
    }
    const found = objects.get(name);
    if (!found) return refuse(404, 'NoSuchKey');
    const { bytes, modified } = found;
    const range = /^bytes=(\d+)-(\d*)$/.exec(request.headers.range ?? '');
    const start = Number(range?.[1] ?? 0);
    const part = bytes.subarray(start, range?.[2] ? Number(range[2]) + 1 : bytes.length);
    response.writeHead(range ? 206 : 200, {
      'content-length': part.length,
      'content-type': query.get('response-content-type') ?? 'application/octet-stream',
      'content-disposition': query.get('response-content-disposition') ?? 'attachment',
      'last-modified': modified.toUTCString(),
      etag: `"${hash(bytes)}"`,
      ...(range && { 'content-range': `bytes ${start}-${start + part.length - 1}/${bytes.length}` }),
    });
    response.end(request.method === 'HEAD' ? undefined : part);
  });

  return {
    settings: {
      storage: { bucket, prefix: 'stillroar/' },
      s3Endpoint: server.url,
      s3AccessKeyId: accessKeyId,
      s3SecretAccessKey: secretAccessKey,
    },
    objects,
    requests,
    fail(how) {
      failure = how;
    },
    close: server.close,
  };
}
