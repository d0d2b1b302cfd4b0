import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createDiskStorage } from './disk.ts';
import { createStorageKey } from './storage-key.ts';

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'stillroar-storage-'));
  await writeFile(join(directory, 'source'), '0123456789');
});
afterAll(() => rm(directory, { recursive: true }));

test('keeps a file and gives back the whole or a part', async () => {
  const storage = createDiskStorage(join(directory, 'files'));
  const key = createStorageKey('mp4');
  await storage.put(join(directory, 'source'), key);
  expect(await storage.size(key)).toBe(10);
  expect(await text(storage.open(key))).toBe('0123456789');
  expect(await text(storage.open(key, { start: 2, end: 4 }))).toBe('234');
  await storage.remove(key);
  await storage.remove(key);
  expect(await storage.size(key)).toBeUndefined();
});

test('leaves nothing behind when a copy fails', async () => {
  const storage = createDiskStorage(join(directory, 'failed'));
  const key = createStorageKey('mp4');
  await expect(storage.put(join(directory, 'missing'), key)).rejects.toThrow('ENOENT');
  expect(await readdir(join(directory, 'failed', key.slice(0, 2)))).toEqual([]);
});

test('what a process left of a copy that it did not finish is found by its key, and removed', async () => {
  const storage = createDiskStorage(join(directory, 'died'));
  const [whole, half] = [createStorageKey('mp4'), createStorageKey('mp4')];
  await storage.put(join(directory, 'source'), whole);
  const folder = join(directory, 'died', half.slice(0, 2));
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, `${half}.partial`), '01234');
  const listed: string[] = [];
  for await (const keys of storage.listOlder(new Date(Date.now() + 1_000), 1)) listed.push(...keys);
  expect(listed.sort()).toEqual([whole, half].sort());
  expect(await storage.size(half)).toBeUndefined();
  await storage.remove(half);
  expect(await readdir(folder)).toEqual(whole.startsWith(half.slice(0, 2)) ? [whole] : []);
});

test('takes keys only', () => {
  const storage = createDiskStorage(directory);
  for (const key of ['../source', 'source', `${'a'.repeat(32)}.mp4/../../source`]) {
    expect(() => storage.open(key)).toThrow('Not a storage key');
  }
});
