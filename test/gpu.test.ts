import { copyFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import type { Config } from '../src/config.ts';
import { createBuiltinEngine } from '../src/engines/builtin/index.ts';
import { comfyTimes, createComfyEngine } from '../src/engines/comfyui/index.ts';
import type { Engine } from '../src/engines/engine.ts';
import { createFinisher } from '../src/engines/finish/finisher.ts';
import { withFinish } from '../src/engines/finish/index.ts';
import { probeMedia } from '../src/media/probe.ts';
import { echoWorkflow, stillWorkflow } from './support/comfy-workflows.ts';
import { type FakeComfy, type FakeOptions, startFakeComfy } from './support/comfyui.ts';
import { createCopyingEngine } from './support/copying-engine.ts';
import { createDataDirectory } from './support/database.ts';
import { makeFilm } from './support/film.ts';
import { createNativeCaller } from './support/native.ts';
import { startApp } from './support/server.ts';

// A server with a GPU engine beside the built-in one, through its own doors.

const times = { ...comfyTimes, probe: 100, poll: 20, patience: 300, silence: 300 };
let film: Buffer;
let loud: Buffer;
let builtin: Engine;

beforeAll(async () => {
  film = await makeFilm();
  loud = await makeFilm({ sound: true });
  builtin = createBuiltinEngine();
});
afterAll(() => builtin.close());

/** A server over a fake ComfyUI; the built-in engine outlives it. */
async function start(options: FakeOptions = {}, settings: Partial<Config> = {}, data?: string) {
  const fake = await startFakeComfy({ result: film, ...options });
  onTestFinished(() => fake.close().catch(() => {}));
  return { fake, ...(await startOver(fake, settings, data)) };
}

async function startOver(fake: FakeComfy, settings: Partial<Config> = {}, data?: string) {
  const directory = data ?? (await createDataDirectory()).path;
  const finisher = createFinisher();
  const comfy = createComfyEngine({
    urls: [fake.url],
    workflows: [stillWorkflow({ seconds: [5, 10], piece: 5 }), echoWorkflow()],
    accepted: ['echo'],
    media: { ...finisher, resample: (path, to) => copyFile(path, to) },
    times,
  });
  const lasting = { ...builtin, close: async () => {} };
  const { app, url } = await startApp(directory, [lasting, withFinish(comfy, lasting, finisher)], settings);
  onTestFinished(() => app.close());
  await comfy.ready;
  const key = { 'x-api-key': app.firstKey.clientSecret };
  return { app, url, directory, native: createNativeCaller(url, key) };
}

const sample = (url: string) => `${url}/samples/stream.jpg`;

test('a model of ComfyUI’s is listed, priced and rendered like any other, and gets the sound that it lacks', async () => {
  const { fake, url, native } = await start();
  const models = await native.get('/api/open/v4/aigModel/list?types=1501');
  expect(JSON.stringify(models.body)).toContain('"value":"still"');
  const { body: task } = await native.post('/api/v1/tasks', {
    image: sample(url),
    prompt: 'a stream in the rain',
    model: 'still',
  });
  const done = await native.wait(task.id, 'completed', 'failed');
  expect(done).toMatchObject({ state: 'completed', engine: 'comfyui', model: 'still', credits: 20 });
  expect(done.outputs.map(({ kind }) => kind)).toEqual(['video', 'cover']);
  const made = new Uint8Array(await (await fetch(done.outputs[0]!.url)).arrayBuffer());
  const { video, audio } = await probeMedia(made);
  const source = await probeMedia(film);
  // The packets of the model's picture are as they were.
  expect(video).toEqual(source.video);
  expect(audio!.durationSeconds).toBeCloseTo(5.06, 1);
  expect(JSON.stringify(done.plan!.sound)).toContain('rain');
  expect(fake.submitted).toHaveLength(1);
});

test('a model that makes sound keeps its own, and silence is silence', async () => {
  const { url, native } = await start({ result: loud });
  const make = async (audio: string) => {
    const { body } = await native.post('/api/v1/tasks', {
      image: sample(url),
      prompt: 'x',
      model: 'still',
      audio,
    });
    const { outputs } = await native.wait(body.id, 'completed', 'failed');
    return probeMedia(new Uint8Array(await (await fetch(outputs[0]!.url)).arrayBuffer()));
  };
  const source = await probeMedia(loud);
  expect((await make('ai')).audio).toEqual(source.audio);
  const mute = await make('none');
  expect(mute.audio).toBeUndefined();
  expect(mute.video).toEqual(source.video);
});

test('ten seconds of a model that draws five are two pieces, joined into one video', async () => {
  const { fake, url, native } = await start();
  const { body: task } = await native.post('/api/v1/tasks', {
    image: sample(url),
    prompt: 'x',
    model: 'still',
    seconds: 10,
    audio: 'none',
  });
  const done = await native.wait(task.id, 'completed', 'failed');
  expect(done).toMatchObject({ state: 'completed', credits: 40 });
  expect(done.warnings.map(({ code }) => code)).toContain('made-in-pieces');
  expect(fake.uploads.map(({ name }) => name)).toEqual([`${task.id}-image.png`, `${task.id}-image-1.png`]);
  const made = await probeMedia(new Uint8Array(await (await fetch(done.outputs[0]!.url)).arrayBuffer()));
  expect(made.video).toMatchObject({ width: 1280, height: 720, frameCount: 161 });
  expect(made.video!.durationSeconds).toBeCloseTo(10.06, 1);
});

test('of a model that makes sound for videos only the sound is taken', async () => {
  const { fake, url, native } = await start({ result: loud });
  const upload = await fetch(`${url}/api/v1/uploads`, {
    method: 'POST',
    headers: { ...native.credentials, 'content-type': 'video/mp4' },
    body: new Uint8Array(film),
  });
  const { id } = (await upload.json()) as { id: string };
  const { body: task } = await native.post('/api/v1/tasks', { video: id, prompt: 'water', model: 'echo' });
  const done = await native.wait(task.id, 'completed', 'failed');
  expect(done).toMatchObject({ state: 'completed', engine: 'comfyui' });
  const made = await probeMedia(new Uint8Array(await (await fetch(done.outputs[0]!.url)).arrayBuffer()));
  expect(made.video).toEqual((await probeMedia(film)).video);
  expect(made.audio!.durationSeconds).toBeCloseTo(5.06, 1);
  expect(fake.uploads).toHaveLength(1);
});

describe('which model does the work', () => {
  test('the operator’s default does what names none, and what it cannot do falls to another with a warning', async () => {
    const { url, native } = await start({}, { models: { 'image-to-video': 'still' } });
    const estimate = async (fields: object) =>
      (
        await native.post<{ model: string; warnings: { code: string; message: string }[] }>(
          '/api/v1/estimate',
          {
            image: sample(url),
            prompt: 'x',
            ...fields,
          },
        )
      ).body;
    expect(await estimate({})).toMatchObject({ model: 'still', warnings: [] });
    expect(await estimate({ model: 'builtin-fine' })).toMatchObject({ model: 'builtin-fine', warnings: [] });
    const large = await estimate({ resolution: '1080p' });
    expect(large.model).toBe('builtin-fast');
    expect(large.warnings[0]).toMatchObject({ code: 'model-fallback' });
    expect(large.warnings[0]!.message).toContain('This model makes 720p, not 1080p');
  });

  test('a model that is away is refused by name, and replaced only by what the operator names', async () => {
    const { fake, url, native } = await start();
    await fake.pause();
    const wish = { image: sample(url), prompt: 'x', model: 'still' };
    while (
      (await native.get<{ items: { name: string }[] }>('/api/v1/models')).body.items.some(
        ({ name }) => name === 'still',
      )
    ) {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    const refused = await native.post<{ code: string; detail: string }>('/api/v1/estimate', wish);
    expect(refused.status).toBe(503);
    expect(refused.body).toMatchObject({ code: 'engine-unavailable' });
    const { body: engines } = await native.get<{
      items: { name: string; unavailable: { name: string; needs: string[] }[] }[];
    }>('/api/v1/engines');
    expect(engines.items[1]).toMatchObject({ name: 'comfyui', models: [] });
    expect(engines.items[1]!.unavailable[0]!.needs[0]).toContain('No ComfyUI server answers');

    const other = await startOver(fake, { fallback: ['builtin-fine'] });
    const answer = await other.native.post<{ model: string; warnings: { code: string }[] }>(
      '/api/v1/estimate',
      {
        ...wish,
        image: sample(other.url),
      },
    );
    expect(answer.body).toMatchObject({ model: 'builtin-fine', warnings: [{ code: 'model-fallback' }] });
  });
});

describe('a GPU that goes away while a task waits for it', () => {
  /** A server whose ComfyUI is gone, and does not know it yet when the task is made. */
  async function make(
    settings: Partial<Config>,
    wish: object = { model: 'still' },
    other = createCopyingEngine(),
  ) {
    const fake = await startFakeComfy();
    const finisher = createFinisher();
    const comfy = createComfyEngine({
      urls: [fake.url],
      workflows: [stillWorkflow({ prices: { '720p': 60 } })],
      accepted: [],
      media: finisher,
      times: { ...times, probe: 60_000 },
    });
    const engines = [other, withFinish(comfy, other, finisher)];
    const { app, url } = await startApp((await createDataDirectory()).path, engines, settings);
    onTestFinished(() => app.close());
    await comfy.ready;
    const native = createNativeCaller(url, { 'x-api-key': app.firstKey.clientSecret });
    await fake.close();
    const { body: task } = await native.post('/api/v1/tasks', { image: sample(url), prompt: 'x', ...wish });
    expect(task).toMatchObject({ model: 'still', credits: 60, warnings: [] });
    const done = await native.wait(task.id, 'completed', 'failed');
    const { credits } = (await native.get<{ credits: number }>('/api/v1/account')).body;
    return { done, credits };
  }

  test('is stood in for by the model that the operator named, which says so and costs what it costs', async () => {
    const { done, credits } = await make({ fallback: ['none-such', 'builtin-fine'] });
    expect(done).toMatchObject({ state: 'completed', engine: 'copying', model: 'builtin-fine', credits: 20 });
    expect(done.warnings).toMatchObject([{ code: 'model-fallback' }]);
    expect(done.warnings[0]!.message).toContain('still could not be used, and builtin-fine does the work');
    expect(credits).toBe(10_000 - 20);
  });

  test('is stood in for by the usual model where no model was named', async () => {
    const { done, credits } = await make({ models: { 'image-to-video': 'still' } }, {});
    expect(done).toMatchObject({ state: 'completed', model: 'builtin-fast', credits: 20 });
    expect(done.warnings).toMatchObject([{ code: 'model-fallback' }]);
    expect(credits).toBe(10_000 - 20);
  });

  test('fails a task of its own name where nobody may stand in, and the price comes back', async () => {
    const { done, credits } = await make({});
    expect(done).toMatchObject({ state: 'failed', error: { code: 'engine-unavailable' } });
    expect(credits).toBe(10_000);
  });

  test('gives back the whole price when the one that stands in fails, too', async () => {
    const failure = {
      state: 'failed',
      code: 'engine-failed',
      reason: 'It broke.',
      retryable: false,
    } as const;
    const other = createCopyingEngine({ failures: [failure] });
    const { done, credits } = await make({ fallback: ['builtin-fine'] }, undefined, other);
    expect(done).toMatchObject({ state: 'failed', model: 'builtin-fine', error: { message: 'It broke.' } });
    expect(credits).toBe(10_000);
  });
});

describe('one result and one charge', () => {
  const creditsOf = async (native: ReturnType<typeof createNativeCaller>) =>
    (await native.get<{ credits: number }>('/api/v1/account')).body.credits;

  test('when the server restarts while the GPU works', async () => {
    const first = await start({ outcomes: ['hang'] });
    const { body: task } = await first.native.post('/api/v1/tasks', {
      image: sample(first.url),
      prompt: 'x',
      model: 'still',
      audio: 'none',
    });
    while (first.fake.submitted.length === 0) await new Promise((resolve) => setTimeout(resolve, 10));
    await first.app.close();
    // The same address, so that the picture is where it was.
    const second = await startOver(first.fake, { port: Number(new URL(first.url).port) }, first.directory);
    first.fake.release();
    expect(await second.native.wait(task.id, 'completed', 'failed')).toMatchObject({ state: 'completed' });
    expect(first.fake.submitted).toHaveLength(1);
    expect(await creditsOf(second.native)).toBe(10_000 - 20);
  });

  test('when ComfyUI restarts in mid-job', async () => {
    const { fake, url, native } = await start({ outcomes: ['hang'] });
    const { body: task } = await native.post('/api/v1/tasks', {
      image: sample(url),
      prompt: 'x',
      model: 'still',
      audio: 'none',
    });
    while (fake.submitted.length === 0) await new Promise((resolve) => setTimeout(resolve, 10));
    await fake.restart();
    expect(await native.wait(task.id, 'completed', 'failed')).toMatchObject({ state: 'completed' });
    expect(fake.submitted).toHaveLength(2);
    expect(await creditsOf(native)).toBe(10_000 - 20);
  });

  test.each([
    ['while the picture is sent', '/upload/image', 1],
    ['when it has taken the work and not said so', '/prompt', 2],
    ['while the result is fetched', '/view', 2],
  ])('when ComfyUI restarts %s', async (_when, path, prompts) => {
    const { fake, url, native } = await start();
    fake.restartAt(path);
    const { body: task } = await native.post('/api/v1/tasks', {
      image: sample(url),
      prompt: 'x',
      model: 'still',
      audio: 'none',
    });
    expect(await native.wait(task.id, 'completed', 'failed')).toMatchObject({ state: 'completed' });
    expect(fake.submitted).toHaveLength(prompts);
    expect(await creditsOf(native)).toBe(10_000 - 20);
  });

  test('when the task is cancelled: the GPU is let go, and the price comes back', async () => {
    const { fake, url, native } = await start({ outcomes: ['hang'], version: '0.28.1' });
    const { body: task } = await native.post('/api/v1/tasks', {
      image: sample(url),
      prompt: 'x',
      model: 'still',
    });
    while (fake.submitted.length === 0) await new Promise((resolve) => setTimeout(resolve, 10));
    await native.post(`/api/v1/tasks/${task.id}/cancel`);
    while (fake.cancelled.length === 0) await new Promise((resolve) => setTimeout(resolve, 10));
    expect(fake.cancelled).toEqual([fake.submitted[0]!.id]);
    expect(await creditsOf(native)).toBe(10_000);
  });
});
