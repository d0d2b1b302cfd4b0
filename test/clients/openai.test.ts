import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import OpenAI, { toFile } from 'openai';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { App } from '../../src/app.ts';
import { asVideo, createCopyingEngine } from '../support/copying-engine.ts';
import { createDataDirectory } from '../support/database.ts';
import { startApp } from '../support/server.ts';

// OpenAI's own client against this server.

const picture = fileURLToPath(new URL('../../samples/stream.jpg', import.meta.url));
const engine = createCopyingEngine();
let app: App;
let url: string;
let client: OpenAI;

beforeAll(async () => {
  ({ app, url } = await startApp((await createDataDirectory()).path, engine));
  client = new OpenAI({ baseURL: `${url}/v1`, apiKey: app.firstKey.clientSecret, maxRetries: 0 });
});
afterAll(() => app.close());

async function wait(id: string) {
  for (;;) {
    const video = await client.videos.retrieve(id);
    if (video.status === 'completed' || video.status === 'failed') return video;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

test('makes a video from a picture in a form, and fetches it and its cover', async () => {
  const bytes = await readFile(picture);
  const made = await client.videos.create({
    model: 'sora-2',
    prompt: 'A stream in the rain',
    input_reference: await toFile(bytes, 'stream.jpg', { type: 'image/jpeg' }),
    seconds: '4',
    size: '1280x720',
  });
  expect(made).toMatchObject({
    object: 'video',
    status: 'queued',
    progress: 0,
    seconds: '5',
    size: '1280x720',
  });
  const { warnings } = made as unknown as { warnings: { code: string }[] };
  expect(warnings.map(({ code }) => code)).toEqual(['model-alias', 'seconds-of-model']);
  const done = await wait(made.id);
  expect(done).toMatchObject({ status: 'completed', progress: 100, error: null });
  expect(done.completed_at).toBeGreaterThanOrEqual(made.created_at);
  const content = await client.videos.downloadContent(made.id);
  expect(Buffer.from(await content.arrayBuffer()).equals(asVideo(bytes))).toBe(true);
  const cover = await client.videos.downloadContent(made.id, { variant: 'thumbnail' });
  expect(cover.headers.get('content-type')).toBe('image/jpeg');
  expect(engine.started.at(-1)!.input).toMatchObject({
    kind: 'image-to-video',
    seconds: 5,
    model: 'builtin-fast',
  });
});

test('a picture may be an address, and a model may be ours', async () => {
  const made = await client.videos.create({
    model: 'builtin-fine',
    prompt: 'x',
    input_reference: { image_url: `${url}/samples/stream.jpg` },
    size: '1792x1024',
  });
  expect(await wait(made.id)).toMatchObject({ status: 'completed', model: 'builtin-fine' });
  expect(engine.started.at(-1)!.input).toMatchObject({ resolution: '1080p', quality: 'fine' });
});

test('from words alone the size gives the aspect ratio', async () => {
  const response = await fetch(`${url}/v1/videos`, {
    method: 'POST',
    headers: { authorization: `Bearer ${app.firstKey.clientSecret}`, 'content-type': 'application/json' },
    body: JSON.stringify({ prompt: 'the sea', size: '720x1280', seconds: 10, seed: 3 }),
  });
  expect(await response.json()).toMatchObject({ status: 'queued', seconds: '10', warnings: [] });
  for (;;) {
    const { input } = engine.started.at(-1)!;
    if (input.kind === 'text-to-video') {
      expect(input).toMatchObject({ motion: { aspectRatio: '9:16' }, seed: 3, seconds: 10 });
      break;
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
});

test('lists videos page by page, the newest first', async () => {
  const ids: string[] = [];
  for await (const video of client.videos.list({ limit: 2 })) ids.push(video.id);
  expect(ids).toHaveLength(3);
  const first = await client.videos.list({ limit: 2 });
  expect(first.data.map(({ id }) => id)).toEqual(ids.slice(0, 2));
  expect(first.has_more).toBe(true);
});

test('deletes what has ended, and what has not', async () => {
  const made = await client.videos.create({
    prompt: 'x',
    input_reference: { image_url: `${url}/samples/stream.jpg` },
  });
  expect(await client.videos.delete(made.id)).toEqual({
    id: made.id,
    object: 'video.deleted',
    deleted: true,
  });
  await expect(client.videos.retrieve(made.id)).rejects.toMatchObject({ status: 404 });
});

test('errors are the client’s own classes', async () => {
  const stranger = new OpenAI({ baseURL: `${url}/v1`, apiKey: 'wrong', maxRetries: 0 });
  await expect(stranger.videos.list()).rejects.toBeInstanceOf(OpenAI.AuthenticationError);
  await expect(client.videos.create({ prompt: 'x', model: 'sora-9' })).rejects.toMatchObject({
    status: 404,
    code: 'not_found',
    param: 'model',
  });
  await expect(client.videos.create({ prompt: '' })).rejects.toBeInstanceOf(OpenAI.BadRequestError);
  const words = await toFile(Buffer.from('no picture at all'), 'x.jpg', { type: 'image/jpeg' });
  await expect(client.videos.create({ prompt: 'x', input_reference: words })).rejects.toMatchObject({
    status: 400,
  });
});

test('Kling’s own paths below /v1/videos stay Kling’s', async () => {
  const headers = { authorization: `Bearer ${app.firstKey.clientSecret}` };
  for (const path of ['image2video', 'text2video', 'video-to-audio']) {
    expect(await (await fetch(`${url}/v1/videos/${path}`, { headers })).json()).toMatchObject({ code: 0 });
  }
  expect(await (await fetch(`${url}/v1/videos/image2video/1`, { headers })).json()).toMatchObject({
    code: 1203,
  });
  expect(await (await fetch(`${url}/v1/videos/a/b/c`, { headers })).json()).toMatchObject({ code: 1203 });
  expect(await (await fetch(`${url}/v1/videos/${'0'.repeat(24)}`, { headers })).json()).toMatchObject({
    error: { code: 'not_found' },
  });
});
