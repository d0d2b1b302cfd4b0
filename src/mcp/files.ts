import { openAsBlob } from 'node:fs';
import type { Source } from '../client/index.ts';

/** How a tool is told which file to work on. */
export interface Files {
  /** For the model. */
  about: string;
  /** @throws an error whose message tells the model what to do otherwise */
  find(value: string): Promise<Source>;
}

/** For a program on the model's own machine. */
export const localFiles: Files = {
  about: 'a path on this machine, a URL, or the id of an upload',
  async find(value) {
    if (/^[a-z][a-z+.-]+:/i.test(value) || /^([0-9a-f]{24}|\d{1,18})$/.test(value)) return value;
    try {
      return await openAsBlob(value);
    } catch (cause) {
      throw new Error(`There is no file at ${value}.`, { cause });
    }
  },
};

/** For a server, whose files are nobody's business. */
export const remoteFiles: Files = {
  about: 'a URL, a data: URL, or the id of an upload (POST /api/v1/uploads)',
  find: async (value) => value,
};
