import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { adoptNextKey, readNextKey, readSecretKey, writeSecretKey } from './secret-key.ts';

async function createDirectory(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'stillroar-secret-'));
  onTestFinished(() => rm(directory, { recursive: true }));
  return directory;
}

test('the key is made once, whole, for its owner alone, and nothing else is left beside it', async () => {
  const directory = await createDirectory();
  const key = await readSecretKey(directory);
  expect(key).toMatch(/^[\w-]{43}$/);
  expect(await readSecretKey(directory)).toBe(key);
  expect((await stat(join(directory, 'secret-key'))).mode & 0o777).toBe(0o600);
  expect(await readdir(directory)).toEqual(['secret-key']);
});

test('the next key stays the same until it is adopted', async () => {
  const directory = await createDirectory();
  const old = await readSecretKey(directory);
  const next = await readNextKey(directory);
  expect([await readNextKey(directory), await readSecretKey(directory)]).toEqual([next, old]);
  await adoptNextKey(directory);
  expect(await readSecretKey(directory)).toBe(next);
  expect(await readdir(directory)).toEqual(['secret-key']);
});

test('a backup’s key is never put over another one', async () => {
  const directory = await createDirectory();
  const key = await readSecretKey(directory);
  await writeSecretKey(directory, key);
  await expect(writeSecretKey(directory, 'k'.repeat(43))).rejects.toMatchObject({ code: 'configuration' });
  expect(await readFile(join(directory, 'secret-key'), 'utf8')).toBe(key);
});
