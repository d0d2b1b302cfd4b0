import { access, mkdir } from 'node:fs/promises';
import { basename, dirname, extname, join } from 'node:path';
import type { Report } from '../engines/builtin/clip.ts';
import { StillroarError } from '../errors.ts';
import type { LocalResult } from '../run-locally.ts';
import { createProgressBoard } from './progress-board.ts';

/** Fails with a sentence when a file that the caller named is not there. */
export async function mustExist(path: string, what: string): Promise<void> {
  await access(path).catch(() => {
    throw new StillroarError('invalid-field', `There is no ${what} at ${path}.`);
  });
}

/**
 * Where the results for files go: `-o` for a single one, else beside them or into the directory of `-d`, under their names
 * with the ending.
 * @throws StillroarError `invalid-field` for a folder that is not there, and when two would be written to one place
 */
export async function chooseOuts(
  files: readonly string[],
  flags: { out?: string; dir?: string },
  ending: string,
): Promise<string[]> {
  const { out, dir } = flags;
  if (out !== undefined && files.length > 1) {
    throw new StillroarError('invalid-field', '-o names one file; for several use -d and a folder.');
  }
  if (dir !== undefined) await mkdir(dir, { recursive: true });
  const outs = files.map(
    (file) => out ?? join(dir ?? dirname(file), `${basename(file, extname(file))}${ending}`),
  );
  for (const [index, path] of outs.entries()) {
    await mustExist(dirname(path), 'folder');
    const other = outs.indexOf(path);
    if (other === index) continue;
    const sentence = `${files[other]} and ${files[index]} would both be written to ${path}. Make one at a time, with -o.`;
    throw new StillroarError('invalid-field', sentence);
  }
  return outs;
}

/** What a piece of work answers. */
export type Shown = Pick<LocalResult, 'path' | 'warnings'>;

/** A file to be made. */
export interface Job {
  /** What it is called while it is made. */
  name: string;
  make(report: Report, signal: AbortSignal): Promise<Shown>;
}

/** How many of several a server is given at a time; the smallest plan allows as many. */
export const JOBS_AT_ONCE = 2;

/**
 * Does the jobs, showing how they go and with an end for Ctrl+C, and prints the path of what each made, or all about it as
 * JSON. Of several one that fails is told and does not hold up the others.
 * @param atOnce how many of them at a time
 * @throws StillroarError what a single job fails with, or how many of several did
 */
export async function work(jobs: readonly Job[], json: true | undefined, atOnce: number): Promise<void> {
  const board = createProgressBoard(jobs.length);
  const interrupted = new AbortController();
  const { signal } = interrupted;
  const interrupt = () => interrupted.abort(new StillroarError('cancelled', 'Cancelled.'));
  process.once('SIGINT', interrupt);
  const waiting = [...jobs];
  let failures = 0;
  const prefix = (name: string) => (jobs.length === 1 ? '' : `${name}: `);

  async function take(): Promise<void> {
    for (let job = waiting.shift(); job; job = waiting.shift()) {
      const { name, make } = job;
      board.update(name, 0, 'starting');
      try {
        const result = await make((percent, stage) => board.update(name, percent, stage), signal);
        board.finish(name);
        for (const warning of result.warnings) console.error(`${prefix(name)}Note: ${warning.message}`);
        console.log(json ? JSON.stringify(result) : result.path);
      } catch (error) {
        board.finish(name);
        if (jobs.length === 1 || signal.aborted || !(error instanceof StillroarError)) throw error;
        failures++;
        console.error(`${prefix(name)}${error.message}`);
      }
    }
  }
  try {
    await Promise.all(Array.from({ length: atOnce }, take));
  } finally {
    process.off('SIGINT', interrupt);
    board.clear();
  }
  if (failures > 0) {
    throw new StillroarError('engine-failed', `${failures} of ${jobs.length} could not be made.`);
  }
}
