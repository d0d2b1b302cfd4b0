import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text as readText } from 'node:stream/consumers';
import { pino } from 'pino';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { openTestDatabase, type TestDatabase } from '../../test/support/database.ts';
import { createReach } from '../net/reach.ts';
import { createSender } from '../net/send-json.ts';
import { createDeliverer, type Deliverer } from './deliver.ts';
import { addDelivery, createOutbox, type Outbox } from './outbox.ts';

let opened: TestDatabase;
let outbox: Outbox;
let deliverer: Deliverer;
/** What the receiver answers next, and what has reached it. */
let answers: { status: number; headers?: Record<string, string> }[];
let received: { id: string; body: string; at: number }[];
let url: string;
const server = createServer(async (request, response) => {
  const body = await readText(request);
  received.push({ id: String(request.headers['webhook-id']), body, at: Date.now() });
  const { status, headers = {} } = answers.shift() ?? { status: 204 };
  response.writeHead(status, headers).end();
});

beforeAll(async () => {
  opened = await openTestDatabase();
  outbox = createOutbox(opened.database);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`;
});
afterAll(async () => {
  server.close();
  await opened.close();
});
beforeEach(() => {
  answers = [];
  received = [];
  deliverer = createDeliverer({
    outbox,
    sender: createSender(createReach(['127.0.0.1'])),
    writeBody: ({ task_state }) => JSON.stringify({ state: task_state }),
    findPair: async () => ({ clientId: 'c'.repeat(16), clientSecret: 's'.repeat(24) }),
    random: () => 0.5,
    log: pino({ level: 'silent' }),
  });
  deliverer.start();
});
afterEach(() => deliverer.stop());

function add(taskId: string, changes: { url?: string; fails_first?: boolean; task_state?: string } = {}) {
  const now = new Date();
  const delivery = {
    task_id: taskId,
    uid: opened.uid,
    client_id: 'c',
    dialect: 'd',
    task_state: 'processing',
  };
  return opened.database.transaction().execute((transaction) =>
    addDelivery(transaction, {
      ...delivery,
      url,
      video_key: null,
      next_at: now,
      created_at: now,
      ...changes,
    }),
  );
}

async function until(isDone: (log: Awaited<ReturnType<Outbox['log']>>) => boolean, taskId: string) {
  for (;;) {
    const log = await outbox.log(taskId);
    if (isDone(log)) return log;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

test('delivers in order, and logs what was answered', async () => {
  await add('order', { task_state: 'processing' });
  await add('order', { task_state: 'completed' });
  const log = await until((log) => log.every(({ state }) => state === 'delivered'), 'order');
  expect(received.map(({ body }) => JSON.parse(body).state)).toEqual(['processing', 'completed']);
  expect(log[0]!.log).toMatchObject([{ attempt: 1, status: 204, problem: null }]);
});

test('tries again after a failure, with the same id; the next callback does not wait for it', async () => {
  answers = [{ status: 500 }];
  await add('again', { task_state: 'processing' });
  await add('again', { task_state: 'completed' });
  const log = await until((log) => log.every(({ state }) => state === 'delivered'), 'again');
  expect(received.map(({ body }) => JSON.parse(body).state)).toEqual([
    'processing',
    'completed',
    'processing',
  ]);
  expect(received[2]!.id).toBe(received[0]!.id);
  console.log(`tried again after ${received[2]!.at - received[0]!.at} ms`);
  expect(received[2]!.at - received[0]!.at).toBeGreaterThanOrEqual(4_900);
  expect(log[0]!.log.map(({ status }) => status)).toEqual([500, 204]);
});

test('takes 410 as the end, a redirect as a failure, and waits as Retry-After says', async () => {
  answers = [{ status: 410 }];
  await add('gone');
  const gone = await until(([delivery]) => delivery?.state === 'failed', 'gone');
  expect(gone[0]!.attempts).toBe(1);

  answers = [{ status: 302, headers: { location: url } }];
  await add('redirect');
  const redirect = await until(([delivery]) => delivery?.attempts === 1, 'redirect');
  expect(redirect[0]).toMatchObject({ state: 'pending', log: [{ problem: 'Redirects are not followed.' }] });
  expect(received.filter(({ id }) => id === `msg_${redirect[0]!.id}`)).toHaveLength(1);

  answers = [{ status: 503, headers: { 'retry-after': '120' } }];
  await add('busy');
  const [busy] = await until(([delivery]) => delivery?.attempts === 1, 'busy');
  expect(busy!.next_at.getTime() - Date.now()).toBeGreaterThan(110_000);
});

test('never goes to an address that is forbidden, and says why', async () => {
  await add('private', { url: 'http://127.0.0.2:9/hook' });
  const [delivery] = await until(([found]) => found?.attempts === 1, 'private');
  expect(delivery!.log[0]!.problem).toContain('does not fetch from 127.0.0.2');
  await add('nobody', { url: 'http://127.0.0.1:1/hook' });
  const [refused] = await until(([found]) => found?.attempts === 1, 'nobody');
  expect(refused!.log[0]!.problem).toContain('the connection was refused');
});

test('gives up after ten attempts', async () => {
  await add('hopeless');
  const [due] = await until((log) => log.length === 1 && log[0]!.state === 'delivered', 'hopeless');
  await opened.database
    .updateTable('delivery')
    .set({ state: 'pending', attempts: 9, next_at: new Date() })
    .where('id', '=', due!.id)
    .execute();
  answers = [{ status: 500 }];
  const [ended] = await until(([found]) => found?.state !== 'pending', 'hopeless');
  expect(ended).toMatchObject({ state: 'failed', attempts: 10 });
});

test('in test mode the first attempt counts as answered with 500, and nothing is sent', async () => {
  await add('fault', { fails_first: true });
  const [delivery] = await until(([found]) => found?.attempts === 1, 'fault');
  expect(delivery).toMatchObject({ state: 'pending', log: [{ status: 500 }] });
  expect(received).toEqual([]);
});
