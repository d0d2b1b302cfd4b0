import { request as open } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { NativeTask } from '../support/native.ts';
import { type ServerProcess, startServerProcess } from './server-process.ts';

// Bodies of many megabytes against the built server: what they say, and that reading them holds up nobody. Figures are
// printed, and depend on the machine.

let server: ServerProcess;
const figures: string[] = [];

beforeAll(async () => {
  server = await startServerProcess({});
  for (let time = 0; time < 20; time++) await server.owner.post('/api/v1/estimate', { prompt: 'waves' });
});
afterAll(async () => {
  console.log(`The event loop was held up for at most:\n  ${figures.join('\n  ')}`);
  await server.close();
});

async function send(name: string, path: string, body: string, headers: Record<string, string> = {}) {
  await server.longestStall();
  const response = await fetch(server.url + path, {
    method: 'POST',
    headers: { ...server.owner.credentials, 'content-type': 'application/json', ...headers },
    body,
  });
  const answer = (await response.json()) as { detail?: string } & Record<string, unknown>;
  figures.push(`${(await server.longestStall()).toFixed(0)} ms by ${name} (${response.status})`);
  return { status: response.status, answer };
}

const noise = (bytes: number) => {
  const picture = Buffer.alloc(bytes, 'noise');
  picture.write('\xff\xd8\xff\xe0', 'latin1');
  return `data:image/jpeg;base64,${picture.toString('base64')}`;
};

test('two files of 22 MB in one body are read, and refused for what they are', async () => {
  const body = JSON.stringify({ image: noise(22_000_000), lastImage: noise(22_000_000) });
  const { status, answer } = await send('59 MB of base64', '/api/v1/tasks', body);
  expect([status, answer.detail]).toEqual([422, expect.stringContaining('picture cannot be decoded')]);
  const again = await send('the same with a key', '/api/v1/tasks', body, { 'idempotency-key': 'large' });
  expect(again.status).toBe(422);
});

test.each([
  ['a field of 60 MB that does not exist', JSON.stringify({ foo: 'x'.repeat(60_000_000) }), 400],
  ['30 million umlauts', JSON.stringify({ prompt: 'ü'.repeat(30_000_000) }), 413],
  ['ten million escapes', `{"prompt":"${'\\u0061'.repeat(10_000_000)}"}`, 413],
  ['thirty million numbers', `[${'1,'.repeat(30_000_000)}1]`, 413],
  ['seven million objects', `{"a":[${'{"a":1},'.repeat(7_000_000)}1]}`, 413],
  ['60 MB of no JSON', 'x'.repeat(60_000_000), 413],
  ['thirty million brackets', '['.repeat(30_000_000), 400],
  ['as many numbers as are read', `{"a":[${'1,'.repeat(499_000)}1]}`, 400],
])('%s cost nothing', async (name, body, wanted) => {
  const { status, answer } = await send(name, '/api/v1/tasks', body);
  expect([status, answer.detail]).toEqual([wanted, expect.stringMatching(/^[A-Z].+\.$/)]);
});

test('a body that nests deep is refused before its key is looked up', async () => {
  const body = `{"prompt":${'['.repeat(400_000)}${']'.repeat(400_000)}}`;
  const { status } = await send('400,000 lists', '/api/v1/tasks', body, { 'idempotency-key': 'deep' });
  expect(status).toBe(400);
});

test('nothing but JSON is read where JSON is wanted', async () => {
  const { status } = await send('plain text', '/api/v1/tasks', 'x'.repeat(1_000), {
    'content-type': 'text/plain',
  });
  expect(status).toBe(400);
});

test('who sends it is settled before a byte of a body is read', async () => {
  const { hostname, port } = new URL(server.url);
  const headers = { 'x-api-key': 'nobody', 'content-type': 'application/json', 'content-length': '60000000' };
  for (const path of ['/api/v1/tasks', '/v1/videos', '/v1/videos/image2video', '/mcp']) {
    const status = await new Promise<number | undefined>((resolve, reject) => {
      const asking = open({ hostname, port, path, method: 'POST', headers }, (answer) => {
        resolve(answer.statusCode);
        asking.destroy();
      });
      asking.on('error', reject).flushHeaders();
    });
    expect(status, path).toBe(401);
  }
});

test('a task is made of a picture in the body as before', async () => {
  const sample = await fetch(`${server.url}/samples/sunset.jpg`);
  const image = `data:image/jpeg;base64,${Buffer.from(await sample.arrayBuffer()).toString('base64')}`;
  const { status, answer } = await send(
    'a photograph',
    '/api/v1/tasks',
    JSON.stringify({ image }).replaceAll('/', '\\/'),
  );
  expect(status, JSON.stringify(answer)).toBe(201);
  await server.owner.post(`/api/v1/tasks/${(answer as unknown as NativeTask).id}/cancel`, {});
});

test.each([
  ['params that are null', { method: 'ping', params: null }],
  ['params that are a text', { method: 'tools/call', params: 'x' }],
  ['params that are a list', { method: 'initialize', params: [] }],
  ['an id that is an object', { id: { a: 1 }, method: 'ping' }],
  ['no tool that there is', { method: 'tools/call', params: { name: '__proto__', arguments: null } }],
])('a message with %s is answered as the protocol says', async (name, message) => {
  const { status, answer } = await send(name, '/mcp', JSON.stringify({ jsonrpc: '2.0', id: 1, ...message }));
  expect(status).toBeLessThan(500);
  expect(answer).toMatchObject({ jsonrpc: '2.0', error: { code: expect.any(Number) } });
});

test('streams of events are counted however many are asked for at once', async () => {
  const { body } = await server.owner.post<NativeTask>('/api/v1/tasks', {
    image: `${server.url}/samples/sunset.jpg`,
  });
  await server.owner.post(`/api/v1/tasks/${body.id}/cancel`, {});
  const { hostname, port } = new URL(server.url);
  const path = `/api/v1/events?task=${body.id}`;
  const follow = () =>
    new Promise<number | undefined>((resolve, reject) => {
      const asking = open(
        { hostname, port, path, headers: server.owner.credentials, agent: false },
        (answer) => {
          resolve(answer.statusCode);
          stops.push(() => asking.destroy());
        },
      );
      asking.on('error', reject).end();
    });
  const stops: (() => void)[] = [];
  const statuses = await Promise.all(Array.from({ length: 60 }, follow));
  const count = (wanted: number) => statuses.filter((status) => status === wanted).length;
  expect([count(200), count(429)]).toEqual([20, 40]);
  for (const stop of stops) stop();
});
