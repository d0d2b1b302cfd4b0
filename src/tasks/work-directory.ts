import { randomUUID } from 'node:crypto';
import { mkdir, readdir, rm, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';

/** A directory for what is needed only while this process lives. */
export interface WorkDirectory {
  path: string;
  /** Removes it with everything in it. */
  remove(): Promise<void>;
}

/** How often a process shows that its directory is in use, in ms. */
const SIGN_OF_LIFE = 60_000;
/** A directory without a sign of life for so long, in ms, was left by a process that died. */
const ABANDONED = 15 * 60_000;

/**
 * Makes a directory of this process's own below `parent`, which several machines may share, and removes what dead
 * processes have left there: all of it when no other process can be alive, otherwise what shows no sign of life.
 */
export async function createWorkDirectory(parent: string, isAlone: boolean): Promise<WorkDirectory> {
  if (isAlone) await rm(parent, { recursive: true, force: true });
  const path = join(parent, randomUUID());
  await mkdir(path, { recursive: true });
  await removeAbandoned(parent);
  const timer = setInterval(() => {
    const now = new Date();
    // Missing for a moment only: whatever needs it says so itself.
    utimes(path, now, now).catch(() => {});
    removeAbandoned(parent).catch(() => {});
  }, SIGN_OF_LIFE);
  timer.unref();
  return {
    path,
    async remove() {
      clearInterval(timer);
      await rm(path, { recursive: true, force: true });
    },
  };
}

async function removeAbandoned(parent: string): Promise<void> {
  for (const name of await readdir(parent)) {
    const path = join(parent, name);
    const stats = await stat(path).catch(() => undefined);
    if (stats && stats.mtimeMs < Date.now() - ABANDONED) await rm(path, { recursive: true, force: true });
  }
}
