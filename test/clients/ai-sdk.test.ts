import { readFile } from 'node:fs/promises';
import { json } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import {
  APICallError,
  experimental_generateVideo as generateVideo,
  experimental_getVideoStatus as getVideoStatus,
  experimental_startVideo as startVideo,
} from 'ai';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { createStillroar } from '../../src/ai-sdk/index.ts';
import type { App } from '../../src/app.ts';
import { asVideo, type CopyingEngine, createCopyingEngine } from '../support/copying-engine.ts';
import { createDataDirectory } from '../support/database.ts';
import { createNativeCaller, type NativeTask } from '../support/native.ts';
import { startApp, startFileServer } from '../support/server.ts';

// The AI SDK as it is published, on a real server.

let data: Awaited<ReturnType<typeof createDataDirectory>>;
let app: App;
let url: string;
let engine: CopyingEngine;
let stillroar: ReturnType<typeof createStillroar>;
let caller: ReturnType<typeof createNativeCaller>;
let picture: Uint8Array;

beforeAll(async () => {
  globalThis.AI_SDK_LOG_WARNINGS = false;
  picture = await readFile(fileURLToPath(new URL('../../samples/sunset.jpg', import.meta.url)));
  data = await createDataDirectory();
  engine = createCopyingEngine({ milliseconds: 300, lastFrame: true });
  ({ app, url } = await startApp(data.path, engine));
  stillroar = createStillroar({ baseURL: url, apiKey: app.firstKey.clientSecret });
  caller = createNativeCaller(url, { authorization: `Bearer ${app.firstKey.clientSecret}` });
});
afterAll(async () => {
  await app.close();
  await data.remove();
});

const sample = () => `${url}/samples/sunset.jpg`;
const credits = async () => (await caller.get<{ credits: number }>('/api/v1/account')).body.credits;
const taskOf = async (id: string) => (await caller.get(`/api/v1/tasks/${id}`)).body;

/** The tasks behind videos, as the provider tells of them. */
async function tasksOf(metadata: { [provider: string]: unknown }): Promise<NativeTask[]> {
  const { videos } = metadata.stillroar as { videos: { taskId: string }[] };
  return Promise.all(videos.map(({ taskId }) => taskOf(taskId)));
}

/** Somebody who is told, and what he has heard. */
async function listen(): Promise<{ url: string; heard: { type: string; data: NativeTask }[] }> {
  const heard: { type: string; data: NativeTask }[] = [];
  const receiver = await startFileServer(async (request, response) => {
    heard.push((await json(request)) as (typeof heard)[number]);
    response.end();
  });
  onTestFinished(() => receiver.close());
  return { url: `${receiver.url}/hook`, heard };
}

test('bytes become a video, whose bytes the caller gets', async () => {
  const { video, warnings, providerMetadata } = await generateVideo({
    model: stillroar.video(),
    prompt: { image: picture, text: 'slow push in, waves' },
    resolution: '1920x1080',
    duration: 10,
    seed: 7,
  });
  expect(Buffer.compare(video.uint8Array, asVideo(picture))).toBe(0);
  expect(video.mediaType).toBe('video/mp4');
  expect(warnings).toEqual([]);
  const [task] = await tasksOf(providerMetadata);
  expect(task).toMatchObject({
    kind: 'image-to-video',
    state: 'completed',
    seed: 7,
    input: { prompt: 'slow push in, waves', resolution: '1080p', seconds: 10, audio: 'ai' },
  });
});

test('a picture goes by its address too, with a last one, a model and what the AI SDK has no words for', async () => {
  const { providerMetadata } = await generateVideo({
    model: stillroar.video('builtin-fine'),
    prompt: 'petals fall',
    frameImages: [
      { image: sample(), frameType: 'first_frame' },
      { image: picture, frameType: 'last_frame' },
    ],
    generateAudio: false,
    providerOptions: { stillroar: { negativePrompt: 'no shake', externalId: 'order-17' } },
  });
  const [task] = await tasksOf(providerMetadata);
  expect(task).toMatchObject({
    model: 'builtin-fine',
    externalId: 'order-17',
    input: { image: sample(), audio: 'none', negativePrompt: 'no shake', lastImage: expect.any(String) },
  });
});

test('words become a video in the shape of the resolution', async () => {
  const { providerMetadata, warnings } = await generateVideo({
    model: stillroar.video(),
    prompt: 'waves at dusk',
    resolution: '720x1280',
  });
  expect(warnings).toEqual([]);
  const [task] = await tasksOf(providerMetadata);
  expect(task).toMatchObject({ kind: 'text-to-video', input: { aspectRatio: '9:16', resolution: '720p' } });
});

test('what cannot be is done as nearly as it can be, and said', async () => {
  const odd = await generateVideo({
    model: stillroar.video(),
    prompt: { image: sample(), text: 'x' },
    aspectRatio: '21:9',
    resolution: '1000x900',
    duration: 8,
    fps: 5,
  });
  expect(odd.warnings.map((warning) => warning.type === 'unsupported' && warning.feature)).toEqual([
    'resolution',
    'aspectRatio',
    'duration',
    'fps',
  ]);
  const [task] = await tasksOf(odd.providerMetadata);
  expect(task!.input).toMatchObject({ resolution: '1080p', seconds: 10, fps: 12 });
  const words = await generateVideo({
    model: stillroar.video(),
    prompt: 'waves',
    aspectRatio: '4:3',
    inputReferences: [sample()],
  });
  console.log(words.warnings);
  expect(words.warnings).toHaveLength(2);
});

