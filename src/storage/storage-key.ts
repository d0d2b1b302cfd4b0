import { randomBytes } from 'node:crypto';

/** A new key: 128 random bits, so that a file's URL cannot be guessed, and an extension for programs that need one. */
export function createStorageKey(extension: string): string {
  return `${randomBytes(16).toString('hex')}.${extension}`;
}

/** Whether a text can be a key; anything else never reaches the file system. */
export function isStorageKey(text: string): boolean {
  return /^[0-9a-f]{32}\.[a-z0-9]{1,5}$/.test(text);
}
