import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { createEmbeddedDirectory } from '../support/database.ts';
import { createNativeCaller } from '../support/native.ts';
import { findPort, type Postgres, startPostgres } from '../support/postgres.ts';
import { type Node, startNode } from './cluster.ts';

// How long it takes after each kind of kill until the next task is taken in, and until the task that was at work is done. What
// was killed is started again at once. Times are wall time: they count where nothing else runs.

const PUBLIC_URL = 'http://stillroar.example';
const WORK_SECONDS = 2;
/** A lease of 30 s, a minute, and the work itself. */
const LONGEST = (30 + 60 + WORK_SECONDS) * 1000;

let postgres: Postgres;
let data: string;
let databaseUrl: string;
beforeAll(async () => {
  data = await mkdtemp(join(tmpdir(), 'stillroar-recovery-'));
  postgres = await startPostgres();
  databaseUrl = await postgres.createDatabase('recovery');
});
afterAll(async () => {
  await postgres.stop();
  await rm(data, { recursive: true });
});

const settings = (slots: number) => ({
  STILLROAR_PUBLIC_URL: PUBLIC_URL,
  STILLROAR_SLOTS: String(slots),
  TEST_WORK_MILLISECONDS: String(WORK_SECONDS * 1000),
});
const serve = () => startNode('serve', data, { ...settings(0), DATABASE_URL: databaseUrl });
const work = () => startNode('work', data, { ...settings(1), DATABASE_URL: databaseUrl });

function callerOf({ url, key }: Pick<Node, 'url' | 'key'>) {
  return createNativeCaller(url, { authorization: `Bearer ${key}` });
}

async function create(server: Pick<Node, 'url' | 'key'>): Promise<string | undefined> {
  const image = `${PUBLIC_URL}/samples/sunset.jpg`;
  const answer = await callerOf(server)
    .post('/api/v1/tasks', { image, prompt: 'x' })
    .catch(() => undefined);
  return answer?.status === 201 ? answer.body.id : undefined;
}

/**
 * Strikes while a task is at work and tells what passed.
 * @param strike kills; resolves to the server that answers afterwards
 */
async function measure(what: string, server: Node, strike: () => Promise<Node>): Promise<Node> {
  const id = (await create(server))!;
  await callerOf(server).wait(id, 'processing');
  const struckAt = performance.now();
  const after = await strike();
  while (!(await create(after))) await sleep(20);
  const takenIn = performance.now() - struckAt;
  await callerOf(after).wait(id, 'completed');
  const done = performance.now() - struckAt;
  console.log(
    `${what}: the next task taken in after ${(takenIn / 1000).toFixed(1)} s, ` +
      `the one at work (${WORK_SECONDS} s) done after ${(done / 1000).toFixed(1)} s`,
  );
  expect(done).toBeLessThan(LONGEST);
  return after;
}

test('the server on the embedded database', async () => {
  const directory = await createEmbeddedDirectory();
  const start = () => startNode('serve', directory.path, settings(2));
  const first = await start();
  const second = await measure('the server on the embedded database', first, async () => {
    await first.kill();
    return start();
  });
  await second.stop();
  await directory.remove();
});

test('a server that only answers, PostgreSQL itself, and the only worker', async () => {
  let server = await serve();
  let worker = await work();
  server = await measure('a server that only answers', server, async () => {
    await server.kill();
    return serve();
  });
  await measure('PostgreSQL itself', server, async () => {
    await postgres.kill();
    await postgres.restart();
    return server;
  });
  await measure('the only worker', server, async () => {
    await worker.kill();
    worker = await work();
    return server;
  });
  await Promise.all([server.stop(), worker.stop()]);
});

test('the child that renders', async () => {
  const directory = await createEmbeddedDirectory();
  const port = await findPort();
  const url = `http://127.0.0.1:${port}`;
  const key = 'recovers'.repeat(3);
  const server = spawn(
    process.execPath,
    [fileURLToPath(new URL('../../dist/cli.js', import.meta.url)), 'serve'],
    {
      cwd: directory.path,
      stdio: ['ignore', 'ignore', 'inherit'],
      env: {
        ...process.env,
        STILLROAR_DATA: directory.path,
        STILLROAR_PORT: String(port),
        STILLROAR_API_KEY: key,
        STILLROAR_SLOTS: '1',
        STILLROAR_LOG: 'fatal',
      },
    },
  );
  onTestFinished(() => void server.kill('SIGKILL'));
  while (!(await fetch(`${url}/readyz`).catch(() => undefined))?.ok) await sleep(50);
  const caller = createNativeCaller(url, { authorization: `Bearer ${key}` });
  const { body: made } = await caller.post('/api/v1/tasks', {
    image: `${url}/samples/sunset.jpg`,
    prompt: 'Gulls.',
  });
  for (let stage: string | null = ''; stage !== 'rendering'; await sleep(20)) {
    ({ stage } = (await caller.get(`/api/v1/tasks/${made.id}`)).body);
  }
  const killed = (await childrenOf(server)).filter((pid) => process.kill(pid, 'SIGKILL'));
  const struckAt = performance.now();
  const seconds = () => ((performance.now() - struckAt) / 1000).toFixed(1);
  const isAgain = async () => {
    const { body } = await caller.get(`/api/v1/tasks/${made.id}`);
    return body.state === 'processing' && body.stage === 'rendering' && (await childrenOf(server)).length > 0;
  };
  await sleep(100);
  while (!(await isAgain())) await sleep(20);
  const again = seconds();
  expect(await caller.wait(made.id, 'completed', 'failed')).toMatchObject({ state: 'completed' });
  console.log(`the child that renders: drawn again after ${again} s, done after ${seconds()} s`);
  expect(killed.length).toBeGreaterThanOrEqual(1);
  server.kill('SIGTERM');
  await new Promise((resolve) => server.once('exit', resolve));
  await directory.remove();
});

/** Ids of the processes that a process has started (Linux). */
async function childrenOf({ pid }: ChildProcess): Promise<number[]> {
  const children: number[] = [];
  for (const name of await readdir('/proc')) {
    const stat = /^\d+$/.test(name) ? await readFile(`/proc/${name}/stat`, 'utf8').catch(() => '') : '';
    if (stat.slice(stat.lastIndexOf(')')).split(' ')[2] === String(pid)) children.push(Number(name));
  }
  return children;
}
