// Two hundred jobs in a row on one server with the real engine: whether its memory, and that of its render child, stays. Most
// jobs put sound to a short video, every tenth makes a clip; `JOBS=40` does fewer. Linux only: memory is read from /proc.
import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const { JOBS = '200' } = process.env;
const CLIP_EVERY = 10;
const PORT = 18_090;
const KEY = 'only-for-this-benchmark.';
const url = `http://127.0.0.1:${PORT}`;
const headers = { authorization: `Bearer ${KEY}`, 'content-type': 'application/json' };
const cli = fileURLToPath(new URL('../dist/cli.js', import.meta.url));

/** Resident megabytes of a process; 0 when it is gone. */
function megabytesOf(pid) {
  try {
    return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))[1]) / 1000;
  } catch {
    return 0;
  }
}

/** Processes whose parent is this one. */
function childrenOf(pid) {
  return readdirSync('/proc').filter((name) => {
    if (!/^\d+$/.test(name)) return false;
    try {
      return readFileSync(`/proc/${name}/stat`, 'utf8').split(') ')[1].split(' ')[1] === String(pid);
    } catch {
      return false;
    }
  });
}

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

export async function benchEndurance() {
  const data = mkdtempSync(join(tmpdir(), 'stillroar-endurance-'));
  const server = spawn(process.execPath, [cli, 'serve'], {
    cwd: data,
    stdio: ['ignore', 'ignore', 'inherit'],
    env: {
      ...process.env,
      STILLROAR_DATA: data,
      STILLROAR_PORT: String(PORT),
      STILLROAR_API_KEY: KEY,
      STILLROAR_SLOTS: '1',
      STILLROAR_LOG: 'error',
    },
  });
  while (!(await fetch(`${url}/readyz`).catch(() => undefined))?.ok) await sleep(100);
  const clip = { image: `${url}/samples/stream.jpg`, prompt: 'slow push in, rushing water' };
  const rows = [];
  try {
    const video = await make(clip);
    let ofServer = [];
    let ofChild = [];
    for (let job = 1; job <= Number(JOBS); job++) {
      await make(job % CLIP_EVERY === 0 ? clip : { kind: 'video-to-audio', video, prompt: 'rain on a roof' });
      ofServer.push(megabytesOf(server.pid));
      ofChild.push(Math.max(0, ...childrenOf(server.pid).map(megabytesOf)));
      if (job % (Number(JOBS) / 8) !== 0) continue;
      const mean = (values) => Math.round(values.reduce((sum, value) => sum + value, 0) / values.length);
      rows.push({ 'jobs done': job, 'server MB': mean(ofServer), 'render child MB': mean(ofChild) });
      ofServer = [];
      ofChild = [];
    }
  } finally {
    server.kill('SIGTERM');
    rmSync(data, { recursive: true, force: true, maxRetries: 10 });
  }
  return rows;
}
