import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { text as readText } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { App } from '../src/app.ts';
import { type CopyingEngine, createCopyingEngine } from './support/copying-engine.ts';
import { createDataDirectory } from './support/database.ts';
import { createNativeCaller, type NativeTask, readEvents } from './support/native.ts';
import { startApp, startFileServer } from './support/server.ts';

interface Problem {
  status: number;
  code: string;
  detail: string;
}

let data: Awaited<ReturnType<typeof createDataDirectory>>;
let app: App;
let url: string;
let engine: CopyingEngine;
let key: Record<string, string>;
let caller: ReturnType<typeof createNativeCaller>;
const TASKS = '/api/v1/tasks';
const body = (prompt: string) => ({ image: `${url}/samples/sunset.jpg`, prompt });

beforeAll(async () => {
  data = await createDataDirectory();
  engine = createCopyingEngine({ milliseconds: 400 });
  ({ app, url } = await startApp(data.path, engine));
  key = { authorization: `Bearer ${app.firstKey.clientSecret}` };
  caller = createNativeCaller(url, key);
});
afterAll(async () => {
  await app.close();
  await data.remove();
});

/** Follows the events until `enough` says so; answers every task that was told, with the event's id. */
async function follow(
  path: string,
  headers: Record<string, string>,
  enough: (task: NativeTask) => boolean,
  begun: () => Promise<unknown> = async () => {},
): Promise<{ id: string; task: NativeTask }[]> {
  const ended = new AbortController();
  const told: { id: string; task: NativeTask }[] = [];
  void sleep(50).then(begun);
  try {
    for await (const { id, event, data } of readEvents(url + path, { ...key, ...headers }, ended.signal)) {
      if (event !== 'task') continue;
      const task = JSON.parse(data) as NativeTask;
      told.push({ id, task });
      if (enough(task)) break;
    }
  } finally {
    ended.abort();
  }
  return told;
}

test('events tell each step of a task as it happens: waiting, progress, stage, end', async () => {
  let id = '';
  const told = await follow(
    '/api/v1/events',
    {},
    (task) => task.id === id && task.state === 'completed',
    async () => {
      ({ id } = (await caller.post(TASKS, body('told'))).body);
    },
  );
  const ours = told.map(({ task }) => task).filter((task) => task.id === id);
  expect([...new Set(ours.map(({ state }) => state))].at(-1)).toBe('completed');
  const rendering = ours.filter(({ stage }) => stage === 'rendering');
  expect(new Set(rendering.map(({ progress }) => progress)).size).toBeGreaterThan(1);
  expect(rendering.at(-1)?.etaSeconds).toBeGreaterThanOrEqual(1);
  expect(ours.at(-1)!.outputs.length).toBe(2);
  console.log(
    `${ours.length} events: ${ours.map(({ state, progress }) => `${state} ${progress}`).join(', ')}`,
  );
});

test('what a task is making is shown while it is made, the newest only, and not any more when it has ended', async () => {
  const pictures = ['one', 'two', 'three'].map((word) => Buffer.from(`\xff\xd8\xff ${word}`, 'latin1'));
  const shows = await createDataDirectory();
  const { app: other, url: address } = await startApp(
    shows.path,
    createCopyingEngine({ milliseconds: 600, previews: pictures }),
  );
  const credentials = { authorization: `Bearer ${other.firstKey.clientSecret}` };
  const native = createNativeCaller(address, credentials);
  const { id } = (await native.post(TASKS, { image: `${address}/samples/sunset.jpg`, prompt: 'shown' })).body;
  const told = new AbortController();
  const seen: { url: string; bytes: Buffer }[] = [];
  for await (const { event, data } of readEvents(`${address}/api/v1/events`, credentials, told.signal)) {
    if (event !== 'task') continue;
    const { state, outputs } = JSON.parse(data) as NativeTask;
    const previews = outputs.filter(({ kind }) => kind === 'preview');
    expect(previews.length).toBeLessThanOrEqual(1);
    const [preview] = previews;
    if (preview && seen.at(-1)?.url !== preview.url) {
      const asked = await native.get(`${TASKS}/${id}`);
      expect(asked.body.outputs[0]).toMatchObject({ kind: 'preview', contentType: 'image/jpeg', width: 320 });
      const file = await fetch(asked.body.outputs[0]!.url);
      expect(file.headers.get('content-type')).toBe('image/jpeg');
      seen.push({ url: asked.body.outputs[0]!.url, bytes: Buffer.from(await file.arrayBuffer()) });
    }
    if (state === 'completed') break;
  }
  told.abort();
  expect(seen.length).toBeGreaterThanOrEqual(2);
  for (const { bytes } of seen) expect(pictures.some((picture) => picture.equals(bytes))).toBe(true);
  expect(seen.at(-1)!.bytes.equals(pictures[2]!)).toBe(true);
  const { body } = await native.get(`${TASKS}/${id}`);
  expect(body.outputs.map(({ kind }) => kind).sort()).toEqual(['cover', 'video']);
  // Whoever has just heard of one still finds it; of those before nothing is left.
  expect((await fetch(seen.at(-1)!.url)).status).toBe(200);
  const files = await readdir(join(shows.path, 'files'), { recursive: true, withFileTypes: true });
  expect(files.filter((file) => file.isFile())).toHaveLength(4);
  await other.close();
  await shows.remove();
});

