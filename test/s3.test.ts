import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createApp } from '../src/app.ts';
import { readConfig } from '../src/config.ts';
import { createCopyingEngine } from './support/copying-engine.ts';
import { createDataDirectory } from './support/database.ts';
import { createNativeCaller } from './support/native.ts';
import { type S3Server, startS3Server } from './support/s3-server.ts';
import { startApp } from './support/server.ts';

// A server whose files are in a bucket.

let data: Awaited<ReturnType<typeof createDataDirectory>>;
let store: S3Server;
beforeAll(async () => {
  data = await createDataDirectory();
  store = await startS3Server();
});
afterAll(async () => {
  await store.close();
  await data.remove();
});

async function start(results: 'proxied' | 'signed') {
  const engine = createCopyingEngine();
  const { app, url } = await startApp(data.path, engine, { ...store.settings, results });
  const caller = createNativeCaller(url, { authorization: `Bearer ${app.firstKey.clientSecret}` });
  const create = async () => {
    const { body } = await caller.post('/api/v1/tasks', {
      image: `${url}/samples/sunset.jpg`,
      prompt: 'The sea.',
    });
    return body.id;
  };
  return { app, url, engine, caller, create };
}

const credits = async (caller: ReturnType<typeof createNativeCaller>) =>
  (await caller.get<{ credits: number }>('/api/v1/account')).body.credits;

test('results are in the bucket only, and come through the server whole and in part', async () => {
  const { app, caller, create } = await start('proxied');
  const { outputs } = await caller.wait(await create(), 'completed');
  expect(store.objects.size).toBe(outputs.length);
  expect(await readdir(join(data.path, 'files')).catch(() => [])).toEqual([]);
  const [video] = outputs;
  const whole = await fetch(video!.url);
  const bytes = Buffer.from(await whole.arrayBuffer());
  expect([whole.status, bytes.length]).toEqual([200, video!.bytes]);
  const part = await fetch(video!.url, { headers: { range: 'bytes=4-7' } });
  expect([part.status, await part.text()]).toEqual([206, 'ftyp']);
  await app.close();
});

test('or their URLs lead on to the store, by a link that is signed anew each time', async () => {
  const { app, caller, create } = await start('signed');
  const { outputs } = await caller.wait(await create(), 'completed');
  const [video] = outputs;
  const moved = await fetch(video!.url, { redirect: 'manual' });
  expect([moved.status, moved.headers.get('cache-control')]).toEqual([302, 'private, no-store']);
  expect(moved.headers.get('location')).toContain(store.settings.s3Endpoint);
  const answer = await fetch(video!.url, { headers: { range: 'bytes=4-7' } });
  expect([answer.status, await answer.text(), answer.headers.get('content-type')]).toEqual([
    206,
    'ftyp',
    'video/mp4',
  ]);
  await app.close();
});

test('but whoever is signed in to the studio reads them from here: its pages load nothing from elsewhere', async () => {
  const { app, url, caller, create } = await start('signed');
  const authorization = `Bearer ${app.firstKey.clientSecret}`;
  const signIn = await fetch(`${url}/api/v1/session`, { method: 'POST', headers: { authorization } });
  const cookie = signIn.headers.get('set-cookie')!.split(';')[0]!;
  const { outputs } = await caller.wait(await create(), 'completed');
  const [video] = outputs;
  const answer = await fetch(video!.url, { headers: { cookie }, redirect: 'manual' });
  expect([answer.status, (await answer.arrayBuffer()).byteLength]).toEqual([200, video!.bytes]);
  await app.close();
});

test('deleting a task deletes its objects', async () => {
  const { app, caller, create } = await start('proxied');
  const before = store.objects.size;
  const id = await create();
  await caller.wait(id, 'completed');
  expect(store.objects.size).toBeGreaterThan(before);
  await caller.remove(`/api/v1/tasks/${id}`);
  expect(store.objects.size).toBe(before);
  await app.close();
});

test('a store that is away for a moment costs nothing; one that stays away fails the task, gives the price back and says why', async () => {
  const { app, caller, create, engine } = await start('proxied');
  const before = await credits(caller);
  store.fail('hang-up');
  const id = await create();
  await expect.poll(() => engine.started.length, { timeout: 30_000 }).toBe(1);
  await new Promise((resolve) => setTimeout(resolve, 500));
  store.fail(undefined);
  const done = await caller.wait(id, 'completed');
  expect(engine.started).toHaveLength(1);
  store.fail('answer-503');
  expect((await fetch(done.outputs[0]!.url)).status).toBe(503);
  const lost = await caller.wait(await create(), 'failed', 'completed');
  expect(lost).toMatchObject({
    state: 'failed',
    error: { code: 'storage-unavailable', message: expect.stringContaining('does not answer') },
  });
  // Three runs, each with its own tries.
  expect(engine.started).toHaveLength(4);
  expect(before - (await credits(caller))).toBe(done.credits);
  store.fail(undefined);
  expect((await fetch(done.outputs[0]!.url)).status).toBe(200);
  await app.close();
});

test('files that no task knows are swept from the bucket too', async () => {
  const old = `stillroar/${'a'.repeat(32)}.mp4`;
  store.objects.set(old, { bytes: Buffer.from('x'), modified: new Date(Date.now() - 2 * 3_600_000) });
  const others = store.objects.size - 1;
  const { app } = await start('proxied');
  await expect.poll(() => store.objects.has(old)).toBe(false);
  expect(store.objects.size).toBe(others);
  await app.close();
});

test('a bucket that lets nobody in stops the start with a sentence', async () => {
  const config = {
    ...readConfig({}),
    ...store.settings,
    s3SecretAccessKey: 'wrong',
    data: `${data.path}/other`,
  };
  await expect(createApp({ ...config, log: 'silent' }, { engines: [] })).rejects.toThrow(
    'Check STILLROAR_STORAGE and the settings that begin with S3_.',
  );
});
