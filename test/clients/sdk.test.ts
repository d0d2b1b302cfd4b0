import { readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { text as readText } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, expectTypeOf, test } from 'vitest';
import type { z } from 'zod';
import type { App } from '../../src/app.ts';
import {
  AuthenticationError,
  type Client,
  createClient,
  InsufficientCreditsError,
  RateLimitedError,
  StillroarError,
  type Task,
  TaskFailedError,
  verifyWebhook,
} from '../../src/client/index.ts';
import { compiledPath } from '../../src/compiled.ts';
import type * as replies from '../../src/dialects/native/replies.ts';
import { type CopyingEngine, createCopyingEngine } from '../support/copying-engine.ts';
import { createDataDirectory } from '../support/database.ts';
import { post, startApp, startFileServer } from '../support/server.ts';

let data: Awaited<ReturnType<typeof createDataDirectory>>;
let app: App;
let url: string;
let engine: CopyingEngine;
let client: Client;
const path = fileURLToPath(new URL('../../samples/sunset.jpg', import.meta.url));
const picture = async () => new Blob([new Uint8Array(await readFile(path))], { type: 'image/jpeg' });
const sample = () => `${url}/samples/sunset.jpg`;

beforeAll(async () => {
  data = await createDataDirectory();
  engine = createCopyingEngine({ milliseconds: 300 });
  ({ app, url } = await startApp(data.path, engine));
  client = createClient({ baseUrl: url, apiKey: app.firstKey.clientSecret });
});
afterAll(async () => {
  await app.close();
  await data.remove();
});

test('a Blob becomes a video: uploaded, followed, downloaded', async () => {
  const task = await client.animate({ image: await picture(), prompt: 'slow push in', resolution: '1080p' });
  expect(task).toMatchObject({ kind: 'image-to-video', credits: 25 });
  const seen: string[] = [];
  const done = await client.wait(task.id, {
    onUpdate: ({ state, progress }) => seen.push(`${state} ${progress}`),
  });
  expect(done.state).toBe('completed');
  expect(seen.length).toBeGreaterThan(2);
  const blob = await client.download(done);
  expect(blob.size).toBe(done.outputs.find(({ kind }) => kind === 'video')!.bytes);
  const file = join(data.path, 'out.mp4');
  expect(await client.download(done, file)).toBe(file);
  expect((await readFile(file)).length).toBe(blob.size);
  console.log(seen.join(', '));
});

test('a subscription is a loop that ends with the task, also of one that has ended already', async () => {
  const { id } = await client.animate({ image: sample() });
  const states = new Set<string>();
  for await (const { state } of client.subscribe(id)) states.add(state);
  expect([...states].at(-1)).toBe('completed');
  const again: Task[] = [];
  for await (const task of client.subscribe(id)) again.push(task);
  expect(again.map(({ state }) => state)).toEqual(['completed']);
});

test('sound, estimate, list, remix, cancel, removal, account', async () => {
  const film = await client.wait(
    (await client.animate({ image: sample(), prompt: 'a quay', audio: 'none' })).id,
  );
  const sound = await client.addSound({ video: film, prompt: 'rain', originalAudio: 'mix' });
  expect(sound).toMatchObject({ kind: 'video-to-audio', parentId: film.id });
  await client.wait(sound.id);
  expect(await client.estimate({ image: await picture(), resolution: '4k', seconds: 10 })).toMatchObject({
    credits: 60,
    model: 'builtin-fast',
  });
  const page = await client.list({ kind: ['image-to-video'], text: 'quay', since: new Date(0) });
  expect(page.items.map(({ id }) => id)).toEqual([film.id]);
  const before = (await client.account()).credits;
  const remix = await client.remix(film.id, { prompt: 'another quay' });
  expect((await client.cancel(remix.id)).state).toBe('cancelled');
  expect((await client.account()).credits).toBe(before);
  await expect(client.wait(remix.id)).rejects.toThrow(TaskFailedError);
  await client.remove(remix.id);
  await expect(client.get(remix.id)).rejects.toMatchObject({ code: 'not-found', status: 404 });
  expect((await client.models()).map(({ name }) => name)).toContain('builtin-fast');
  for (const effect of await client.effects()) expect(effect).toMatchObject({ engine: 'copying' });
});

test('errors are of a kind, with the fields and the number of the request', async () => {
  const refused = await client.animate({ image: 'nothing' }).catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(StillroarError);
  expect(refused).toMatchObject({ code: 'invalid-field', status: 400, errors: [{ field: 'image' }] });
  expect((refused as StillroarError).requestId).toMatch(/^[0-9a-f]{16}$/);
  const stranger = createClient({ baseUrl: url, apiKey: 'x' });
  await expect(stranger.account()).rejects.toThrow(AuthenticationError);
  const nobody = createClient({ baseUrl: 'http://127.0.0.1:9', apiKey: 'x', maxRetries: 0 });
  await expect(nobody.account()).rejects.toMatchObject({ code: 'unreachable' });
});

