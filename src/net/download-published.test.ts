import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { downloadPublished } from './download-published.ts';

const content = randomBytes(300_000);
const sha256 = createHash('sha256').update(content).digest('hex');
const never = new AbortController().signal;

let directory: string;
let path: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'stillroar-download-'));
  onTestFinished(() => rm(directory, { recursive: true }));
  path = join(directory, 'models', 'file.bin');
});

/** A publisher on loopback; answers what is to be downloaded from it. */
async function publish(listener: RequestListener, more = {}) {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/file`, bytes: content.length, sha256, ...more };
}

/** Serves the file, and parts of it, as a store does. */
const serve: RequestListener = (request, response) => {
  const from = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? 0);
  const range = { 'content-range': `bytes ${from}-${content.length - 1}/${content.length}` };
  response.writeHead(from > 0 ? 206 : 200, from > 0 ? range : {}).end(content.subarray(from));
};

const names = () => readdir(join(directory, 'models'));

test('a file appears under its name once it is complete, through redirects, and its progress is told', async () => {
  const file = await publish((request, response) => {
    if (request.url === '/file') response.writeHead(302, { location: '/store/1' }).end();
    else if (request.url === '/store/1') response.writeHead(307, { location: '/store/2' }).end();
    else serve(request, response);
  });
  const told: number[] = [];
  await downloadPublished(file, path, (bytes) => told.push(bytes), never);
  expect((await readFile(path)).equals(content)).toBe(true);
  expect(await names()).toEqual(['file.bin']);
  expect(told.at(-1)).toBe(content.length);
  expect(told).toEqual([...told].sort((a, b) => a - b));
});

test('what was broken off goes on where it stopped', async () => {
  const asked: (string | undefined)[] = [];
  const file = await publish((request, response) => {
    asked.push(request.headers.range);
    if (asked.length > 1) return serve(request, response);
    response.writeHead(200, { 'content-length': content.length });
    return response.write(content.subarray(0, 100_000), () => setTimeout(() => request.socket.destroy(), 50));
  });
  const download = () => downloadPublished(file, path, () => {}, never);
  await expect(download()).rejects.toMatchObject({
    code: 'fetch-failed',
    message: expect.stringMatching(
      /^The file could not be fetched from 127\.0\.0\.1:\d+: .*What has arrived is kept/,
    ),
  });
  expect(await names()).toEqual(['file.bin.partial']);
  await download();
  expect(asked).toEqual([undefined, expect.stringMatching(/^bytes=[1-9]\d*-$/)]);
  expect((await readFile(path)).equals(content)).toBe(true);
});

test('a server that knows no parts sends it all again, and nothing is doubled', async () => {
  const file = await publish((_, response) => response.end(content));
  await downloadPublished(file, path, () => {}, never);
  await rm(path);
  await writeFile(`${path}.partial`, content.subarray(0, 5_000));
  await downloadPublished(file, path, () => {}, never);
  expect((await readFile(path)).equals(content)).toBe(true);
});

test('a complete file that was not put in its place is, without asking anybody', async () => {
  const file = await publish((_, response) => response.writeHead(500).end());
  await expect(downloadPublished(file, path, () => {}, never)).rejects.toThrow('answers with status 500');
  await writeFile(`${path}.partial`, content);
  await downloadPublished(file, path, () => {}, never);
  expect((await stat(path)).size).toBe(content.length);
});

test.each<[string, RequestListener, string]>([
  ['other bytes', (_, response) => void response.end(randomBytes(content.length)), 'its SHA-256 differs'],
  [
    'more bytes',
    (_, response) => void response.end(Buffer.concat([content, content])),
    'sends more than the file',
  ],
  [
    'fewer bytes',
    (_, response) => void response.end(content.subarray(9)),
    'stopped after 299991 of 300000 bytes',
  ],
  [
    'a page',
    (_, response) => void response.writeHead(404).end('Gone.'),
    'answers with status 404 instead of',
  ],
  [
    'a circle',
    (_, response) => void response.writeHead(302, { location: '/' }).end(),
    'redirects more than 5 times',
  ],
])('%s are not taken for the file', async (_, listener, sentence) => {
  const file = await publish(listener);
  const download = downloadPublished(file, path, () => {}, never);
  await expect(download).rejects.toMatchObject({ code: 'fetch-failed' });
  await expect(download).rejects.toThrow(sentence);
  expect(await names()).not.toContain('file.bin');
});

test('without a network it says what is out of reach', async () => {
  const file = await publish(serve);
  const nobody = { ...file, url: 'http://127.0.0.1:9/file' };
  await expect(downloadPublished(nobody, path, () => {}, never)).rejects.toThrow(
    'The file could not be fetched from 127.0.0.1:9: the connection was refused.',
  );
});

test('whoever stops it finds what has arrived', async () => {
  const stop = new AbortController();
  const file = await publish((_, response) => void response.write(content.subarray(0, 70_000)));
  const download = downloadPublished(file, path, () => stop.abort(new Error('Enough.')), stop.signal);
  await expect(download).rejects.toThrow('Enough.');
  expect(await names()).toEqual(['file.bin.partial']);
});
