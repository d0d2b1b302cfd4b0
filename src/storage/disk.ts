import { createReadStream } from 'node:fs';
import { copyFile, mkdir, open, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Storage } from './storage.ts';
import { isStorageKey } from './storage-key.ts';

/** What the name of a file ends in while it is being filled. */
const PARTIAL = '.partial';

/** Files in a directory, in 256 folders by the first two digits of their keys. */
export function createDiskStorage(directory: string): Storage {
  function locate(key: string): string {
    if (!isStorageKey(key)) throw new Error(`Not a storage key: ${key}`);
    return join(directory, key.slice(0, 2), key);
  }

  /** Lets `write` fill a file and makes it appear under its key once it is complete. */
  async function keep(key: string, write: (path: string) => Promise<void>): Promise<void> {
    const target = locate(key);
    const partial = target + PARTIAL;
    await mkdir(dirname(target), { recursive: true });
    try {
      await write(partial);
      await sync(partial);
      await rename(partial, target);
      await sync(dirname(target));
      await sync(directory);
    } catch (error) {
      await rm(partial, { force: true });
      throw error;
    }
  }

  return {
    put: (path, key) => keep(key, (partial) => copyFile(path, partial)),
    putBytes: (bytes, key) => keep(key, (partial) => writeFile(partial, bytes)),
    async size(key) {
      try {
        return (await stat(locate(key))).size;
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
        throw error;
      }
    },
    open: (key, range) => createReadStream(locate(key), range),
    async remove(key) {
      await rm(locate(key), { force: true });
      await rm(locate(key) + PARTIAL, { force: true });
    },
    async *listOlder(before, most) {
      let keys: string[] = [];
      for (const folder of await namesIn(directory)) {
        for (const name of await namesIn(join(directory, folder))) {
          // A process that died while it filled a file has left it under its key all the same.
          const key = name.endsWith(PARTIAL) ? name.slice(0, -PARTIAL.length) : name;
          if (!isStorageKey(key)) continue;
          const stats = await stat(join(directory, folder, name)).catch(() => undefined);
          if (!stats || stats.mtime >= before) continue;
          keys.push(key);
          if (keys.length === most) {
            yield keys;
            keys = [];
          }
        }
      }
      if (keys.length) yield keys;
    },
  };
}

/** The names in a directory; none when there is no directory. */
async function namesIn(directory: string): Promise<string[]> {
  return readdir(directory).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
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
