import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { engineInput } from '../../../test/support/engine-input.ts';
import type { EngineInput } from '../engine.ts';
import { createOpenAiVideosEngine, type OpenAiVideosParts } from './index.ts';

// An inference server that speaks /v1/videos with its own fields.

const signal = new AbortController().signal;

interface Fake {
  url: string;
  forms: FormData[];
  deleted: string[];
  status: string;
  server: ReturnType<typeof createServer>;
}

async function startFake(models: string[]): Promise<Fake> {
  const fake = { forms: [] as FormData[], deleted: [] as string[], status: 'queued' } as unknown as Fake;
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const json = (value: unknown) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(JSON.stringify(value));
    };
    const video = { id: 'video_gen_1', object: 'video', status: fake.status, progress: 40 };
    if (request.headers.authorization !== 'Bearer key') return response.writeHead(401).end();
    if (request.url === '/v1/models') return json({ object: 'list', data: models.map((id) => ({ id })) });
    if (request.method === 'DELETE') {
      fake.deleted.push(request.url!);
      return json({ deleted: true });
    }
    if (request.method === 'POST') {
      const headers = { 'content-type': request.headers['content-type']! };
      fake.forms.push(await new Response(Buffer.concat(chunks), { headers }).formData());
      return json(video);
    }
    if (request.url === '/v1/videos/video_gen_1/content') {
      return response.writeHead(307, { location: '/files/1.mp4' }).end();
    }
    if (request.url === '/files/1.mp4') return response.writeHead(200).end('the video');
    return json({
      ...video,
      ...(fake.status === 'failed' && { error: { code: 'x', message: 'out of memory' } }),
    });
  };
  fake.server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve) => fake.server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void fake.server.close());
  fake.url = `http://127.0.0.1:${(fake.server.address() as AddressInfo).port}/v1`;
  return fake;
}

async function start(fake: Fake, flavour: OpenAiVideosParts['flavour'], probe = 60_000) {
  const engine = createOpenAiVideosEngine({
    url: fake.url,
    key: 'key',
    flavour,
    media: { measure: async () => ({ width: 1600, height: 900 }) },
    times: { probe, poll: 10 },
  });
  onTestFinished(() => engine.close());
  await engine.ready;
  return engine;
}

async function inputOf(model: string): Promise<EngineInput> {
  const workDirectory = await mkdtemp(join(tmpdir(), 'stillroar-videos-'));
  onTestFinished(() => rm(workDirectory, { recursive: true, force: true }));
  return engineInput(workDirectory, { model, quality: 'fine', negativePrompt: 'blur' });
}

test('what a model does is read from its name', async () => {
  const fake = await startFake(['Wan-AI/Wan2.2-I2V-A14B-Diffusers', 'Wan2.2-TI2V-5B', 'x/wan-T2V']);
  const engine = await start(fake, 'vllm');
  expect(engine.models.map(({ name, kinds }) => [name, kinds.length, kinds[0]])).toEqual([
    ['wan2.2-i2v-a14b-diffusers', 1, 'image-to-video'],
    ['wan2.2-ti2v-5b', 2, 'image-to-video'],
    ['wan-t2v', 1, 'text-to-video'],
  ]);
  const openai = await start(await startFake(['gpt-9', 'sora-2']), 'openai');
  expect(openai.models.map(({ name }) => name)).toEqual(['sora-2']);
});

test('an inference server gets frames, sides and seed; the file is fetched behind a redirect', async () => {
  const fake = await startFake(['Wan-AI/Wan2.2-I2V-A14B-Diffusers']);
  const engine = await start(fake, 'vllm');
  const operation = await engine.start(await inputOf('wan2.2-i2v-a14b-diffusers'), signal);
  const { input_reference, ...fields } = Object.fromEntries(fake.forms[0]!);
  expect(fields).toEqual({
    model: 'Wan-AI/Wan2.2-I2V-A14B-Diffusers',
    prompt: 'a stream',
    negative_prompt: 'blur',
    width: '1280',
    height: '720',
    size: '1280x720',
    num_frames: '81',
    fps: '16',
    seed: '7',
  });
  expect((input_reference as File).type).toBe('image/jpeg');
  expect(await engine.status(operation, signal)).toEqual({
    state: 'running',
    progress: 40,
    stage: 'rendering',
  });
  fake.status = 'completed';
  const status = await engine.status(operation, signal);
  if (status.state !== 'completed') throw new Error(JSON.stringify(status));
  expect(await readFile(status.files[0]!.path, 'utf8')).toBe('the video');
});

test('a failure there is told, and a cancelled job is deleted there', async () => {
  const fake = await startFake(['wan']);
  const engine = await start(fake, 'sglang');
  const operation = await engine.start(await inputOf('wan'), signal);
  fake.status = 'failed';
  expect(await engine.status(operation, signal)).toMatchObject({ state: 'failed', detail: 'out of memory' });
  await engine.cancel(operation);
  expect(fake.deleted).toEqual(['/v1/videos/video_gen_1']);
});

test('a server that stops answering is waited for, and its models are unavailable', async () => {
  const fake = await startFake(['wan']);
  const engine = await start(fake, 'vllm', 50);
  const operation = await engine.start(await inputOf('wan'), signal);
  fake.server.closeAllConnections();
  await new Promise((resolve) => fake.server.close(resolve));
  expect(await engine.status(operation, signal)).toMatchObject({ state: 'running' });
  while (engine.models.length > 0) await new Promise((resolve) => setTimeout(resolve, 10));
  expect(engine.unavailable).toMatchObject([
    { name: 'wan', needs: [expect.stringContaining('does not answer')] },
  ]);
});
