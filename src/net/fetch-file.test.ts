import { readFile } from 'node:fs/promises';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createFetcher, type Fetcher } from './fetch-file.ts';
import type { Resolve } from './lookup.ts';
import { createReach } from './reach.ts';

// Packets go to loopback only: 127.0.0.2 plays the internet (it is allowed), 127.0.0.1 the private network.
let open: Server;
let secret: Server;
let secretHits = 0;
let lookups = 0;
let fetcher: Fetcher;
let files = 0;

const never = new AbortController().signal;
const limits = { bytes: 10_000, milliseconds: 2_000 };

const portOf = (server: Server): number => (server.address() as AddressInfo).port;
const listen = (server: Server, host: string) => new Promise<void>((done) => server.listen(0, host, done));

const answers: RequestListener = (request, response) => {
  const secretUrl = (host: string) => `http://${host}:${portOf(secret)}/secret`;
  const url = request.url ?? '';
  const redirect = (location: string) => response.writeHead(302, { location }).end();
  if (url === '/file') response.end('picture bytes');
  else if (url === '/to-literal') redirect(secretUrl('127.0.0.1'));
  else if (url === '/to-decimal') redirect(secretUrl('2130706433'));
  else if (url === '/to-mapped') redirect(secretUrl('[::ffff:127.0.0.1]'));
  else if (url === '/to-name') redirect(secretUrl('private.example'));
  else if (url === '/to-file-scheme') redirect('file:///etc/passwd');
  else if (url === '/once') redirect('/file');
  else if (url === '/for-ever') redirect('/for-ever');
  else if (url === '/large') response.writeHead(200, { 'content-length': 20_000 }).end(Buffer.alloc(20_000));
  else if (url === '/large-unsaid') {
    response.write(Buffer.alloc(9_000));
    response.end(Buffer.alloc(9_000));
  } else if (url === '/slow') response.write('a');
  else if (url === '/cut') {
    response.writeHead(200, { 'content-length': 100 });
    response.write('half', () => response.destroy());
  } else response.writeHead(404).end();
};

/** Names as an attacker's resolver would answer them. */
const resolve: Resolve = (hostname, _options, callback) => {
  lookups += 1;
  const address = hostname === 'rebind.example' && lookups > 1 ? '127.0.0.1' : '127.0.0.2';
  if (hostname === 'unknown.example') {
    callback(Object.assign(new Error('not found'), { code: 'ENOTFOUND' }), []);
  } else if (hostname === 'private.example') {
    callback(null, [{ address: '127.0.0.1', family: 4 }]);
  } else if (hostname === 'mixed.example') {
    callback(null, [
      { address: '127.0.0.2', family: 4 },
      { address: '127.0.0.1', family: 4 },
    ]);
  } else callback(null, [{ address, family: 4 }]);
};

beforeAll(async () => {
  open = createServer(answers);
  secret = createServer((_request, response) => {
    secretHits += 1;
    response.end('SECRET');
  });
  await listen(open, '127.0.0.2');
  await listen(secret, '127.0.0.1');
  fetcher = createFetcher(createReach(['127.0.0.2']), resolve);
});

afterAll(async () => {
  for (const server of [open, secret]) {
    server.closeAllConnections();
    server.close();
  }
  console.log(`${files} fetches, ${secretHits} hits on the secret server`);
});

async function fetchText(path: string, host = '127.0.0.2'): Promise<string> {
  const port = host === '127.0.0.1' || host === 'private.example' ? portOf(secret) : portOf(open);
  const file = join(tmpdir(), `stillroar-fetch-${process.pid}-${files++}`);
  const url = path.startsWith('http') ? path : `http://${host}:${port}${path}`;
  await fetcher.fetchFile(url, file, limits, never);
  return readFile(file, 'utf8');
}

test('downloads a file', async () => {
  expect(await fetchText('/file')).toBe('picture bytes');
  expect(await fetchText('/file', 'public.example')).toBe('picture bytes');
});

test('follows a redirect, but not for ever', async () => {
  expect(await fetchText('/once')).toBe('picture bytes');
  await expect(fetchText('/for-ever')).rejects.toThrow('redirects more than 3 times');
});

test.each(['/to-literal', '/to-decimal', '/to-mapped', '/to-name'])('does not follow %s', async (path) => {
  await expect(fetchText(path)).rejects.toMatchObject({ code: 'address-refused' });
  expect(secretHits).toBe(0);
});

test('does not follow a redirect to another scheme', async () => {
  await expect(fetchText('/to-file-scheme')).rejects.toThrow('http:// or https://');
});

test('connects to no private address, by literal or by name', async () => {
  await expect(fetchText('/secret', '127.0.0.1')).rejects.toMatchObject({ code: 'address-refused' });
  await expect(fetchText('/secret', 'private.example')).rejects.toMatchObject({ code: 'address-refused' });
  await expect(fetchText('/secret', 'mixed.example')).rejects.toMatchObject({ code: 'address-refused' });
  expect(secretHits).toBe(0);
});

test('gives a name that changes its address nothing', async () => {
  lookups = 0;
  expect(await fetchText('/file', 'rebind.example')).toBe('picture bytes');
  await expect(fetchText('/secret', 'rebind.example')).rejects.toMatchObject({ code: 'address-refused' });
  expect(secretHits).toBe(0);
});

test('stops at the limits of size and time', async () => {
  await expect(fetchText('/large')).rejects.toMatchObject({ code: 'too-large' });
  await expect(fetchText('/large-unsaid')).rejects.toMatchObject({ code: 'too-large' });
  await expect(fetchText('/slow')).rejects.toThrow('took longer than 2 seconds');
});

test('says what went wrong', async () => {
  await expect(fetchText('/nowhere')).rejects.toThrow('status 404');
  await expect(fetchText('/cut')).rejects.toThrow('could not be fetched');
  await expect(fetchText('/file', 'unknown.example')).rejects.toThrow('host name is not known');
  await expect(fetchText('http://127.0.0.2:1/file')).rejects.toThrow('connection was refused');
});

test('survives a server that closes while the body still waits to be written', async () => {
  // 300 KB, all at once and with "Connection: close": enough to fill every buffer on the way.
  const server = createServer((_request, response) => response.end(Buffer.alloc(300_000)));
  await listen(server, '127.0.0.2');
  const path = join(tmpdir(), `stillroar-fetch-${process.pid}-closing`);
  for (let time = 0; time < 20; time++) {
    const most = { bytes: 1_000_000, milliseconds: 5_000 };
    await fetcher.fetchFile(`http://127.0.0.2:${portOf(server)}/`, `${path}-${time}`, most, never);
    expect((await readFile(`${path}-${time}`)).length).toBe(300_000);
  }
  server.close();
});

test('stops when it is told to, with the reason given', async () => {
  const file = join(tmpdir(), `stillroar-fetch-${process.pid}-aborted`);
  const stop = new AbortController();
  const reason = new Error('enough');
  setTimeout(() => stop.abort(reason), 50);
  const fetching = fetcher.fetchFile(`http://127.0.0.2:${portOf(open)}/slow`, file, limits, stop.signal);
  await expect(fetching).rejects.toBe(reason);
});
