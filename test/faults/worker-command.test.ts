import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { expect, onTestFinished, test } from 'vitest';
import { createNativeCaller } from '../support/native.ts';
import { findPort, startPostgres } from '../support/postgres.ts';

// The program as it was built: `stillroar serve` that only answers, and `stillroar worker` that makes the video.

const cli = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));
const apiKey = 'work'.repeat(6);

function stillroar(command: string, directory: string, settings: Record<string, string>) {
  const environment = Object.entries(process.env).filter(([name]) => !name.startsWith('STILLROAR_'));
  const child = spawn(process.execPath, [cli, command], {
    cwd: directory,
    env: { ...Object.fromEntries(environment), STILLROAR_LOG: 'error', ...settings },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  return child;
}

test('a server that only answers and a worker make a real video, and both end well', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'stillroar-worker-'));
  const postgres = await startPostgres();
  onTestFinished(postgres.stop);
  const port = String(await findPort());
  const settings = {
    DATABASE_URL: await postgres.createDatabase('worker'),
    STILLROAR_DATA: directory,
    STILLROAR_PORT: port,
    STILLROAR_API_KEY: apiKey,
    STILLROAR_SECRET_KEY: 'all-of-them-share-this-secret-key',
    STILLROAR_PUBLIC_URL: `http://127.0.0.1:${port}`,
  };
  const url = settings.STILLROAR_PUBLIC_URL;
  const processes = [
    stillroar('serve', directory, { ...settings, STILLROAR_SLOTS: '0' }),
    stillroar('worker', directory, settings),
  ];
  await expect
    .poll(async () => (await fetch(`${url}/readyz`).catch(() => undefined))?.ok, { timeout: 120_000 })
    .toBe(true);
  const caller = createNativeCaller(url, { authorization: `Bearer ${apiKey}` });
  const made = await caller.post('/api/v1/tasks', { image: `${url}/samples/sunset.jpg`, prompt: 'Gulls.' });
  const shown = new Set<string>();
  for (let { body } = made; !['completed', 'failed'].includes(body.state); ) {
    ({ body } = await caller.get(`/api/v1/tasks/${made.body.id}`));
    const preview = body.outputs.find(({ kind }) => kind === 'preview');
    if (!preview || shown.has(preview.url)) continue;
    const { width, height } = await sharp(await (await fetch(preview.url)).arrayBuffer()).metadata();
    expect(Math.max(width, height)).toBe(320);
    shown.add(preview.url);
  }
  expect(shown.size).toBeGreaterThanOrEqual(1);
  const task = await caller.wait(made.body.id, 'completed', 'failed');
  expect(task).toMatchObject({ state: 'completed', engine: 'builtin' });
  const video = await fetch(task.outputs.find(({ kind }) => kind === 'video')!.url);
  expect((await video.arrayBuffer()).byteLength).toBeGreaterThan(100_000);
  for (const child of processes) child.kill('SIGTERM');
  for (const child of processes) {
    if (child.exitCode === null) await once(child, 'exit');
    expect(child.exitCode).toBe(0);
  }
  await rm(directory, { recursive: true });
});

test('a worker without a shared database says what it needs', async () => {
  const child = stillroar('worker', tmpdir(), {});
  expect(await text(child.stderr)).toContain('DATABASE_URL: the embedded database belongs to one process.');
});
