// What the server itself costs, without rendering: how soon it is ready, how many requests it answers, and how soon a
// task begins. One client process on the same machine, over real HTTP.
import { fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import http from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const path = (relative) => fileURLToPath(new URL(relative, import.meta.url));
const median = (values) => values.toSorted((a, b) => a - b)[values.length >> 1];

/** Creations that are measured: as many as the first account can pay, and fewer than the queue holds. */
const CREATIONS = 480;
const POLL_SECONDS = 3;

/** Posts JSON on kept connections; resolves to the parsed answer. */
function createClient(connections) {
  const agent = new http.Agent({ keepAlive: true, maxSockets: connections });
  const call = (url, key, body) =>
    new Promise((resolve, reject) => {
      const headers = { 'x-api-key': key, 'content-type': 'application/json' };
      const request = http.request(url, { method: 'POST', agent, headers }, (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (chunk) => {
          text += chunk;
        });
        response.on('end', () => resolve(JSON.parse(text))).on('error', reject);
      });
      request.on('error', reject).end(JSON.stringify(body));
    });
  return { call, close: () => agent.destroy() };
}

/** Seconds from the start of `stillroar serve` until it answers that it is ready. */
async function measureReady(data, port) {
  const started = performance.now();
  const server = spawn(process.execPath, [path('../dist/cli.js'), 'serve'], {
    cwd: data,
    env: { ...process.env, STILLROAR_DATA: data, STILLROAR_PORT: String(port), STILLROAR_LOG: 'error' },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  for (;;) {
    const response = await fetch(`http://127.0.0.1:${port}/readyz`).catch(() => undefined);
    if (response?.ok) break;
    if (server.exitCode !== null) throw new Error('The server did not start.');
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  const seconds = (performance.now() - started) / 1000;
  server.kill('SIGTERM');
  await once(server, 'exit');
  return seconds;
}

/** Runs `work` on so many lanes until each has answered false. */
async function inParallel(lanes, work) {
  await Promise.all(
    Array.from({ length: lanes }, async () => {
      while (await work());
    }),
  );
}

/** Starts the server with the sleeping engine. */
async function startServer(data, seconds) {
  const child = fork(path('server-child.mjs'), [data, String(seconds)]);
  const starts = new Map();
  const [{ url, key }] = await once(child, 'message');
  child.on('message', ({ started, at }) => starts.set(started, at));
  const api = `${url}/api/open/v4/image2Video`;
  const body = {
    image_url: `${url}/samples/sunset.jpg`,
    prompt: 'x',
    resolution: '720p',
    audio_type: 3,
    video_length: 5,
  };
  return {
    starts,
    create: (client) => client.call(`${api}/createBySourcePrompt`, key, body),
    results: (client, id) => client.call(`${api}/resultsByIds`, key, { _ids: id }),
    async close() {
      child.kill('SIGTERM');
      await once(child, 'exit');
    },
  };
}

/** Creations and results a second, on one server whose engine is busy all the time. */
async function measureThroughput(data) {
  const server = await startServer(data, 3600);
  const client = createClient(32);
  const ids = [];
  const lanes = 16;
  await server.create(client);
  const began = performance.now();
  await inParallel(lanes, async () => {
    const answer = await server.create(client);
    if (answer.code !== 1000) throw new Error(answer.msg);
    ids.push(answer.data._id);
    return ids.length <= CREATIONS - lanes;
  });
  const createRate = ids.length / ((performance.now() - began) / 1000);
  let count = 0;
  const until = performance.now() + POLL_SECONDS * 1000;
  await inParallel(32, async () => {
    const answer = await server.results(client, ids[count % ids.length]);
    if (answer.data.result.length !== 1) throw new Error('A task is missing.');
    count += 1;
    return performance.now() < until;
  });
  client.close();
  await server.close();
  return { createRate, resultRate: count / POLL_SECONDS };
}

/** Milliseconds from the answer to a creation until an idle engine is started. */
async function measureLatency(data) {
  const server = await startServer(data, 0);
  const client = createClient(1);
  const delays = [];
  for (let round = 0; round < 30; round++) {
    const { data: task } = await server.create(client);
    const answered = Date.now();
    while (!server.starts.has(task._id)) await new Promise((resolve) => setTimeout(resolve, 1));
    delays.push(server.starts.get(task._id) - answered);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  client.close();
  await server.close();
  return delays;
}

export async function benchServer({ rounds = 3 } = {}) {
  const root = mkdtempSync(join(tmpdir(), 'stillroar-server-'));
  const directories = Array.from({ length: rounds }, () => mkdtempSync(join(root, 'data-')));
  const empty = [];
  const used = [];
  for (const [index, data] of directories.entries()) {
    empty.push(await measureReady(data, 18_080 + index));
    used.push(await measureReady(data, 18_080 + index));
  }
  const { createRate, resultRate } = await measureThroughput(mkdtempSync(join(root, 'data-')));
  const delays = await measureLatency(mkdtempSync(join(root, 'data-')));
  rmSync(root, { recursive: true });
  const row = (what, figure, how) => ({ what, figure, how });
  return [
    row('ready, empty directory', `${median(empty).toFixed(2)} s`, `stillroar serve, median of ${rounds}`),
    row('ready, used directory', `${median(used).toFixed(2)} s`, `stillroar serve, median of ${rounds}`),
    row('create', `${Math.round(createRate)} /s`, '16 connections, charge and job durable, engine asleep'),
    row('results', `${Math.round(resultRate)} /s`, '32 connections, one id each, engine asleep'),
    row(
      'answer to start of work',
      `${median(delays)} ms (worst ${Math.max(...delays)})`,
      'idle server, engine asleep, median of 30',
    ),
  ];
}
