import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  APICallError,
  type Experimental_VideoModelV3 as VideoModelV3,
  type Experimental_VideoModelV4 as VideoModelV4,
} from '@ai-sdk/provider';
import { describe, expect, onTestFinished, test } from 'vitest';
import { engineInput } from '../../../test/support/engine-input.ts';
import { startFileServer } from '../../../test/support/server.ts';
import type { Engine, EngineInput, Operation } from '../engine.ts';
import { createRemoteEngine } from '../remote/index.ts';
import { createAiSdkService } from './index.ts';
import { loadVideoModels, type OfferedModel } from './load-models.ts';
import type { VideoModel } from './video-model.ts';

// Models as providers of the AI SDK write them, held to its own types.

const signal = new AbortController().signal;
const media = { measure: async () => ({ width: 1600, height: 900 }) };
const response = { timestamp: new Date(0), modelId: 'film-1', headers: undefined };

async function createEngine(model: VideoModel, changes: Partial<OfferedModel> = {}): Promise<Engine> {
  const offer: OfferedModel = {
    name: 'film-1',
    model,
    kinds: ['image-to-video', 'text-to-video'],
    resolutions: ['720p'],
    seconds: [5],
    lastFrame: true,
    sound: true,
    prices: { '720p': 40 },
    providerOptions: { films: { style: 'plain' } },
    ...changes,
  };
  const engine = createRemoteEngine(createAiSdkService([offer], media), { probe: 60_000, poll: 5 });
  onTestFinished(() => engine.close());
  await engine.ready;
  return engine;
}

async function inputOf(changes: Partial<EngineInput> = {}): Promise<EngineInput> {
  const workDirectory = await mkdtemp(join(tmpdir(), 'stillroar-ai-sdk-'));
  onTestFinished(() => rm(workDirectory, { recursive: true, force: true }));
  return engineInput(workDirectory, { model: 'film-1', audio: 'ai', ...changes });
}

async function follow(engine: Engine, operation: Operation) {
  for (;;) {
    const status = await engine.status(operation, signal);
    if (status.state !== 'running') return status;
  }
}

/** A model whose provider has jobs: the second question finds the job done. */
function createJobModel(url: string, changes: Partial<VideoModelV4> = {}) {
  const calls: Parameters<NonNullable<VideoModelV4['doStart']>>[0][] = [];
  let questions = 0;
  const model: VideoModelV4 = {
    specificationVersion: 'v4',
    provider: 'films',
    modelId: 'film-1',
    maxVideosPerCall: 1,
    async doStart(call) {
      calls.push(call);
      return {
        operation: { job: calls.length },
        warnings: [{ type: 'unsupported', feature: 'seed', details: 'It draws lots.' }],
        response,
      };
    },
    async doStatus({ operation }) {
      expect(operation).toEqual({ job: 1 });
      if (++questions === 1) return { status: 'pending', response };
      const videos = [{ type: 'url' as const, url, mediaType: 'video/mp4' }];
      return { status: 'completed', videos, warnings: [], response };
    },
    ...changes,
  };
  return { model, calls };
}

describe('a model that has jobs', () => {
  test('gets what was asked for, and its video is fetched', async () => {
    const files = await startFileServer((_request, answer) => answer.end('the video'));
    onTestFinished(() => files.close());
    const { model, calls } = createJobModel(`${files.url}/made.mp4`);
    const engine = await createEngine(model);
    expect(engine.models).toMatchObject([{ name: 'film-1', title: 'films film-1', prices: { '720p': 40 } }]);
    const input = await inputOf({ negativePrompt: 'blur' });
    const end = await follow(
      engine,
      await engine.start({ ...input, lastImagePath: input.imagePath! }, signal),
    );
    if (end.state !== 'completed') throw new Error(end.state);
    expect(await readFile(end.files[0]!.path, 'utf8')).toBe('the video');
    expect(end.warnings.map(({ message }) => message)).toEqual([
      'The model film-1 has no use for the negative prompt.',
      'The model says: unsupported: seed. It draws lots.',
    ]);
    expect(calls[0]).toMatchObject({
      prompt: 'a stream',
      n: 1,
      resolution: '1280x720',
      aspectRatio: undefined,
      duration: 5,
      seed: 7,
      generateAudio: true,
      image: { type: 'file', mediaType: 'image/jpeg' },
      frameImages: [{ frameType: 'first_frame' }, { frameType: 'last_frame' }],
      providerOptions: { films: { style: 'plain' } },
    });
  });

  test('is asked for its job by whoever takes over, and begins no other', async () => {
    const files = await startFileServer((_request, answer) => answer.end('the video'));
    onTestFinished(() => files.close());
    const { model, calls } = createJobModel(`${files.url}/made.mp4`);
    const first = await createEngine(model);
    const operation = JSON.parse(JSON.stringify(await first.start(await inputOf(), signal))) as Operation;
    await first.close();
    const second = await createEngine(model);
    await second.resume!(operation, await inputOf({ attempt: 2 }));
    expect(await follow(second, operation)).toMatchObject({ state: 'completed' });
    expect(calls).toHaveLength(1);
  });

  test('from words it gets their aspect ratio', async () => {
    const { model, calls } = createJobModel('http://127.0.0.1:9/');
    const { imagePath: _, ...words } = await inputOf({
      kind: 'text-to-video',
      motion: { aspectRatio: '9:16' },
    });
    await (await createEngine(model)).start(words, signal);
    expect(calls[0]).toMatchObject({ aspectRatio: '9:16', resolution: '720x1280', image: undefined });
  });

  test('fails in a sentence, with the provider’s own words for the log', async () => {
    const { model } = createJobModel('', {
      doStatus: async () => ({ status: 'error', error: 'flagged', response }),
    });
    const engine = await createEngine(model);
    const end = await follow(engine, await engine.start(await inputOf(), signal));
    expect(end).toMatchObject({
      state: 'failed',
      code: 'engine-failed',
      retryable: false,
      detail: 'flagged',
    });
  });

  test('that refuses is told from one that cannot be reached', async () => {
    const refuse = (statusCode: number | undefined) =>
      createEngine(
        createJobModel('', {
          doStart: async () => {
            const url = 'https://films.example';
            throw new APICallError({
              message: 'no',
              url,
              requestBodyValues: {},
              ...(statusCode && { statusCode }),
              isRetryable: statusCode === undefined,
            });
          },
        }).model,
      );
    const input = await inputOf();
    await expect((await refuse(402)).start(input, signal)).rejects.toMatchObject({ code: 'engine-failed' });
    await expect((await refuse(undefined)).start(input, signal)).rejects.toMatchObject({
      code: 'engine-unavailable',
    });
  });
});

