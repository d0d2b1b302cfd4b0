import { afterAll, beforeAll, expect, test } from 'vitest';
import type { App } from '../src/app.ts';
import { createIdempotency } from '../src/tasks/idempotency.ts';
import { createCopyingEngine } from './support/copying-engine.ts';
import { createDataDirectory, openTestDatabase } from './support/database.ts';
import { post, startApp } from './support/server.ts';

let data: Awaited<ReturnType<typeof createDataDirectory>>;
let app: App;
let url: string;
let key: Record<string, string>;
const suite = '/api/open/v4/image2Video';
const fields = { prompt: 'x', resolution: '720p', audio_type: 3, video_length: 5 };
const body = () => ({ ...fields, image_url: `${url}/samples/sunset.jpg` });

beforeAll(async () => {
  data = await createDataDirectory();
  ({ app, url } = await startApp(data.path, createCopyingEngine({ milliseconds: 1 })));
  key = { 'x-api-key': app.firstKey.clientSecret };
});
afterAll(async () => {
  await app.close();
  await data.remove();
});

async function credits(): Promise<number> {
  const response = await fetch(`${url}/api/open/v3/faceswap/quota/info`, { headers: key });
  return ((await response.json()) as { data: { credit: number } }).data.credit;
}

/** Posts and answers the reply's bytes. */
async function postText(route: string, content: unknown, idempotencyKey: string): Promise<string> {
  const headers = { ...key, 'content-type': 'application/json', 'idempotency-key': idempotencyKey };
  const response = await fetch(url + route, { method: 'POST', headers, body: JSON.stringify(content) });
  expect(response.headers.get('content-type')).toContain('application/json');
  return response.text();
}

test('the same key fifty times at once makes one task, one charge and fifty equal answers', async () => {
  const before = await credits();
  const answers = await Promise.all(
    Array.from({ length: 50 }, () => postText(`${suite}/createBySourcePrompt`, body(), 'fifty')),
  );
  expect(new Set(answers).size).toBe(1);
  expect(JSON.parse(answers[0]!)).toMatchObject({ code: 1000, data: { deduction_credit: 20 } });
  expect(before - (await credits())).toBe(20);
  // And later, when nothing is under way any more.
  expect(await postText(`${suite}/createBySourcePrompt`, body(), 'fifty')).toBe(answers[0]);
  expect(before - (await credits())).toBe(20);
  console.log(
    `${answers.length} requests at once: ${new Set(answers).size} answer, ${before - (await credits())} credits`,
  );
});

test('the same key with another body or on another route is refused', async () => {
  await postText(`${suite}/createBySourcePrompt`, body(), 'mismatch');
  const before = await credits();
  const other = await postText(`${suite}/createBySourcePrompt`, { ...body(), prompt: 'y' }, 'mismatch');
  expect(JSON.parse(other)).toMatchObject({ code: 1003, msg: expect.stringContaining('another request') });
  const elsewhere = await postText(`${suite}/createBySourcePrompt/batch`, body(), 'mismatch');
  expect(JSON.parse(elsewhere).code).toBe(1003);
  expect(await credits()).toBe(before);
});

test('a request that was refused may be corrected under its key', async () => {
  const refused = await postText(
    `${suite}/createBySourcePrompt`,
    { ...body(), resolution: '8k' },
    'corrected',
  );
  expect(JSON.parse(refused).code).toBe(1003);
  const accepted = await postText(`${suite}/createBySourcePrompt`, body(), 'corrected');
  expect(JSON.parse(accepted).code).toBe(1000);
});

test('a batch is made once too', async () => {
  const before = await credits();
  const content = { ...body(), count: 3 };
  const first = await postText(`${suite}/createBySourcePrompt/batch`, content, 'batch');
  expect(JSON.parse(first).data.successList).toHaveLength(3);
  expect(await postText(`${suite}/createBySourcePrompt/batch`, content, 'batch')).toBe(first);
  expect(before - (await credits())).toBe(60);
});

test('a key that is too long is refused with a sentence', async () => {
  const { body: answer } = await post(`${url}${suite}/createBySourcePrompt`, body(), {
    ...key,
    'idempotency-key': 'k'.repeat(256),
  });
  expect(answer).toMatchObject({ code: 1003, msg: expect.stringContaining('255 characters') });
});

test('work that broke is taken up under the same name, and keys are forgotten after a day', async () => {
  const opened = await openTestDatabase();
  const idempotency = createIdempotency(opened.database);
  const request = { uid: opened.uid, key: 'k', route: '/r', body: {} };
  const names: (string | undefined)[] = [];
  await expect(
    idempotency.once(request, async ({ requestKey }) => {
      names.push(requestKey);
      throw new Error('The connection broke.');
    }),
  ).rejects.toThrow('The connection broke.');
  const work = async ({ requestKey }: { requestKey?: string }) => {
    names.push(requestKey);
    return { done: names.length };
  };
  expect(await idempotency.once(request, work)).toBe('{"done":2}');
  expect(names[1]).toBe(names[0]);
  // Another process' view: nothing in memory, the answer in the table.
  expect(await createIdempotency(opened.database).once(request, work)).toBe('{"done":2}');

  const yesterday = new Date(Date.now() - 25 * 3_600_000);
  await opened.database.updateTable('idempotency').set({ created_at: yesterday }).execute();
  expect(await idempotency.once({ ...request, body: { other: 1 } }, work)).toBe('{"done":3}');
  expect(names[2]).not.toBe(names[0]);
  await opened.database.updateTable('idempotency').set({ created_at: yesterday }).execute();
  await idempotency.sweep(new Date());
  expect(await opened.database.selectFrom('idempotency').selectAll().execute()).toEqual([]);
  await opened.close();
});
