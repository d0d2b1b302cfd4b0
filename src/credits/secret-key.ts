import { randomBytes } from 'node:crypto';
import { link, mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { StillroarError } from '../errors.ts';

const FILE = 'secret-key';
const NEXT_FILE = 'secret-key.next';

/** The server's secret key from the data directory: the file `secret-key` of mode 0600, made at the first start. */
export async function readSecretKey(dataDirectory: string): Promise<string> {
  await mkdir(dataDirectory, { recursive: true, mode: 0o700 });
  return readOrMake(join(dataDirectory, FILE));
}

/** The key that is to come after the data directory's own: made at the first call, the same until {@link adoptNextKey}. */
export function readNextKey(dataDirectory: string): Promise<string> {
  return readOrMake(join(dataDirectory, NEXT_FILE));
}

/** Puts the next key in the place of the data directory's own. */
export async function adoptNextKey(dataDirectory: string): Promise<void> {
  await rename(join(dataDirectory, NEXT_FILE), join(dataDirectory, FILE));
  await syncDirectory(dataDirectory);
}

/**
 * Puts a secret key from a backup where {@link readSecretKey} finds it.
 * @throws StillroarError `configuration` when another one is there
 */
export async function writeSecretKey(dataDirectory: string, key: string): Promise<void> {
  const path = join(dataDirectory, FILE);
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

async function readOrMake(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  const key = randomBytes(32).toString('base64url');
  await writeNew(path, key);
  return key;
}

/** Makes a file that appears whole or not at all, and never over another: half a key would seal as well as a whole one. */
async function writeNew(path: string, key: string): Promise<void> {
  const beside = `${path}.${randomBytes(6).toString('hex')}`;
  const file = await open(beside, 'w', 0o600);
  try {
    await file.writeFile(key);
    await file.sync();
    await link(beside, path);
  } finally {
    await file.close();
    await rm(beside, { force: true });
  }
  await syncDirectory(dirname(path));
}

async function syncDirectory(path: string): Promise<void> {
  const directory = await open(path, 'r');
  try {
    await directory.sync();
  } finally {
    await directory.close();
  }
}
