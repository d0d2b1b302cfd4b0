// Two hundred jobs in a row on one server with the real engine: whether its memory, and that of its render child, stays. Most
// jobs put sound to a short video, every tenth makes a clip. Then ten thousand requests to a server whose engine sleeps, on
// each database: whether its heap stays. `JOBS=40 REQUESTS=2000` does fewer. Linux only: memory is read from /proc.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createClient } from './light-client.mjs';
import { childrenOf, megabytesOf } from './memory.mjs';
import { startOwnServer } from './own-server.mjs';
import { startPostgres } from './postgres.mjs';
import { tableLines, writePart } from './report.mjs';
import { startServer } from './server.mjs';

const JOBS = Number(process.env.JOBS ?? 200);
const REQUESTS = Number(process.env.REQUESTS ?? 10_000);
/** Parts that jobs and requests are shown in; the first and the last are compared. */
const PARTS = 10;
const CLIP_EVERY = 10;
const PORT = 18_090;
const KEY = 'only-for-this-benchmark.';
const url = `http://127.0.0.1:${PORT}`;
const headers = { authorization: `Bearer ${KEY}`, 'content-type': 'application/json' };
const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;

async function make(body) {
  let task = await (
    await fetch(`${url}/api/v1/tasks`, { method: 'POST', headers, body: JSON.stringify(body) })
  ).json();
  if (!task.id) throw new Error(task.detail);
  while (task.state === 'queued' || task.state === 'processing') {
    await sleep(100);
    task = await (await fetch(`${url}/api/v1/tasks/${task.id}`, { headers })).json();
  }
  if (task.state !== 'completed') throw new Error(task.error?.message);
  return task.outputs.find(({ kind }) => kind === 'video').url;
}

async function measureJobs() {
  const server = await startOwnServer({ port: PORT, key: KEY });
  const clip = { image: `${url}/samples/stream.jpg`, prompt: 'slow push in, rushing water' };
  const rows = [];
  try {
    const video = await make(clip);
    let ofServer = [];
    let ofChild = [];
    for (let job = 1; job <= JOBS; job++) {
      await make(job % CLIP_EVERY === 0 ? clip : { kind: 'video-to-audio', video, prompt: 'rain on a roof' });
      ofServer.push(megabytesOf(server.pid));
      ofChild.push(Math.max(0, ...childrenOf(server.pid).map(megabytesOf)));
      if (job % (JOBS / PARTS) !== 0) continue;
      rows.push({
        'jobs done': job,
        'server MB': Math.round(mean(ofServer)),
        'render child MB': Math.round(mean(ofChild)),
      });
      ofServer = [];
      ofChild = [];
    }
  } finally {
    await server.close();
  }
  return rows;
}

/** The heap after each part of so many requests: results, lists, a creation now and then, and what is not there. */
async function measureRequests(databaseUrl) {
  const data = mkdtempSync(join(tmpdir(), 'stillroar-endurance-'));
  const server = await startServer({ data, databaseUrl, seconds: 3600 });
  const client = createClient(16);
  const rows = [];
  try {
    const ids = [];
    while (ids.length < 20) ids.push(await server.create(client));
    let asked = 0;
    const ask = async () => {
      const turn = asked++;
      if (turn % 50 === 0) await server.create(client);
      else if (turn % 10 === 1) await server.list(client);
      else if (turn % 10 === 2) await client.call('GET', `${server.url}/api/v1/tasks/0`, server.keys[0]);
      else await server.result(client, ids[turn % ids.length]);
    };
    for (let part = 1; part <= PARTS; part++) {
      const until = (part * REQUESTS) / PARTS;
      const lane = async () => {
        while (asked < until) await ask();
      };
      await Promise.all(Array.from({ length: 16 }, lane));
      rows.push({ requests: asked, heap: (await server.heap()).toFixed(1), rss: megabytesOf(server.pid) });
    }
  } finally {
    client.close();
    await server.close();
    rmSync(data, { recursive: true, force: true, maxRetries: 10 });
  }
  return rows;
}

export async function benchEndurance() {
  const jobs = await measureJobs();
  console.table(jobs);
  const postgres = await startPostgres();
  try {
    const embedded = await measureRequests(undefined);
    const onPostgres = await measureRequests(await postgres.createDatabase());
    const requests = embedded.map((row, index) => ({
      'requests answered': row.requests,
      'embedded: heap MB': row.heap,
      'resident MB': Math.round(row.rss),
      'PostgreSQL: heap MB': onPostgres[index].heap,
      'resident MB ': Math.round(onPostgres[index].rss),
    }));
    writePart('endurance', [
      '## Whether memory stays',
      `One server and its render child over ${JOBS} jobs, sound for a video or, every tenth, a clip: resident memory, the mean of each`,
      `tenth. Then a server alone over ${REQUESTS.toLocaleString('en')} requests, its heap after everything else was collected.`,
      '`npm run bench -- endurance` writes this part anew.',
      '',
      ...tableLines(jobs),
      '',
      ...tableLines(requests),
    ]);
    return requests;
  } finally {
    await postgres.stop();
  }
}
