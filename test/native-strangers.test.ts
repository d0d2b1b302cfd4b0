import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { App } from '../src/app.ts';
import { createAdministration } from '../src/credits/administer.ts';
import { createSealing } from '../src/credits/sealing.ts';
import { readSecretKey } from '../src/credits/secret-key.ts';
import { openDatabase } from '../src/database/open.ts';
import { native } from '../src/dialects/native/index.ts';
import { createCopyingEngine } from './support/copying-engine.ts';
import { createDataDirectory, databaseUrlOf } from './support/database.ts';
import { createNativeCaller } from './support/native.ts';
import { startApp } from './support/server.ts';

let data: Awaited<ReturnType<typeof createDataDirectory>>;
let app: App;
let url: string;
let owner: ReturnType<typeof createNativeCaller>;
let stranger: ReturnType<typeof createNativeCaller>;

const open = async () =>
  openDatabase({ dataDirectory: data.path, databaseUrl: await databaseUrlOf(data.path) });

beforeAll(async () => {
  data = await createDataDirectory();
  const first = await startApp(data.path, createCopyingEngine());
  await first.app.close();
  const opened = await open();
  const sealing = createSealing(await readSecretKey(data.path));
  const { pair } = await createAdministration(opened.database, sealing).createAccount('pro', 100);
  await opened.close();
  ({ app, url } = await startApp(data.path, createCopyingEngine()));
  owner = createNativeCaller(url, { 'x-api-key': app.firstKey.clientSecret });
  stranger = createNativeCaller(url, { 'x-api-key': pair.clientSecret });
});
afterAll(async () => {
  await app.close();
  await data.remove();
});

test('on every route with an id, another account’s answers as an unknown one does', async () => {
  const { body: task } = await owner.post('/api/v1/tasks', {
    image: `${url}/samples/sunset.jpg`,
    prompt: 'mine',
    webhookUrl: 'http://127.0.0.1:9/',
  });
  await owner.wait(task.id, 'completed');
  const webhooks = await owner.get<{ items: { id: string }[] }>('/api/v1/webhooks');
  const theirs: Record<string, string> = {
    '/api/v1/tasks/:id': task.id,
    '/api/v1/keys/:id': app.firstKey.clientId,
    '/api/v1/webhooks/:id': webhooks.body.items[0]!.id,
  };
  const routes = native.routes.filter(({ path }) => path.includes(':id'));
  expect(routes.length).toBeGreaterThan(5);
  for (const { method, path } of routes) {
    const [place, id] = Object.entries(theirs).find(([start]) => path.startsWith(start))!;
    const of = (name: string) => path.replace(place, place.replace(':id', name));
    type Problem = { requestId: string; code: string };
    const [known, unknown] = await Promise.all(
      [id, '000000000000000000000000'].map((name) => stranger.call<Problem>(method, of(name))),
    );
    expect(known!.status, `${method} ${path}`).toBe(404);
    expect({ ...known!.body, requestId: '' }).toEqual({ ...unknown!.body, requestId: '' });
  }
  for (const list of ['tasks', 'ledger', 'webhooks']) {
    const { body } = await stranger.get(`/api/v1/${list}`);
    expect(JSON.stringify(body)).not.toContain(task.id);
  }
  const events = await stranger.get<{ code: string }>(`/api/v1/events?task=${task.id}`);
  expect(events.status).toBe(404);
});

test('the secret of a new key is not kept for a repetition', async () => {
  const headers = { 'idempotency-key': 'new-key' };
  const { body } = await owner.post<{ apiKey: string }>('/api/v1/keys', { name: 'x' }, headers);
  await app.close();
  const opened = await open();
  const { rows } = await sql<{ reply: string }>`select reply from idempotency`.execute(opened.database);
  await opened.close();
  expect(JSON.stringify(rows)).not.toContain(body.apiKey);
});
