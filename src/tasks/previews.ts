import type { Preview } from '../engines/engine.ts';
import type { Storage } from '../storage/storage.ts';
import { createStorageKey } from '../storage/storage-key.ts';
import type { Result } from './transitions.ts';

/** Shows what a run is making. */
export interface Previews {
  /** Shows this one as soon as the one before it is stored; of several that wait the newest. */
  offer(preview: Preview): void;
  /** Takes no more, and waits for the one that is being stored. */
  close(): Promise<void>;
}

const extensions = { 'image/jpeg': 'jpg', 'image/png': 'png' };

/**
 * Keeps the newest preview of one run in the storage. A file's key never changes its bytes, so each preview has its own; the
 * one before stays as well, for whoever has just heard of it. The last two go when the sweep finds that the run has ended. A
 * preview that cannot be stored is left out: the work is not held up by it.
 * @param show makes it the task's preview and forgets a spent one; answers whether the task is this run's
 */
export function createPreviews(
  storage: Storage,
  show: (output: Result['outputs'][number], spent: string | undefined) => Promise<boolean>,
): Previews {
  let waiting: Preview | undefined;
  let working: Promise<void> | undefined;
  let newest: string | undefined;
  let before: string | undefined;

  async function store({ bytes, contentType, width, height }: Preview): Promise<void> {
    const extension = extensions[contentType];
    const key = createStorageKey(extension);
    await storage.putBytes(bytes, key);
    const output = {
      key,
      kind: 'preview',
      content_type: contentType,
      file_name: `preview.${extension}`,
      bytes: bytes.length,
      width: width ?? null,
      height: height ?? null,
      duration_seconds: null,
    };
    const isShown = await show(output, before).catch(() => false);
    const spent = isShown ? before : key;
    if (isShown) [before, newest] = [newest, key];
    if (spent) await storage.remove(spent);
  }

  async function work(): Promise<void> {
    while (waiting) {
      const preview = waiting;
      waiting = undefined;
      // Whatever is left behind in the storage is swept with the orphans.
      await store(preview).catch(() => {});
    }
  }

  return {
    offer(preview) {
      waiting = preview;
      working ??= work().finally(() => {
        working = undefined;
      });
    },
    async close() {
      waiting = undefined;
      await working;
    },
  };
}
