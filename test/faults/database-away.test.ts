import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { App } from '../../src/app.ts';
import { createCopyingEngine } from '../support/copying-engine.ts';
import { type FaultyLine, startFaultyLine } from '../support/faulty-line.ts';
import { type Postgres, startPostgres } from '../support/postgres.ts';
import { startApp } from '../support/server.ts';

// A server whose PostgreSQL goes away under it: ended, and behind a line that lets nothing through.

let data: string;
let postgres: Postgres;
let line: FaultyLine;
let app: App;
let url: string;
let key: string;

beforeAll(async () => {
  data = await mkdtemp(join(tmpdir(), 'stillroar-away-'));
  postgres = await startPostgres();
  line = await startFaultyLine(postgres.port);
  await postgres.createDatabase('away');
  const databaseUrl = postgres.url('away').replace(String(postgres.port), String(line.port));
  const secretKey = 'a-secret-key-that-is-long-enough-for-it';
  const settings = { databaseUrl, secretKey, log: 'silent' as const };
  ({ app, url } = await startApp(data, createCopyingEngine(), settings));
  key = app.firstKey.clientSecret;
});
afterAll(async () => {
  await app.close();
  await line.close();
  await postgres.stop();
  await rm(data, { recursive: true });
});

async function ask(path: string, body?: unknown, headers: Record<string, string> = {}) {
  const response = await fetch(url + path, {
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json', ...headers },
    ...(body !== undefined && { method: 'POST', body: JSON.stringify(body) }),
  });
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.includes('json');
  return { status: response.status, headers: response.headers, text, body: isJson ? JSON.parse(text) : text };
}

const readiness = async () => (await ask('/readyz')).status;
const image = () => `${url}/samples/sunset.jpg`;
const requests: Record<string, () => [path: string, body?: unknown]> = {
  native: () => ['/api/v1/tasks', { image: image(), prompt: 'The sea.' }],
  'native, reading': () => ['/api/v1/tasks'],
  Akool: () => [
    '/api/open/v4/image2Video/createBySourcePrompt',
    { image_url: image(), prompt: 'x', resolution: '720p', audio_type: 3, video_length: 5 },
  ],
  'Akool, a batch': () => [
    '/api/open/v4/image2Video/createBySourcePrompt/batch',
    { image_url: image(), prompt: 'x', resolution: '720p', video_length: 5, count: 2 },
  ],
  Kling: () => ['/v1/videos/image2video', { image: image(), prompt: 'x' }],
  OpenAI: () => ['/v1/videos', { prompt: 'x', input_reference: { image_url: image() } }],
};

const envelopes: Record<string, unknown> = {
  native: { status: 503, code: 'database-unavailable', retryable: true },
  Akool: { code: 503, msg: expect.stringContaining('database'), message: expect.any(String) },
  Kling: { code: 5001, message: expect.stringContaining('database'), request_id: expect.any(String) },
  OpenAI: { error: { type: 'server_error', code: 'database_unavailable' } },
};

async function expectRefusals(): Promise<void> {
  for (const [name, request] of Object.entries(requests)) {
    const answer = await ask(...request());
    expect([name, answer.status, answer.headers.get('retry-after')]).toEqual([name, 503, '5']);
    expect(answer.body, name).toMatchObject(envelopes[name.split(',')[0]!] as object);
  }
}

test('while PostgreSQL is down every dialect says so with 503 and Retry-After; afterwards all is as before', async () => {
  expect(await readiness()).toBe(200);
  await postgres.kill();
  await expectRefusals();
  const ready = await ask('/readyz');
  expect([ready.status, ready.body.reason]).toEqual([503, 'The database does not answer.']);
  expect((await ask('/healthz')).status).toBe(200);
  const file = await ask(`/files/${'0'.repeat(32)}.mp4`);
  expect([file.status, file.body.code, file.headers.get('retry-after')]).toEqual([
    503,
    'database-unavailable',
    '5',
  ]);

  const began = performance.now();
  await postgres.restart();
  await expect.poll(readiness).toBe(200);
  const made = await ask(...requests.native!());
  expect(made.status).toBe(201);
  await expect.poll(async () => (await ask(`/api/v1/tasks/${made.body.id}`)).body.state).toBe('completed');
  console.log(
    `PostgreSQL started again, next task made and done ${((performance.now() - began) / 1000).toFixed(1)} s later`,
  );
  // What was refused cost nothing: the balance misses the one task.
  expect((await ask('/api/v1/account')).body.credits).toBe(10_000 - made.body.credits);
});

test('metrics of the process are told all the same, without what only the database knows', async () => {
  expect((await ask('/metrics')).text).toMatch(/^database_up 1$/m);
  await postgres.kill();
  const { status, text } = await ask('/metrics');
  expect(status).toBe(200);
  expect(text).toMatch(/^http_request_duration_seconds_count/m);
  expect(text).not.toMatch(/^(database_up|queue_depth|storage_bytes) /m);
  await postgres.restart();
  await expect.poll(readiness).toBe(200);
});

test('a silent database makes the server not ready within seconds, and is found again', async () => {
  line.hold();
  const began = performance.now();
  expect(await readiness()).toBe(503);
  console.log(`not ready ${((performance.now() - began) / 1000).toFixed(1)} s after the question`);
  line.mend();
  await expect.poll(readiness).toBe(200);
});