test('what happened while nobody listened is told again after Last-Event-ID', async () => {
  const first = (await caller.post(TASKS, body('before'))).body;
  const before = await follow(`/api/v1/events?task=${first.id}`, {}, ({ state }) => state === 'completed');
  const missed = (await caller.post(TASKS, body('missed'))).body;
  await caller.wait(missed.id, 'completed');
  const replayed = await follow(
    '/api/v1/events',
    { 'last-event-id': before.at(-1)!.id },
    ({ id }) => id === missed.id,
  );
  expect(replayed.at(-1)!.task).toMatchObject({ id: missed.id, state: 'completed', progress: 100 });
});

test('places in the queue are told as they move, and a deletion too', async () => {
  const [running, waiting, last] = await Promise.all(
    ['runs', 'waits', 'waits longer'].map(async (prompt) => (await caller.post(TASKS, body(prompt))).body),
  );
  const told = await follow(`/api/v1/events?task=${last!.id}`, {}, ({ state }) => state === 'processing');
  const places = told.map(({ task }) => task.queuePosition).filter((place) => place !== null);
  expect(new Set(places).size).toBeGreaterThan(1);
  for (const task of [running, waiting, last]) await caller.wait(task!.id, 'completed');

  const ended = new AbortController();
  void sleep(100).then(() => caller.remove(`${TASKS}/${last!.id}`));
  for await (const { event, data } of readEvents(`${url}/api/v1/events`, key, ended.signal)) {
    if (event !== 'deleted') continue;
    expect(JSON.parse(data)).toEqual({ id: last!.id });
    break;
  }
  ended.abort();
});

test('cancelling a running task ends it at once, stops the engine and gives the credits back', async () => {
  const credits = async () => (await caller.get<{ credits: number }>('/api/v1/account')).body.credits;
  const before = await credits();
  const cancelled: unknown[] = [];
  const cancel = engine.cancel;
  engine.cancel = async (operation) => {
    cancelled.push(operation.work);
    return cancel(operation);
  };
  const task = (await caller.post(TASKS, body('never'))).body;
  await caller.wait(task.id, 'processing');
  while (!engine.started.some(({ input }) => input.taskId === task.id)) await sleep(5);
  const { status, body: answer } = await caller.post(`${TASKS}/${task.id}/cancel`);
  expect(status).toBe(200);
  expect(answer).toMatchObject({ state: 'cancelled', error: { code: 'cancelled' }, stage: null });
  expect(await credits()).toBe(before);
  while (cancelled.length === 0) await sleep(5);
  expect(String(cancelled[0])).toContain(task.id);
  engine.cancel = cancel;
  // Cancelling twice is no error; what has ended otherwise cannot be cancelled.
  expect((await caller.post(`${TASKS}/${task.id}/cancel`)).body.state).toBe('cancelled');
});

