import { afterAll, beforeAll, expect, test } from 'vitest';
import type { App } from '../src/app.ts';
import { createCopyingEngine } from './support/copying-engine.ts';
import { createDataDirectory, type TestDirectory } from './support/database.ts';
import { createNativeCaller } from './support/native.ts';
import { startApp } from './support/server.ts';

// More work than the server takes: one task runs, two wait, and the queue is full.

const LIMIT = 2;
const ATTEMPTS = 100;

let data: TestDirectory;
let app: App;
let url: string;
let caller: ReturnType<typeof createNativeCaller>;
const ids: string[] = [];
beforeAll(async () => {
  data = await createDataDirectory();
  const engine = createCopyingEngine({ milliseconds: 600_000 });
  const tasksAtOnce = { free: 1_000, pro: 1_000, studio: 1_000 };
  ({ app, url } = await startApp(data.path, engine, { slots: 1, queueLimit: LIMIT, tasksAtOnce }));
  caller = createNativeCaller(url, { authorization: `Bearer ${app.firstKey.clientSecret}` });
  const create = async () => {
    const { body } = await caller.post('/api/v1/tasks', { image: image(), prompt: 'x' });
    ids.push(body.id);
    return body.id;
  };
  await caller.wait(await create(), 'processing');
  for (let index = 0; index < LIMIT; index++) await create();
});
afterAll(async () => {
  await app.close();
  await data.remove();
});

const image = () => `${url}/samples/sunset.jpg`;
const credits = async () => (await caller.get<{ credits: number }>('/api/v1/account')).body.credits;

test('a full queue refuses in each dialect’s own number, with Retry-After, and nothing is charged', async () => {
  const before = await credits();
  expect(before).toBe(10_000 - 20 * (1 + LIMIT));
  const input = { prompt: 'x', resolution: '720p', video_length: 5 };
  const refusals: [path: string, body: unknown, status: number, envelope: object][] = [
    ['/api/v1/tasks', { image: image() }, 429, { code: 'too-many-requests', retryable: true }],
    [
      '/api/open/v4/image2Video/createBySourcePrompt',
      { ...input, image_url: image(), audio_type: 3 },
      200,
      { code: 1005 },
    ],
    [
      '/api/open/v4/image2Video/createBySourcePrompt/batch',
      { ...input, image_url: image(), count: 2 },
      200,
      { code: 1005 },
    ],
    ['/v1/videos/image2video', { image: image(), prompt: 'x' }, 429, { code: 1303 }],
    [
      '/v1/videos',
      { prompt: 'x', input_reference: { image_url: image() } },
      429,
      { error: { type: 'rate_limit_error' } },
    ],
  ];
  for (const [path, body, status, envelope] of refusals) {
    const answer = await caller.post<object>(path, body);
    expect([path, answer.status, answer.headers.get('retry-after')]).toEqual([path, status, '60']);
    expect(answer.body, path).toMatchObject(envelope);
  }
  expect(await credits()).toBe(before);
});

test('a hundred refusals at once change neither what runs nor what waits nor a balance', async () => {
  const before = await credits();
  const answers = await Promise.all(
    Array.from({ length: ATTEMPTS }, () => caller.post('/api/v1/tasks', { image: image(), prompt: 'x' })),
  );
  expect(answers.filter(({ status }) => status !== 429)).toEqual([]);
  expect(await credits()).toBe(before);
  const states = await Promise.all(ids.map(async (id) => (await caller.get(`/api/v1/tasks/${id}`)).body));
  expect(states.map(({ state, queuePosition }) => [state, queuePosition])).toEqual([
    ['processing', null],
    ['queued', 1],
    ['queued', 2],
  ]);
});

test('who goes on knocking is refused without a look into the database', async () => {
  /** Gives one of those that wait its price back and makes it anew; answers the number of the last entry in the ledger. */
  async function moveLedger(): Promise<number> {
    await caller.post(`/api/v1/tasks/${ids.pop()}/cancel`);
    ids.push((await caller.post('/api/v1/tasks', { image: image(), prompt: 'x' })).body.id);
    const { body } = await caller.get<{ items: { id: string }[] }>('/api/v1/ledger?limit=1');
    return Number(body.items[0]!.id);
  }
  const before = await moveLedger();
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    expect((await caller.post('/api/v1/tasks', { image: image(), prompt: 'x' })).status).toBe(429);
  }
  // A charge that is taken back uses a number of the ledger up all the same; two are those of the entries.
  const looks = (await moveLedger()) - before - 2;
  console.log(`${ATTEMPTS} refusals one after the other: ${looks} of them looked into the database`);
  expect(looks).toBeGreaterThanOrEqual(1);
  expect(looks).toBeLessThan(ATTEMPTS / 2);
});

test('of many that come at once exactly as many are let in as there is room for, and paid', async () => {
  for (const id of ids.slice(1)) await caller.post(`/api/v1/tasks/${id}/cancel`);
  const before = await credits();
  const answers = await Promise.all(
    Array.from({ length: 30 }, () => caller.post('/api/v1/tasks', { image: image(), prompt: 'x' })),
  );
  expect(answers.filter(({ status }) => status === 201)).toHaveLength(LIMIT);
  expect(await credits()).toBe(before - 20 * LIMIT);
});
