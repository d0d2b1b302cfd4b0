import { readdir, stat } from 'node:fs/promises';
import { basename, dirname, extname, join } from 'node:path';
import { StillroarError } from '../errors.ts';
import { mediaFormats } from '../tasks/media-formats.ts';
import type { MediaKind } from '../tasks/sniff.ts';

const otherEndings: Record<string, readonly string[]> = { jpg: ['jpeg'], tiff: ['tif'] };

/**
 * The files that a command line names: by their paths, by a folder that has them, or by a pattern with `*` and `?` in its
 * last part, for shells that leave those to the program.
 * @throws StillroarError `invalid-field` for a path with nothing there, or nothing of the kind
 */
export async function findFiles(
  given: readonly string[],
  kind: Exclude<MediaKind, 'audio'>,
): Promise<string[]> {
  const found: string[] = [];
  for (const path of given) {
    const place = await stat(path).catch(() => undefined);
    const pattern = basename(path);
    if (place?.isDirectory()) found.push(...(await listFolder(path, isOfKind(kind), kind)));
    else if (place) found.push(path);
    else if (/[*?]/.test(pattern)) found.push(...(await listFolder(dirname(path), toTest(pattern), kind)));
    else throw new StillroarError('invalid-field', `There is no ${kind} at ${path}.`);
  }
  return [...new Set(found)];
}

async function listFolder(
  folder: string,
  isMeant: (name: string) => boolean,
  kind: MediaKind,
): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const names = entries.filter((entry) => entry.isFile() && isMeant(entry.name)).map(({ name }) => name);
  if (names.length === 0) throw new StillroarError('invalid-field', `There is no ${kind} in ${folder}.`);
  return names.sort().map((name) => join(folder, name));
}

/** Tells by the ending alone; what the bytes are is seen when they are read. */
function isOfKind(kind: MediaKind): (name: string) => boolean {
  const formats = Object.values(mediaFormats).filter((format) => format.kind === kind);
  const endings = formats.flatMap(({ extension }) => [extension, ...(otherEndings[extension] ?? [])]);
  return (name) => !name.startsWith('.') && endings.includes(extname(name).slice(1).toLowerCase());
}

function toTest(pattern: string): (name: string) => boolean {
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  const expression = new RegExp(`^${source}$`, 'i');
  return (name) => !name.startsWith('.') && expression.test(name);
}
