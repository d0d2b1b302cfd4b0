import { readFileSync } from 'node:fs';
import { link, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { StillroarError } from '../errors.ts';

/** A directory that this process alone may use. */
export interface DirectoryLock {
  release(): Promise<void>;
}

/** The locks of this process, so that a file with our own process id is ours or an earlier process's. */
const held = new Set<string>();

/**
 * When the process was started, in the kernel's ticks; tells a process from a later one with the same id, which in a
 * container is the rule. Field 22 of proc(5)'s stat; undefined where there is no /proc or no such process.
 */
function processStart(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
  } catch {
    return undefined;
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function isHeld(path: string, owner: string): boolean {
  const [pid = '', started = ''] = owner.split(' ');
  if (Number(pid) === process.pid) return held.has(path);
  if (!isRunning(Number(pid))) return false;
  const running = processStart(Number(pid));
  return !started || !running || started === running;
}

/**
 * Takes the directory for this process, creating it if need be: the embedded database has no lock of its own, and two
 * processes on it lose each other's rows. The file `lock` in it names the process; a process that has died without
 * releasing it does not block.
 * @throws StillroarError `configuration` naming the process that holds it
 */
export async function lockDirectory(directory: string): Promise<DirectoryLock> {
  await mkdir(directory, { recursive: true, mode: 0o700 });
  const path = join(directory, 'lock');
  const mine = `${path}.${process.pid}`;
  await writeFile(mine, `${process.pid} ${processStart(process.pid) ?? ''}`);
  try {
    while (!(await takeLock(mine, path))) {
      const owner = await readFile(path, 'utf8').catch(() => '');
      if (owner && isHeld(path, owner)) {
        throw new StillroarError(
          'configuration',
          `The data directory ${directory} is in use by process ${owner.split(' ')[0]}. ` +
            'Stop that server first, or give this one another directory with STILLROAR_DATA.',
        );
      }
      await removeStale(path, owner);
    }
  } finally {
    await rm(mine, { force: true });
  }
  held.add(path);
  return {
    async release() {
      held.delete(path);
      await rm(path, { force: true });
    },
  };
}

/** A link appears whole or not at all, and never over an existing file. */
async function takeLock(mine: string, path: string): Promise<boolean> {
  try {
    await link(mine, path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/** Moves a dead process's lock away; puts it back if somebody has taken the lock in between. */
async function removeStale(path: string, owner: string): Promise<void> {
  const aside = `${path}.stale.${process.pid}`;
  await rename(path, aside).catch(() => {});
  if ((await readFile(aside, 'utf8').catch(() => owner)) !== owner) await link(aside, path).catch(() => {});
  await rm(aside, { force: true });
}
