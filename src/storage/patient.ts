import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { StillroarError } from '../errors.ts';
import type { Storage } from './storage.ts';

/** For work that has taken minutes to make: pauses between tries, in ms. */
export const workPauses: readonly number[] = [1_000, 3_000, 10_000];

/**
 * A storage that tries again after pauses of so many ms, and in the end says what is wrong as a StillroarError
 * `storage-unavailable`: the disk is full, or the store does not answer. What has begun to be read is not begun anew.
 */
export function createPatientStorage(storage: Storage, pauses: readonly number[]): Storage {
  async function patiently<Value>(work: () => Promise<Value>): Promise<Value> {
    for (let tries = 0; ; tries++) {
      try {
        return await work();
      } catch (error) {
        if (isOurDefect(error)) throw error;
        const pause = pauses[tries];
        if (pause === undefined) throw explain(error);
        await sleep(pause);
      }
    }
  }

  const { signedUrl } = storage;
  return {
    put: (path, key) => patiently(() => storage.put(path, key)),
    putBytes: (bytes, key) => patiently(() => storage.putBytes(bytes, key)),
    size: (key) => patiently(() => storage.size(key)),
    remove: (key) => patiently(() => storage.remove(key)),
    listOlder: (before, most) => storage.listOlder(before, most),
    open: (key, range) => Readable.from(readExplained(storage.open(key, range)), { objectMode: false }),
    ...(signedUrl && { signedUrl }),
  };
}

async function* readExplained(bytes: Readable): AsyncGenerator<Uint8Array> {
  try {
    yield* bytes;
  } catch (error) {
    throw explain(error);
  }
}

/** What would be the same at every try: a file of ours that is not there, a key that is none. */
function isOurDefect(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).code === 'ENOENT' || /^Not a storage key/.test(String(error));
}

/** What to say when a disk is full, which may be the cause of another error; undefined for everything else. */
export function explainNoRoom(error: unknown): StillroarError | undefined {
  const { code, cause } = error as NodeJS.ErrnoException;
  if (cause) return explainNoRoom(cause);
  if (code !== 'ENOSPC' && code !== 'EDQUOT') return undefined;
  return new StillroarError(
    'storage-unavailable',
    'The server has no room left for files. Its operator has to make some; then try again.',
    { cause: error, retryAfterSeconds: 60 },
  );
}

function explain(error: unknown): StillroarError {
  const silent = 'The server’s store for files does not answer. Try again later.';
  const details = { cause: error, retryAfterSeconds: 60 };
  return explainNoRoom(error) ?? new StillroarError('storage-unavailable', silent, details);
}