test('what may pass is tried again, once in its effect, and after as long as Retry-After says', async () => {
  const keys: unknown[] = [];
  let failures = 2;
  const flaky: typeof fetch = async (input, init) => {
    const headers = new Headers(init?.headers);
    keys.push(headers.get('idempotency-key'));
    // The first answer is lost after the server has done the work; the second is a proxy's.
    if (failures === 2) await fetch(input, init);
    if (failures-- === 2) throw new TypeError('connection lost');
    if (failures === 0) return new Response('busy', { status: 503, headers: { 'retry-after': '1' } });
    return fetch(input, init);
  };
  const before = (await client.account()).credits;
  const began = Date.now();
  const patient = createClient({ baseUrl: url, apiKey: app.firstKey.clientSecret, fetch: flaky });
  const task = await patient.animate({ image: sample() });
  expect(new Set(keys).size).toBe(1);
  expect(keys).toHaveLength(3);
  expect(Date.now() - began).toBeGreaterThanOrEqual(1_000);
  expect(before - (await client.account()).credits).toBe(20);
  await client.wait(task.id);

  const answers: [number, string, unknown][] = [
    [429, 'too-many-requests', RateLimitedError],
    [402, 'insufficient-credits', InsufficientCreditsError],
  ];
  for (const [status, code, kind] of answers) {
    const body = JSON.stringify({ code, detail: 'no', retryable: status === 429, errors: [] });
    const refusing: typeof fetch = async () =>
      new Response(body, { status, headers: { 'retry-after': '7' } });
    const hasty = createClient({ baseUrl: url, apiKey: 'x', fetch: refusing, maxRetries: 0 });
    const error = await hasty.account().catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(kind);
    if (status === 429) expect(error).toMatchObject({ retryAfterSeconds: 7 });
  }
});

test('a subscription goes on where the connection broke', async () => {
  let breaks = 0;
  const breaking: typeof fetch = async (input, init) => {
    const response = await fetch(input, init);
    if (!String(input).includes('/events') || breaks++ > 1) return response;
    const reader = response.body!.getReader();
    const first = [(await reader.read()).value!, (await reader.read()).value!];
    await reader.cancel();
    return new Response(
      new ReadableStream({
        start(controller) {
          for (const chunk of first) controller.enqueue(chunk);
          controller.error(new TypeError('connection reset'));
        },
      }),
    );
  };
  const tough = createClient({ baseUrl: url, apiKey: app.firstKey.clientSecret, fetch: breaking });
  const { id } = await tough.animate({ image: sample() });
  expect((await tough.wait(id)).state).toBe('completed');
  expect(breaks).toBeGreaterThan(2);
});

test('an aborted wait ends with the reason, and the task goes on', async () => {
  const { id } = await client.animate({ image: sample() });
  const stop = new AbortController();
  const waiting = client.wait(id, { signal: stop.signal, onUpdate: () => stop.abort(new Error('enough')) });
  await expect(waiting).rejects.toThrow('enough');
  expect((await client.wait(id)).state).toBe('completed');
});

test('callbacks of every dialect verify and are read; changed ones are not', async () => {
  const received: { headers: Record<string, string | string[] | undefined>; text: string }[] = [];
  const receiver = await startFileServer(async (request, response) => {
    received.push({ headers: request.headers, text: await readText(request) });
    response.end();
  });
  const { clientId, clientSecret } = app.firstKey;
  const wait = async (count: number) => {
    while (received.length < count) await new Promise((resolve) => setTimeout(resolve, 20));
    return received.splice(0).at(-1)!;
  };
  const hook = `${receiver.url}/hook`;

  const { id } = await client.animate({ image: sample(), webhookUrl: hook });
  const native = await wait(2);
  expect(await verifyWebhook(native.headers, native.text, clientSecret)).toMatchObject({
    dialect: 'native',
    type: 'task.completed',
    task: { id, state: 'completed' },
  });
  const wrapped = `whsec_${Buffer.from(clientSecret).toString('base64')}`;
  const fetched = new Headers(native.headers as Record<string, string>);
  await expect(verifyWebhook(fetched, Buffer.from(native.text), wrapped)).resolves.toHaveProperty('task');
  await expect(verifyWebhook(native.headers, `${native.text} `, clientSecret)).rejects.toThrow('not signed');
  await expect(verifyWebhook(native.headers, native.text, 'another')).rejects.toThrow('not signed');
  const late = { now: new Date(Date.now() + 400_000) };
  await expect(verifyWebhook(native.headers, native.text, clientSecret, late)).rejects.toThrow('300 seconds');
  await expect(verifyWebhook({}, native.text, clientSecret)).rejects.toThrow('webhook-id is missing');

  const fields = { prompt: 'x', resolution: '720p', audio_type: 3, video_length: 5, webhookurl: hook };
  const route = `${url}/api/open/v4/image2Video/createBySourcePrompt`;
  const made = await post(route, { image_url: sample(), ...fields }, { 'x-api-key': clientSecret });
  const akool = await wait(2);
  expect(await verifyWebhook(akool.headers, akool.text, clientSecret, { clientId })).toMatchObject({
    dialect: 'akool',
    news: { _id: made.body.data._id, status: 3, type: 'image2video' },
  });
  await receiver.close();
});

test('the types are the server’s, and refuse what it would refuse', () => {
  expectTypeOf<z.output<typeof replies.task>>().toExtend<Task>();
  // @ts-expect-error There is no such resolution.
  const wrong = () => client.animate({ image: 'x', resolution: '8k' });
  // @ts-expect-error Videos last 5 or 10 seconds.
  const long = () => client.imagine({ prompt: 'x', seconds: 60 });
  expect([wrong, long]).toHaveLength(2);
});

test('it is small and stands alone', async () => {
  const folder = dirname(compiledPath('../../src/client/index.ts', import.meta.url));
  const names = (await readdir(folder)).filter((name) => name.endsWith('.js'));
  const texts = await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')));
  const bytes = gzipSync(texts.join('\n')).length;
  console.log(`${names.length} files, ${texts.join('').length} bytes, ${bytes} packed`);
  expect(bytes).toBeLessThan(30_000);
  const imports = texts.flatMap((text) => [...text.matchAll(/from '([^']+)'/g)].map(([, target]) => target!));
  expect(imports.filter((target) => !target.startsWith('./'))).toEqual([]);
});
