import { existsSync } from 'node:fs';
import { mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createWorkDirectory } from './work-directory.ts';

let parent: string;
beforeAll(async () => {
  parent = await mkdtemp(join(tmpdir(), 'stillroar-work-'));
});
afterAll(() => rm(parent, { recursive: true }));

test('what a dead process has left goes, and what another uses stays', async () => {
  const other = await createWorkDirectory(parent, false);
  const dead = await createWorkDirectory(parent, false);
  await writeFile(join(dead.path, 'half a video'), 'x');
  const anHourAgo = new Date(Date.now() - 3_600_000);
  await utimes(dead.path, anHourAgo, anHourAgo);
  const ours = await createWorkDirectory(parent, false);
  expect([other, dead, ours].map(({ path }) => existsSync(path))).toEqual([true, false, true]);
  for (const { remove } of [other, dead, ours]) await remove();
  expect(await readdir(parent)).toEqual([]);
});

test('whoever is alone takes all of it away at once', async () => {
  const dead = await createWorkDirectory(parent, false);
  const ours = await createWorkDirectory(parent, true);
  expect(await readdir(parent)).toHaveLength(1);
  await Promise.all([dead.remove(), ours.remove()]);
});