describe('a model that answers when the video is there', () => {
  const createCallModel = (doGenerate: VideoModelV3['doGenerate']): VideoModelV3 => ({
    specificationVersion: 'v3',
    provider: 'films',
    modelId: 'film-1',
    maxVideosPerCall: 1,
    doGenerate,
  });

  test.each([
    ['bytes', { type: 'binary', data: new TextEncoder().encode('the video'), mediaType: 'video/mp4' }],
    ['base64', { type: 'base64', data: btoa('the video'), mediaType: 'video/mp4' }],
  ] as const)('hands it over as %s', async (_name, video) => {
    const model = createCallModel(async () => ({ videos: [video], warnings: [], response }));
    const engine = await createEngine(model);
    const end = await follow(engine, await engine.start(await inputOf(), signal));
    if (end.state !== 'completed') throw new Error(end.state);
    expect(await readFile(end.files[0]!.path, 'utf8')).toBe('the video');
  });

  test('is lost with the process that called it, and its call ends with the task', async () => {
    let aborted: unknown;
    const model = createCallModel(
      ({ abortSignal }) =>
        new Promise((_resolve, reject) => {
          abortSignal!.addEventListener('abort', () => {
            aborted = abortSignal!.reason;
            reject(abortSignal!.reason);
          });
        }),
    );
    const first = await createEngine(model);
    const operation = await first.start(await inputOf(), signal);
    expect(await first.status(operation, signal)).toMatchObject({ state: 'running' });
    const second = await createEngine(model);
    await second.resume!(operation, await inputOf());
    expect(await second.status(operation, signal)).toMatchObject({ code: 'engine-lost', retryable: true });
    await first.cancel(operation);
    expect(aborted).toMatchObject({ message: 'cancelled' });
  });

  test('may hand over nothing', async () => {
    const engine = await createEngine(createCallModel(async () => ({ videos: [], warnings: [], response })));
    const end = await follow(engine, await engine.start(await inputOf(), signal));
    expect(end).toMatchObject({ state: 'failed', code: 'engine-failed' });
  });
});

describe('the operator’s module', () => {
  async function write(text: string): Promise<string> {
    const directory = await mkdtemp(join(tmpdir(), 'stillroar-ai-sdk-'));
    onTestFinished(() => rm(directory, { recursive: true, force: true }));
    const path = join(directory, 'video-models.mjs');
    await writeFile(path, text);
    return path;
  }
  const model = `{ specificationVersion: 'v3', provider: 'films', modelId: 'f', async doGenerate() {} }`;

  test('names its models and says what each can do', async () => {
    const path = await write(`
      export const models = [{ name: 'film-1', model: ${model}, kinds: ['text-to-video'], seconds: [4, 8] }];
    `);
    expect(await loadVideoModels(path)).toMatchObject([
      { name: 'film-1', kinds: ['text-to-video'], seconds: [4, 8], resolutions: ['720p'], lastFrame: false },
    ]);
  });

  test.each([
    ['', 'models: '],
    [
      `export const models = [{ name: 'x', model: {}, kinds: ['text-to-video'] }]`,
      'models.0.model: is no video',
    ],
    [`export const models = [{ name: 'A b', model: ${model}, kinds: [] }]`, 'models.0.name: '],
    [`import 'no-such-package';`, 'cannot be loaded: Cannot find package'],
  ])('is refused with what is wrong: %s', async (text, reason) => {
    const failure = await loadVideoModels(await write(text)).catch((error: unknown) => error as Error);
    expect(failure).toMatchObject({ code: 'configuration' });
    expect((failure as Error).message).toContain(reason);
  });
});
