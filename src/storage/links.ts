import { isStorageKey } from './storage-key.ts';

const INPUT = 'input:';

/** What one of our own URLs names. */
export type OwnFile = { kind: 'file'; key: string } | { kind: 'sample'; name: string };

/** Between what is stored here and its URLs. */
export interface Links {
  fileUrl(key: string): string;
  /** The URL of a file that comes with this server, given its path below the samples. */
  sampleUrl(path: string): string;
  /** What stands for a stored input where a URL is expected: nobody can fetch it, {@link resolve} knows it. */
  inputUrl(key: string): string;
  /** What a URL of ours names; undefined for every other URL. */
  resolve(url: string): OwnFile | undefined;
}

/**
 * Links below a base URL without a slash at its end. It is asked for each time: the listen address is known only once
 * the server listens. URLs below the other bases are ours too.
 */
export function createLinks(base: () => string, otherBases: () => readonly string[]): Links {
  return {
    fileUrl: (key) => `${base()}/files/${key}`,
    sampleUrl: (path) => `${base()}/samples/${path}`,
    inputUrl: (key) => `${INPUT}${key}`,
    resolve(url) {
      const input = url.startsWith(INPUT) ? url.slice(INPUT.length) : '';
      if (isStorageKey(input)) return { kind: 'file', key: input };
      const own = [base(), ...otherBases()].find((candidate) => url.startsWith(`${candidate}/`));
      if (!own) return undefined;
      const [folder, name = '', ...rest] = url.slice(own.length + 1).split('/');
      if (rest.length) return undefined;
      if (folder === 'files' && isStorageKey(name)) return { kind: 'file', key: name };
      if (folder === 'samples' && /^[\w-]+\.[a-z0-9]+$/.test(name)) return { kind: 'sample', name };
      return undefined;
    },
  };
}
