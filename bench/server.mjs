// What the server itself costs, without rendering, on the embedded database and on PostgreSQL: how soon it is ready, how many
// requests it answers and how late, how soon a task begins, and how soon a thousand listeners hear of it. The client is one
// process on the same machine, over real HTTP, and the listeners are another.
import { fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { createClient } from './light-client.mjs';
import { megabytesOf } from './memory.mjs';
import { startPostgres } from './postgres.mjs';
import { tableLines, writePart } from './report.mjs';

const { LISTENERS = '1000', ROUNDS = '3' } = process.env;
const path = (relative) => fileURLToPath(new URL(relative, import.meta.url));
const median = (values) => values.toSorted((a, b) => a - b)[values.length >> 1];
const quantile = (values, share) =>
  values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(share * values.length))];

const SECRET_KEY = 'only-for-benchmarks-only-for-benchmarks';
const ACCOUNTS = 50;
/** One account's creations wait for each other, because each is charged; those of several do not. */
const CREATORS = 20;
/** Each account makes so many tasks while there are listeners. */
const WAVES = 4;
const RATE_SECONDS = 4;
const PICK_UPS = 30;

/** Seconds from the start of `stillroar serve` until it answers that it is ready. */
async function measureReady(data, databaseUrl, port) {
  const started = performance.now();
  const server = spawn(process.execPath, [path('../dist/cli.js'), 'serve'], {
    cwd: data,
    env: {
      ...process.env,
      STILLROAR_DATA: data,
      STILLROAR_PORT: String(port),
      STILLROAR_LOG: 'error',
      STILLROAR_SECRET_KEY: SECRET_KEY,
      DATABASE_URL: databaseUrl ?? '',
    },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  for (;;) {
    const response = await fetch(`http://127.0.0.1:${port}/readyz`).catch(() => undefined);
    if (response?.ok) break;
    if (server.exitCode !== null) throw new Error('The server did not start.');
    await sleep(5);
  }
  const seconds = (performance.now() - started) / 1000;
  server.kill('SIGTERM');
  await once(server, 'exit');
  return seconds;
}

/**
 * Starts the server with the sleeping engine.
 * @param seconds how long its engine sleeps over a task
 * @param slots tasks at once
 */
export async function startServer({ seconds, slots = 1, accounts = 1, ...place }) {
  const options = JSON.stringify({ ...place, seconds, slots, accounts, secretKey: SECRET_KEY });
  const child = fork(path('server-child.mjs'), [options], { execArgv: ['--expose-gc'] });
  const starts = new Map();
  const [{ url, keys }] = await once(child, 'message');
  let tellHeap;
  child.on('message', ({ started, at, heap }) => {
    if (heap === undefined) starts.set(started, at);
    else tellHeap(heap);
  });
  const api = `${url}/api/open/v4/image2Video`;
  const body = {
    image_url: `${url}/samples/sunset.jpg`,
    prompt: 'x',
    resolution: '720p',
    audio_type: 3,
    video_length: 5,
  };
  return {
    pid: child.pid,
    url,
    keys,
    starts,
    /** Makes a task; answers its id. */
    async create(client, key = keys[0]) {
      const { code, msg, data } = await client.call('POST', `${api}/createBySourcePrompt`, key, body);
      if (code !== 1000) throw new Error(msg);
      return data._id;
    },
    async result(client, id) {
      const { data } = await client.call('POST', `${api}/resultsByIds`, keys[0], { _ids: id });
      if (data.result.length !== 1) throw new Error('A task is missing.');
    },
    async list(client) {
      const { items } = await client.call('GET', `${url}/api/v1/tasks?limit=20`, keys[0]);
      if (items.length !== 20) throw new Error('A list is too short.');
    },
    /** Megabytes that are in use on the server's heap once all else is collected. */
    heap: () =>
      new Promise((resolve) => {
        tellHeap = resolve;
        child.send('heap');
      }),
    async close() {
      child.kill('SIGTERM');
      await once(child, 'exit');
    },
  };
}

/** How many times a second something can be done on so many connections. */
async function measureRate(connections, work) {
  let count = 0;
  const began = performance.now();
  const until = began + RATE_SECONDS * 1000;
  await Promise.all(
    Array.from({ length: connections }, async () => {
      while (performance.now() < until) {
        await work();
        count += 1;
      }
    }),
  );
  return count / ((performance.now() - began) / 1000);
}

/** How late the answers are, in ms, when it is done so many times a second whether the last is answered or not. */
async function measureDelays(rate, work) {
  const delays = [];
  const pending = [];
  const began = performance.now();
  for (let index = 0; index < rate * RATE_SECONDS; index++) {
    const due = began + (1000 * index) / rate;
    if (due > performance.now()) await sleep(due - performance.now());
    pending.push(work().then(() => delays.push(performance.now() - due)));
  }
  await Promise.all(pending);
  return delays;
}

/** What one server whose engine is busy all the time answers a second, and how late at half of that. */
async function measureThroughput(place) {
  const server = await startServer({ ...place, seconds: 3600, accounts: CREATORS });
  const client = createClient(64);
  const ids = [];
  let asked = 0;
  let created = 0;
  const create = async () => void ids.push(await server.create(client));
  const createForAll = () => server.create(client, server.keys[created++ % CREATORS]);
  const works = {
    'create, one account': [16, create],
    [`create, ${CREATORS} accounts`]: [16, createForAll],
    results: [32, () => server.result(client, ids[asked++ % ids.length])],
    'list of 20': [16, () => server.list(client)],
  };
  const figures = {};
  for (const [name, [connections, work]] of Object.entries(works)) {
    const rate = await measureRate(connections, work);
    const delays = await measureDelays(rate / 2, work);
    figures[name] =
      `${Math.round(rate)} /s; at half of that ${median(delays).toFixed(1)} ms, 99 % ${quantile(delays, 0.99).toFixed(1)} ms`;
  }
  client.close();
  await server.close();
  return figures;
}

/** Milliseconds from the answer to a creation until an idle engine is started. */
async function measureLatency(place) {
  const server = await startServer({ ...place, seconds: 0 });
  const client = createClient(1);
  const delays = [];
  for (let round = 0; round < PICK_UPS; round++) {
    const id = await server.create(client);
    const answered = Date.now();
    while (!server.starts.has(id)) await sleep(1);
    delays.push(server.starts.get(id) - answered);
    await sleep(100);
  }
  client.close();
  await server.close();
  return `${median(delays)} ms, worst ${Math.max(...delays)} ms`;
}

/** How soon listeners, twenty an account, hear that tasks begin and end; every account makes one at the same time, repeatedly. */
async function measureListeners(place) {
  const listeners = Number(LISTENERS);
  const server = await startServer({ ...place, seconds: 1, slots: 10, accounts: ACCOUNTS });
  const before = megabytesOf(server.pid);
  const { url, keys } = server;
  const child = fork(path('listen.mjs'), [JSON.stringify({ url, keys, listeners, tasks: WAVES })]);
  const [{ connected }] = await once(child, 'message');
  const after = megabytesOf(server.pid);
  const client = createClient(ACCOUNTS);
  const heard = once(child, 'message');
  for (let wave = 0; wave < WAVES; wave++) await Promise.all(keys.map((key) => server.create(client, key)));
  const [{ p50, p99, worst, news, dropped, broken }] = await heard;
  const busy = megabytesOf(server.pid);
  child.send('end');
  await once(child, 'exit');
  client.close();
  await server.close();
  return {
    listeners: connected,
    'news told': news,
    'from change to listener': `${p50.toFixed(0)} ms, 99 % ${p99.toFixed(0)} ms, worst ${worst.toFixed(0)} ms`,
    'ends not heard, streams broken': `${dropped}, ${broken}`,
    'server before, with listeners, after': `${before.toFixed(0)}, ${after.toFixed(0)}, ${busy.toFixed(0)} MB`,
  };
}

/** Every figure of one database. */
async function measure(root, createDatabase) {
  const place = async () => ({
    data: mkdtempSync(join(root, 'data-')),
    databaseUrl: await createDatabase(),
  });
  const [empty, used] = [[], []];
  for (let round = 0; round < Number(ROUNDS); round++) {
    const { data, databaseUrl } = await place();
    empty.push(await measureReady(data, databaseUrl, 18_080 + round));
    used.push(await measureReady(data, databaseUrl, 18_080 + round));
  }
  return {
    'ready, empty database': `${median(empty).toFixed(2)} s`,
    'ready, used database': `${median(used).toFixed(2)} s`,
    ...(await measureThroughput(await place())),
    'answer to start of work': await measureLatency(await place()),
    ...(await measureListeners(await place())),
  };
}

export async function benchServer() {
  const root = mkdtempSync(join(tmpdir(), 'stillroar-server-'));
  const postgres = await startPostgres();
  try {
    const embedded = await measure(root, async () => undefined);
    const onPostgres = await measure(root, postgres.createDatabase);
    const rows = Object.keys(embedded).map((what) => ({
      what,
      embedded: embedded[what],
      PostgreSQL: onPostgres[what],
    }));
    writePart('server', [
      '## The server',
      'Everything but rendering: the engine sleeps. Creations are validated, charged, queued and durable; 16 connections create and',
      `list, 32 ask for results, and then all come at half the rate that was reached. The time from an answer to the start of work`,
      `is of an idle server. Listeners are open event streams, twenty an account; each of ${ACCOUNTS} accounts makes ${WAVES} tasks of a second,`,
      'ten at work at once. PostgreSQL, its client and its listeners share the machine. `npm run bench -- server` writes this part',
      'anew.',
      '',
      ...tableLines(rows),
    ]);
    return rows;
  } finally {
    await postgres.stop();
    rmSync(root, { recursive: true, force: true, maxRetries: 10 });
  }
}
