import { createReadStream } from 'node:fs';
import { copyFile, mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Storage } from './storage.ts';
import { isStorageKey } from './storage-key.ts';

/** Files in a directory, in 256 folders by the first two digits of their keys. */
export function createDiskStorage(directory: string): Storage {
  function locate(key: string): string {
    if (!isStorageKey(key)) throw new Error(`Not a storage key: ${key}`);
    return join(directory, key.slice(0, 2), key);
  }

  return {
    async put(path, key) {
      const target = locate(key);
      const partial = `${target}.partial`;
      await mkdir(dirname(target), { recursive: true });
      try {
        await copyFile(path, partial);
        await sync(partial);
        await rename(partial, target);
        await sync(dirname(target));
        await sync(directory);
      } catch (error) {
        await rm(partial, { force: true });
        throw error;
      }
    },
    async size(key) {
      try {
        return (await stat(locate(key))).size;
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
        throw error;
      }
    },
    open: (key, range) => createReadStream(locate(key), range),
    remove: (key) => rm(locate(key), { force: true }),
  };
}

/** Flushes a file, or a directory's entries, to the disk. */
async function sync(path: string): Promise<void> {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