test('a link signs a browser in once; the session does what a key does, and not for other people’s pages', async () => {
  const link = app.signInUrl();
  const opened = await fetch(link, { redirect: 'manual' });
  expect(opened.status).toBe(303);
  const cookie = opened.headers.get('set-cookie')!;
  expect(cookie).toMatch(/^stillroar_session=[\w-]{43}; Path=\/; Expires=.*; HttpOnly; SameSite=Strict$/);
  const session = cookie.split(';')[0]!;
  const again = await fetch(link, { redirect: 'manual' });
  expect(again.status).toBe(401);

  const browser = createNativeCaller(url, { cookie: session });
  expect((await browser.get('/api/v1/account')).status).toBe(200);
  const made = await browser.call<NativeTask>('POST', TASKS, body('by cookie'), { origin: url });
  expect(made.status).toBe(201);
  const foreign = await browser.call<Problem>('POST', TASKS, body('x'), { origin: 'https://evil.example' });
  expect(foreign.body).toMatchObject({ status: 401, code: 'unauthenticated' });
  const akool = await fetch(`${url}/api/open/v3/faceswap/quota/info`, { headers: { cookie: session } });
  expect(((await akool.json()) as { code: number }).code).toBe(1102);
  await caller.wait(made.body.id, 'completed');

  const out = await browser.call('DELETE', '/api/v1/session', undefined, { origin: url });
  expect(out.status).toBe(204);
  expect((await browser.get('/api/v1/account')).status).toBe(401);

  const byKey = await caller.post<{ expiresAt: string }>('/api/v1/session');
  expect(byKey.status).toBe(201);
  const other = createNativeCaller(url, { cookie: byKey.headers.get('set-cookie')!.split(';')[0]! });
  expect((await other.get('/api/v1/account')).status).toBe(200);
});

test('callbacks carry the task, are logged, and are sent again on demand', async () => {
  const received: { type: string; data: NativeTask }[] = [];
  const receiver = await startFileServer(async (request, response) => {
    received.push(JSON.parse(await readText(request)));
    response.end();
  });
  const { body: task } = await caller.post(TASKS, { ...body('tell me'), webhookUrl: `${receiver.url}/hook` });
  while (received.length < 2) await sleep(20);
  expect(received.map(({ type }) => type)).toEqual(['task.processing', 'task.completed']);
  expect(received[1]!.data).toMatchObject({ id: task.id, input: { prompt: 'tell me' } });

  type Log = { items: { id: string; event: string; state: string; attempts: { status: number }[] }[] };
  const log = async () => (await caller.get<Log>(`/api/v1/webhooks?task=${task.id}`)).body.items;
  while ((await log()).some(({ state }) => state === 'pending')) await sleep(20);
  const [completed] = await log();
  expect(completed).toMatchObject({
    event: 'task.completed',
    state: 'delivered',
    attempts: [{ status: 200 }],
  });
  expect((await caller.post(`/api/v1/webhooks/${completed!.id}/resend`)).status).toBe(200);
  while (received.length < 3) await sleep(20);
  while ((await log())[0]!.attempts.length < 2) await sleep(20);
  expect((await caller.post<Problem>('/api/v1/webhooks/999/resend')).body.code).toBe('not-found');

  const { body: quiet } = await caller.post(TASKS, {
    ...body('only when it is done'),
    webhookUrl: `${receiver.url}/hook`,
    webhookEvents: 'end',
  });
  expect(quiet.input.webhookEvents).toBe('end');
  while (!received.some(({ data }) => data.id === quiet.id)) await sleep(20);
  expect(received.filter(({ data }) => data.id === quiet.id).map(({ type }) => type)).toEqual([
    'task.completed',
  ]);
  await receiver.close();
});

test('the server closes although somebody listens to events', async () => {
  const other = await createDataDirectory();
  const second = await startApp(other.path, createCopyingEngine());
  const headers = { authorization: `Bearer ${second.app.firstKey.clientSecret}` };
  const ended = new AbortController();
  const stream = await fetch(`${second.url}/api/v1/events`, { headers, signal: ended.signal });
  const began = Date.now();
  await second.app.close();
  expect(Date.now() - began).toBeLessThan(8_000);
  await stream.text();
  await other.remove();
});