test('several videos of one call differ by their seeds', async () => {
  const { videos, providerMetadata } = await generateVideo({
    model: stillroar.video(),
    prompt: { image: sample() },
    n: 3,
    seed: 40,
  });
  expect(videos).toHaveLength(3);
  expect((await tasksOf(providerMetadata)).map(({ seed }) => seed)).toEqual([40, 41, 42]);
});

test('a webhook is told once for each video, at its end, and is waited for instead of asking', async () => {
  const told = await listen();
  const answered = (count: number) => async () => ({
    url: told.url,
    received: (async () => {
      while (told.heard.length < count) await new Promise((resolve) => setTimeout(resolve, 20));
      return { headers: {}, body: null };
    })(),
  });
  const one = await generateVideo({
    model: stillroar.video(),
    prompt: { image: sample() },
    webhook: answered(1),
  });
  expect(told.heard.map(({ type }) => type)).toEqual(['task.completed']);
  expect(one.video.uint8Array.length).toBeGreaterThan(1_000);
  // Of two the second may end after the first has been told.
  const two = await generateVideo({
    model: stillroar.video(),
    prompt: { image: sample() },
    n: 2,
    webhook: answered(2),
  });
  expect(two.videos).toHaveLength(2);
});

test('a start answers at once; how it stands is asked later, by whoever has the operation', async () => {
  const told = await listen();
  const { operation } = await startVideo({
    model: stillroar.video(),
    prompt: { image: sample() },
    webhookUrl: told.url,
  });
  const kept = JSON.parse(JSON.stringify(operation));
  expect((await getVideoStatus(stillroar.video(), { operation: kept })).status).toBe('pending');
  await expect.poll(() => told.heard.map(({ type }) => type)).toEqual(['task.completed']);
  const status = await getVideoStatus(stillroar.video(), { operation: kept });
  expect(status).toMatchObject({
    status: 'completed',
    videos: [{ type: 'binary', mediaType: 'video/mp4' }],
    providerMetadata: { stillroar: { videos: [{ credits: 20, url: expect.stringContaining(url) }] } },
  });
});

test('a start that is repeated under its key is the same video, paid once', async () => {
  const before = await credits();
  const start = () =>
    startVideo({
      model: stillroar.video(),
      prompt: { image: picture, text: 'once' },
      headers: { 'Idempotency-Key': 'order-18' },
    });
  const [first, second] = [await start(), await start()];
  expect(second.operation).toEqual(first.operation);
  expect(before - (await credits())).toBe(20);
});

test('a refusal is an error of the AI SDK, with the server’s sentence, and nothing of the call is left', async () => {
  const model = stillroar.video();
  const refusal = (await generateVideo({
    model,
    prompt: { image: sample() },
    providerOptions: { stillroar: { negativPrompt: 'x' } },
  }).catch((error: unknown) => error)) as APICallError;
  expect(APICallError.isInstance(refusal)).toBe(true);
  expect(refusal).toMatchObject({ statusCode: 400, isRetryable: false, data: { code: 'invalid-field' } });
  expect(refusal.message).toContain('Did you mean negativePrompt?');
  await expect(
    generateVideo({ model: stillroar.video('builtin-fst'), prompt: { image: sample() } }),
  ).rejects.toThrow('Did you mean builtin-fast?');
  const stranger = createStillroar({ baseURL: url, apiKey: 'x' }).video();
  await expect(generateVideo({ model: stranger, prompt: 'x' })).rejects.toMatchObject({ statusCode: 401 });

  // The second of the two has a name that is taken.
  const before = await credits();
  await expect(
    generateVideo({
      model,
      prompt: { image: sample() },
      n: 2,
      providerOptions: { stillroar: { externalId: 'order-19' } },
    }),
  ).rejects.toThrow('order-19');
  expect(await credits()).toBe(before);
});

test('a task that fails says why, waited for and asked for alike', async () => {
  const gone = `${url}/samples/nothing.jpg`;
  await expect(generateVideo({ model: stillroar.video(), prompt: { image: gone } })).rejects.toThrow(
    'no sample named nothing.jpg',
  );
  await expect(
    generateVideo({
      model: stillroar.video(),
      prompt: { image: gone },
      poll: { intervalMs: 50 },
    }),
  ).rejects.toThrow('no sample named nothing.jpg');
});

test('an aborted call cancels its task', async () => {
  const stop = new AbortController();
  const started = engine.started.length;
  const call = generateVideo({
    model: stillroar.video(),
    prompt: { image: sample(), text: 'to be aborted' },
    abortSignal: stop.signal,
  });
  const refused = expect(call).rejects.toThrow('enough');
  await expect.poll(() => engine.started.length).toBeGreaterThan(started);
  stop.abort(new Error('enough'));
  await refused;
  const { body } = await caller.get<{ items: NativeTask[] }>('/api/v1/tasks?text=to%20be%20aborted');
  expect(body.items.map(({ state }) => state)).toEqual(['cancelled']);
});
