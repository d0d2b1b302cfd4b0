import { spawn } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { lockDirectory } from './directory-lock.ts';

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'stillroar-lock-'));
});
afterAll(() => rm(directory, { recursive: true }));

test('one holder at a time, who is named to the next', async () => {
  const lock = await lockDirectory(directory);
  await expect(lockDirectory(directory)).rejects.toThrow(`in use by process ${process.pid}`);
  await lock.release();
  await (await lockDirectory(directory)).release();
});

test('many at once: exactly one gets it', async () => {
  const attempts = await Promise.allSettled(Array.from({ length: 20 }, () => lockDirectory(directory)));
  const locks = attempts.flatMap((attempt) => (attempt.status === 'fulfilled' ? [attempt.value] : []));
  expect(locks).toHaveLength(1);
  await locks[0]!.release();
});

test('another living process is respected, a dead one is not', async () => {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
  await new Promise((started) => child.once('spawn', started));
  await writeFile(join(directory, 'lock'), `${child.pid} `);
  await expect(lockDirectory(directory)).rejects.toThrow(`in use by process ${child.pid}`);
  child.kill('SIGKILL');
  await new Promise((ended) => child.once('exit', ended));
  await (await lockDirectory(directory)).release();
  expect(await readdir(directory)).toEqual([]);
});

test('a process id that now belongs to another process does not count', async () => {
  // Process 1 runs, but was not started at tick 1.
  await writeFile(join(directory, 'lock'), '1 1');
  const lock = await lockDirectory(directory);
  expect(await readFile(join(directory, 'lock'), 'utf8')).toContain(`${process.pid} `);
  await lock.release();
});
