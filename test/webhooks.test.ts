import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text as readText } from 'node:stream/consumers';
import { pathToFileURL } from 'node:url';
import { Webhook } from 'standardwebhooks';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { App } from '../src/app.ts';
import { createCopyingEngine } from './support/copying-engine.ts';
import { createDataDirectory } from './support/database.ts';
import { post, startApp, startFileServer, waitForResult } from './support/server.ts';

// The receiver is the one that docs/webhooks.md prints, taken from there word for word.

type ReadCallback = (
  headers: Record<string, unknown>,
  text: string,
  clientId: string,
  clientSecret: string,
) => { _id: string; status: number; type: string; url: string };

let directory: string;
let readCallback: ReadCallback;
let data: Awaited<ReturnType<typeof createDataDirectory>>;
let receiver: Awaited<ReturnType<typeof startFileServer>>;
let received: { headers: Record<string, unknown>; text: string; at: number }[];
let app: App;
let url: string;
let key: Record<string, string>;

beforeAll(async () => {
  const manual = await readFile(new URL('../docs/webhooks.md', import.meta.url), 'utf8');
  const [, source = ''] = /```js\n([\s\S]+?)```/.exec(manual) ?? [];
  directory = await mkdtemp(join(tmpdir(), 'stillroar-receiver-'));
  const path = join(directory, 'receiver.mjs');
  await writeFile(path, source);
  ({ readCallback } = await import(/* @vite-ignore */ pathToFileURL(path).href));

  received = [];
  receiver = await startFileServer(async (request, response) => {
    received.push({ headers: request.headers, text: await readText(request), at: Date.now() });
    response.writeHead(204).end();
  });
  data = await createDataDirectory();
  const engine = createCopyingEngine({ milliseconds: 20 });
  ({ app, url } = await startApp(data.path, engine, { testMode: true }));
  key = { 'x-api-key': app.firstKey.clientSecret };
});
afterAll(async () => {
  await app.close();
  await receiver.close();
  await data.remove();
  await rm(directory, { recursive: true });
});

async function create(changes: object = {}, headers: Record<string, string> = {}): Promise<string> {
  received.length = 0;
  const { body } = await post(
    `${url}/api/open/v4/image2Video/createBySourcePrompt`,
    {
      image_url: `${url}/samples/sunset.jpg`,
      prompt: 'x',
      resolution: '720p',
      audio_type: 3,
      video_length: 5,
      webhookurl: `${receiver.url}/hook`,
      ...changes,
    },
    { ...key, ...headers },
  );
  expect(body.msg).toBe('OK');
  return String(body.data._id);
}

async function callbacks(count: number) {
  while (received.length < count) await new Promise((resolve) => setTimeout(resolve, 20));
  const { clientId, clientSecret } = app.firstKey;
  return received.map(({ headers, text }) => readCallback(headers, text, clientId, clientSecret));
}

test('a receiver written from the manual verifies and decrypts: processing, then completed with the video', async () => {
  const id = await create();
  const entry = await waitForResult(url, key, id);
  expect(await callbacks(2)).toEqual([
    { _id: id, status: 2, type: 'image2video', url: '' },
    { _id: id, status: 3, type: 'image2video', url: entry.video_url },
  ]);
  const { clientId } = app.firstKey;
  const { headers, text } = received[0]!;
  expect(() => readCallback(headers, text, clientId, 'x'.repeat(24))).toThrow('do not verify');
  expect(() => readCallback(headers, text.replace('4', '5'), clientId, app.firstKey.clientSecret)).toThrow();
});

test('the library of Standard Webhooks verifies the same message', async () => {
  await create();
  await callbacks(2);
  const secret = `whsec_${Buffer.from(app.firstKey.clientSecret).toString('base64')}`;
  for (const { headers, text } of received) {
    expect(new Webhook(secret).verify(text, headers as Record<string, string>)).toEqual(JSON.parse(text));
  }
  expect(new Set(received.map(({ headers }) => headers['webhook-id'])).size).toBe(2);
});

test('a failure is told as 4, and new sound tells the video’s own callback', async () => {
  const failed = await create({ image_url: 'http://127.0.0.1:1/nobody.png' });
  expect(await callbacks(2)).toMatchObject([
    { _id: failed, status: 2 },
    { _id: failed, status: 4, url: '' },
  ]);
  const video = await create();
  await callbacks(2);
  received.length = 0;
  const { body } = await post(
    `${url}/api/open/v4/image2Video/updateVideoAudio`,
    { pre_video_id: video, audio_type: 1 },
    key,
  );
  expect(await callbacks(2)).toMatchObject([{ _id: body.data._id }, { _id: body.data._id, status: 3 }]);
});

test('x-stillroar-fault: webhook-500 fails each first attempt, and the second comes five seconds later', async () => {
  const began = Date.now();
  const id = await create({}, { 'x-stillroar-fault': 'webhook-500' });
  const told = (await callbacks(2)).map(({ _id, status }) => `${_id} ${status}`);
  // Each waits for its own second attempt, five seconds give or take: the second may come first.
  expect(told.sort()).toEqual([`${id} 2`, `${id} 3`]);
  expect(received[0]!.at - began).toBeGreaterThan(4_500);
});
