import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createAdministration } from '../../src/credits/administer.ts';
import { createSealing } from '../../src/credits/sealing.ts';
import { type OpenDatabase, openDatabase } from '../../src/database/open.ts';
import { createNativeCaller, readEvents } from '../support/native.ts';
import { type Postgres, startPostgres } from '../support/postgres.ts';
import { type Node, readBooks, readStarts, startNode } from './cluster.ts';

// Two processes that answer and two that work, on one PostgreSQL and one directory of files.

let postgres: Postgres;
let databaseUrl: string;
let data: string;
let opened: OpenDatabase;
let servers: Node[];
let workers: Node[];

const settings = () => ({
  DATABASE_URL: databaseUrl,
  STILLROAR_PUBLIC_URL: 'http://stillroar.example',
  TEST_WORK_MILLISECONDS: '1500',
});
const serve = () => startNode('serve', data, { ...settings(), STILLROAR_SLOTS: '0' });
const work = () => startNode('work', data, { ...settings(), STILLROAR_SLOTS: '2' });
const image = 'http://stillroar.example/samples/sunset.jpg';

beforeAll(async () => {
  data = await mkdtemp(join(tmpdir(), 'stillroar-cluster-'));
  postgres = await startPostgres();
  databaseUrl = await postgres.createDatabase('cluster');
  servers = await Promise.all([serve(), serve()]);
  workers = await Promise.all([work(), work()]);
  opened = await openDatabase({ dataDirectory: data, databaseUrl });
});
afterAll(async () => {
  await opened.close();
  await Promise.all([...servers, ...workers].map(({ kill }) => kill()));
  await postgres.stop();
  await rm(data, { recursive: true });
});

const caller = (server: Node, key = server.key) =>
  createNativeCaller(server.url, { authorization: `Bearer ${key}` });

async function create(server: Node, key?: string): Promise<string> {
  const answer = await caller(server, key).post('/api/v1/tasks', { image, prompt: 'The sea.' });
  expect([answer.status, answer.body]).toEqual([201, expect.anything()]);
  return answer.body.id;
}

test('what one server takes in and a worker does is told to who listens at the other server, at once', async () => {
  const [first, second] = servers;
  const listening = new AbortController();
  const headers = { authorization: `Bearer ${first!.key}` };
  const events = readEvents(`${first!.url}/api/v1/events`, headers, listening.signal);
  const told: string[] = [];
  const id = create(second!);
  for await (const { data: text } of events) {
    const task = JSON.parse(text);
    if (task.id !== (await id)) continue;
    told.push(task.state);
    if (task.state === 'completed') break;
  }
  listening.abort();
  expect([...new Set(told)].slice(-2)).toEqual(['processing', 'completed']);
  const task = await caller(first!).wait(await id, 'completed');
  const path = new URL(task.outputs[0]!.url).pathname;
  expect((await fetch(first!.url + path, { headers: { range: 'bytes=4-7' } })).status).toBe(206);
});

test('an account that comes with one task waits for less than the queue of another that has come with twelve', async () => {
  const administration = createAdministration(
    opened.database,
    createSealing('a-secret-key-that-all-of-them-share'),
  );
  const { pair } = await administration.createAccount('pro', 1_000);
  const many = await Promise.all(Array.from({ length: 12 }, () => create(servers[0]!)));
  const one = await create(servers[1]!, pair.clientSecret);
  await caller(servers[0]!, pair.clientSecret).wait(one, 'completed');
  for (const id of many) await caller(servers[0]!).wait(id, 'completed');
  const starts = await readStarts(data);
  const behind = many.filter((id) => starts.indexOf(id) > starts.indexOf(one)).length;
  console.log(
    `four slots, twelve tasks of one account, one of another: ${behind} of the twelve began after it`,
  );
  expect(behind).toBeGreaterThanOrEqual(4);
});

test('two workers do a batch in half the time of one, while the engine sleeps', async () => {
  const batch = 16;
  /** Seconds in which the workers that there are do a batch. */
  async function measure(): Promise<number> {
    const began = performance.now();
    const ids = await Promise.all(Array.from({ length: batch }, (_, index) => create(servers[index % 2]!)));
    for (const id of ids) await caller(servers[0]!).wait(id, 'completed');
    return (performance.now() - began) / 1000;
  }
  await workers[1]!.stop();
  const alone = await measure();
  workers[1] = await work();
  const together = await measure();
  const books = await readBooks(opened);
  const starts = await readStarts(data);
  console.log(
    `${batch} tasks of 1.5 s, two slots a worker: one worker ${alone.toFixed(1)} s, two ${together.toFixed(1)} s ` +
      `(${(alone / together).toFixed(2)} times as fast); ${books.open} left open, ` +
      `${starts.length - new Set(starts).size} begun twice, ${books.chargedWrongly} charged wrongly`,
  );
  expect(books).toMatchObject({ open: 0, chargedWrongly: 0, resultsWrongly: 0, unbalanced: 0 });
  expect(new Set(starts).size).toBe(starts.length);
  // Eight tasks one after the other, or four.
  expect(alone).toBeGreaterThan(together);
  expect(alone).toBeGreaterThanOrEqual((batch / 2) * 1.5);
});

test('a worker and a server are killed at work: nothing is lost, charged twice, left open or begun twice', async () => {
  const [first, second] = servers;
  const ids = await Promise.all(Array.from({ length: 8 }, (_, index) => create(servers[index % 2]!)));
  const begun = async () => (await readStarts(data)).filter((id) => ids.includes(id)).length;
  await expect.poll(begun, { timeout: 30_000 }).toBeGreaterThanOrEqual(2);
  const killedAt = Date.now();
  await Promise.all([workers[0]!.kill(), second!.kill()]);
  for (;;) {
    const books = await readBooks(opened);
    if (books.open === 0) break;
    await sleep(100);
  }
  const seconds = (Date.now() - killedAt) / 1000;
  for (const id of ids)
    expect((await caller(first!).get(`/api/v1/tasks/${id}`)).body.state).toBe('completed');
  const starts = await readStarts(data);
  const books = await readBooks(opened);
  console.log(
    `one of two workers and one of two servers killed: ${ids.length} acknowledged, 0 lost, ` +
      `${books.chargedWrongly} charged wrongly, ${books.open} open, all ended ${seconds.toFixed(1)} s later; ` +
      `${starts.length - new Set(starts).size} of ${starts.length} begun twice`,
  );
  expect(books).toMatchObject({ chargedWrongly: 0, open: 0, unbalanced: 0, notRefunded: 0 });
  // A lease of 30 s, and what finds it run out looks every 10 s.
  expect(seconds).toBeLessThan(30 + 60);
  expect(new Set(starts).size).toBe(starts.length);
});
