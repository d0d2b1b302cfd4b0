import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { asVideo, type CopyingEngine, createCopyingEngine } from '../../../test/support/copying-engine.ts';
import { createDataDirectory } from '../../../test/support/database.ts';
import { engineInput } from '../../../test/support/engine-input.ts';
import { createNativeCaller } from '../../../test/support/native.ts';
import { startApp } from '../../../test/support/server.ts';
import type { App } from '../../app.ts';
import type { Engine, EngineInput, Operation } from '../engine.ts';
import { createOpenAiVideosEngine } from '../openai-videos/index.ts';
import { createRemoteEngine } from '../remote/index.ts';
import { createAkoolService } from './akool.ts';
import { createKlingService } from './kling.ts';

// A server of ours stands in for each cloud: it speaks their APIs as they publish them.

const picture = fileURLToPath(new URL('../../../samples/stream.jpg', import.meta.url));
const signal = new AbortController().signal;
const times = { probe: 60_000, poll: 20 };
const media = { measure: async () => ({ width: 1600, height: 900 }) };

let cloudEngine: CopyingEngine;
let cloud: App;
let url: string;

beforeAll(async () => {
  cloudEngine = createCopyingEngine({ milliseconds: 100, lastFrame: true });
  ({ app: cloud, url } = await startApp((await createDataDirectory()).path, cloudEngine));
});
afterAll(() => cloud.close());

const engines: Record<string, { model: string; create: () => Engine }> = {
  kling: {
    model: 'kling-v2-1',
    create: () => {
      const { clientId: accessKey, clientSecret: secretKey } = cloud.firstKey;
      return createRemoteEngine(createKlingService({ url, accessKey, secretKey }), times);
    },
  },
  akool: {
    model: 'akool-image2video',
    create: () => createRemoteEngine(createAkoolService({ url, key: cloud.firstKey.clientSecret }), times),
  },
  'openai-videos': {
    model: 'builtin-fast',
    create: () => {
      const key = cloud.firstKey.clientSecret;
      return createOpenAiVideosEngine({ url: `${url}/v1`, key, flavour: 'openai', media, times });
    },
  },
};

let count = 0;
async function inputOf(model: string, changes: Partial<EngineInput> = {}): Promise<EngineInput> {
  const workDirectory = await mkdtemp(join(tmpdir(), 'stillroar-upstream-'));
  onTestFinished(() => rm(workDirectory, { recursive: true, force: true }));
  return engineInput(workDirectory, {
    taskId: (++count).toString(16).padStart(24, '0'),
    model,
    quality: 'fine',
    imageUrl: `${url}/samples/stream.jpg`,
    prompt: 'a stream in the rain',
    ...changes,
  });
}

async function follow(engine: Engine, operation: Operation) {
  for (;;) {
    const status = await engine.status(operation, signal);
    if (status.state !== 'running') return status;
  }
}

describe.each(Object.entries(engines))('%s', (_name, { model, create }) => {
  test('makes a video there and brings it here', async () => {
    const engine = create();
    onTestFinished(() => engine.close());
    await engine.ready;
    const status = await follow(engine, await engine.start(await inputOf(model), signal));
    if (status.state !== 'completed') throw new Error(JSON.stringify(status));
    const made = await readFile(status.files[0]!.path);
    expect(made.equals(asVideo(await readFile(picture)))).toBe(true);
    expect(cloudEngine.started.at(-1)!.input).toMatchObject({
      kind: 'image-to-video',
      prompt: 'a stream in the rain',
      resolution: '720p',
      seconds: 5,
    });
  });

  test('another worker takes up the job from what is stored, and no second one is paid for', async () => {
    const before = cloudEngine.started.length;
    const first = create();
    const input = await inputOf(model);
    const operation = JSON.parse(JSON.stringify(await first.start(input, signal))) as Operation;
    await first.close();
    const second = create();
    onTestFinished(() => second.close());
    expect(await second.status(operation, signal)).toMatchObject({ code: 'engine-lost', retryable: true });
    await second.resume!(operation, await inputOf(model, { taskId: input.taskId, attempt: 2 }));
    expect(await follow(second, operation)).toMatchObject({ state: 'completed' });
    expect(cloudEngine.started.length).toBe(before + 1);
  });

  test('what is refused there fails in a sentence here, with the reason for the log', async () => {
    const engine = create();
    onTestFinished(() => engine.close());
    const failure = await engine
      .start(await inputOf(model, { seconds: 7, prompt: 'x'.repeat(9_000) }), signal)
      .catch((error: unknown) => error as Error);
    expect(failure).toMatchObject({ code: 'engine-failed' });
    expect(String((failure as Error).cause)).toMatch(/prompt|video_length|duration/);
  });

  test('a job that is not known there is lost', async () => {
    const engine = create();
    onTestFinished(() => engine.close());
    const operation = { id: model.startsWith('kling') ? 'image2video/123' : 'f'.repeat(24) };
    await engine.resume!(operation, await inputOf(model));
    expect(await engine.status(operation, signal)).toMatchObject({ code: 'engine-lost', retryable: true });
  });
});

test('Kling finds what an earlier attempt has begun by the task’s own name', async () => {
  const before = cloudEngine.started.length;
  const engine = engines.kling!.create();
  onTestFinished(() => engine.close());
  const input = await inputOf('kling-v2-1', { resolution: '1080p', lastImagePath: picture });
  const first = await engine.start(input, signal);
  const again = await engine.start(await inputOf('kling-v2-1', { taskId: input.taskId, attempt: 2 }), signal);
  expect(again).toEqual(first);
  expect(await follow(engine, again)).toMatchObject({ state: 'completed' });
  expect(cloudEngine.started.length).toBe(before + 1);
  expect(cloudEngine.started.at(-1)!.input).toMatchObject({ resolution: '1080p' });
  expect(cloudEngine.started.at(-1)!.input.lastImagePath).toBeDefined();
});

test('from words', async () => {
  const engine = engines.kling!.create();
  onTestFinished(() => engine.close());
  const { imagePath: _, ...words } = await inputOf('kling-v2-6');
  await engine.start({ ...words, kind: 'text-to-video', motion: { aspectRatio: '9:16' } }, signal);
  while (cloudEngine.started.at(-1)?.input.kind !== 'text-to-video') {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  expect(cloudEngine.started.at(-1)!.input).toMatchObject({ motion: { aspectRatio: '9:16' } });
});

test('a server that restarts while a cloud works asks for the job that it has begun', async () => {
  const before = cloudEngine.started.length;
  const { path } = await createDataDirectory();
  const start = async (port = 0) => {
    const engine = engines.kling!.create();
    const started = await startApp(path, engine, { port });
    await engine.ready;
    const { clientSecret } = started.app.firstKey;
    return { ...started, native: createNativeCaller(started.url, { 'x-api-key': clientSecret }) };
  };
  const first = await start();
  const { body: task } = await first.native.post('/api/v1/tasks', {
    image: `${first.url}/samples/stream.jpg`,
    prompt: 'a stream',
    model: 'kling-v2-1',
  });
  while (cloudEngine.started.length === before) await new Promise((resolve) => setTimeout(resolve, 5));
  await first.app.close();
  const second = await start(Number(new URL(first.url).port));
  onTestFinished(() => second.app.close());
  const done = await second.native.wait(task.id, 'completed', 'failed');
  expect(done).toMatchObject({ state: 'completed', engine: 'kling', credits: 20 });
  expect(cloudEngine.started.length).toBe(before + 1);
  const { credits } = (await second.native.get<{ credits: number }>('/api/v1/account')).body;
  expect(credits).toBe(10_000 - 20);
});
