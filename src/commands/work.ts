import { access, mkdir } from 'node:fs/promises';
import { basename, dirname, extname, join } from 'node:path';
import type { Report } from '../engines/builtin/clip.ts';
import { StillroarError } from '../errors.ts';
import type { LocalResult } from '../run-locally.ts';
import { createProgressBar } from './progress-bar.ts';

/** Fails with a sentence when a file that the caller named is not there. */
export async function mustExist(path: string, what: string): Promise<void> {
  await access(path).catch(() => {
    throw new StillroarError('invalid-field', `There is no ${what} at ${path}.`);
  });
}

/**
 * Where the result for a file goes: `-o` for a single one, else beside it or into the directory of `-d`, under its name
 * with the ending.
 */
export async function chooseOut(
  file: string,
  flags: { out?: string; dir?: string },
  isSingle: boolean,
  ending: string,
): Promise<string> {
  if (flags.out !== undefined && !isSingle) {
    throw new StillroarError('invalid-field', '-o names one file; for several use -d and a folder.');
  }
  if (flags.dir !== undefined) await mkdir(flags.dir, { recursive: true });
  const name = `${basename(file, extname(file))}${ending}`;
  const out = flags.out ?? join(flags.dir ?? dirname(file), name);
  await mustExist(dirname(out), 'folder');
  return out;
}

/** What a piece of work answers. */
export type Shown = Pick<LocalResult, 'path' | 'warnings'>;

/** Does the work with a progress bar and an end for Ctrl+C, and prints the path of what it made, or all as JSON. */
export async function work(
  make: (report: Report, signal: AbortSignal) => Promise<Shown>,
  json: true | undefined,
): Promise<void> {
  const bar = createProgressBar();
  const interrupted = new AbortController();
  const interrupt = () => interrupted.abort(new StillroarError('cancelled', 'Cancelled.'));
  process.once('SIGINT', interrupt);
  try {
    const result = await make(bar.update, interrupted.signal);
    bar.clear();
    for (const warning of result.warnings) console.error(`Note: ${warning.message}`);
    console.log(json ? JSON.stringify(result) : result.path);
  } finally {
    process.off('SIGINT', interrupt);
    bar.clear();
  }
}
