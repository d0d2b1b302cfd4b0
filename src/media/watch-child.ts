import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';

/** What a process has used so far. */
export interface ProcessUsage {
  /** Memory that it has in RAM, in bytes. */
  bytes: number;
  /** Time that its threads have computed, in seconds. */
  cpuSeconds: number;
}

/** Linux counts time in these, whatever its kernel's own tick is: `sysconf(_SC_CLK_TCK)`. */
const TICKS_PER_SECOND = 100;

/** Reads what a process uses; undefined where that cannot be told, or when it has ended. */
export async function readUsage(pid: number): Promise<ProcessUsage | undefined> {
  if (process.platform === 'win32') return undefined;
  try {
    return process.platform === 'linux' ? await readProc(pid) : await askPs(pid);
  } catch {
    return undefined;
  }
}

async function readProc(pid: number): Promise<ProcessUsage> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  // The name, in parentheses, may contain anything.
  const fields = (await readFile(`/proc/${pid}/stat`, 'utf8')).split(') ').at(-1)!.split(' ');
  const kibibytes = Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0);
  return {
    bytes: 1024 * kibibytes,
    cpuSeconds: (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND,
  };
}

/** The same from `ps`, for systems without /proc. */
export async function askPs(pid: number): Promise<ProcessUsage> {
  const { stdout } = await promisify(execFile)('ps', ['-o', 'rss=,time=', '-p', String(pid)]);
  const [kibibytes, days = '0', hours = '0', minutes, seconds] =
    /^\s*(\d+)\s+(?:(\d+)-)?(?:(\d+):)?(\d+):([\d.]+)\s*$/.exec(stdout)!.slice(1);
  const cpuSeconds = ((Number(days) * 24 + Number(hours)) * 60 + Number(minutes)) * 60 + Number(seconds);
  return { bytes: 1024 * Number(kibibytes), cpuSeconds };
}

/** What a child may use. */
export interface ChildLimits {
  /** Most memory, in bytes. */
  bytes: number;
  /** Longest computation between two signs of life, in seconds; waiting for a busy machine does not count. */
  cpuSeconds(): number;
}

/** A child under watch. */
export interface ChildWatch {
  /** The child has given a sign of life. */
  heard(): void;
  stop(): void;
}

/** How often is looked, in ms. */
const INTERVAL = 250;

/**
 * Watches a child from outside: code that hangs or swallows memory in a library cannot watch itself.
 * @param exceeded called once, with the limit that was passed
 */
export function watchChild(
  pid: number,
  limits: ChildLimits,
  exceeded: (limit: 'memory' | 'time') => void,
): ChildWatch {
  let since: number | undefined;
  let isStopped = false;
  let timer: NodeJS.Timeout | undefined;
  const stop = () => {
    isStopped = true;
    clearTimeout(timer);
  };
  async function look(): Promise<void> {
    const usage = await readUsage(pid);
    if (isStopped) return;
    if (usage) {
      since ??= usage.cpuSeconds;
      const isTooMuch = usage.bytes > limits.bytes;
      if (isTooMuch || usage.cpuSeconds - since > limits.cpuSeconds()) {
        stop();
        exceeded(isTooMuch ? 'memory' : 'time');
        return;
      }
    }
    timer = setTimeout(look, INTERVAL).unref();
  }
  void look();
  return {
    heard: () => {
      since = undefined;
    },
    stop,
  };
}
