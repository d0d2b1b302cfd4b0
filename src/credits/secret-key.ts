import { randomBytes } from 'node:crypto';
import { mkdir, open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { StillroarError } from '../errors.ts';

/** The server's secret key from the data directory: the file `secret-key` of mode 0600, made at the first start. */
export async function readSecretKey(dataDirectory: string): Promise<string> {
  await mkdir(dataDirectory, { recursive: true, mode: 0o700 });
  const path = join(dataDirectory, 'secret-key');
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  const key = randomBytes(32).toString('base64url');
  await writeNew(path, key);
  return key;
}

/**
 * Puts a secret key from a backup where {@link readSecretKey} finds it.
 * @throws StillroarError `configuration` when another one is there
 */
export async function writeSecretKey(dataDirectory: string, key: string): Promise<void> {
  const path = join(dataDirectory, 'secret-key');
  const there = await readFile(path, 'utf8').catch(() => undefined);
  if (there === key) return;
  if (there !== undefined) {
    throw new StillroarError(
      'configuration',
      `${path} holds another key than the backup. Move it away and restore again into an empty directory.`,
    );
  }
  await writeNew(path, key);
}

async function writeNew(path: string, key: string): Promise<void> {
  const file = await open(path, 'wx', 0o600);
  try {
    await file.writeFile(key);
    await file.sync();
  } finally {
    await file.close();
  }
}
