import type { Readable } from 'node:stream';

/** A part of a file: both ends included, in bytes. */
export interface ByteRange {
  start: number;
  end: number;
}

/** Keeps files by key. Keys are made by {@link createStorageKey} and nowhere else. */
export interface Storage {
  /** Copies a local file in. When it resolves, the file survives a power cut. */
  put(path: string, key: string): Promise<void>;
  /** The same for bytes in memory. */
  putBytes(bytes: Uint8Array, key: string): Promise<void>;
  /** The file's size in bytes; undefined when there is none. */
  size(key: string): Promise<number | undefined>;
  /** The file's bytes, or a part of them. */
  open(key: string, range?: ByteRange): Readable;
  /** Removes what is there of the file; what does not exist is no error. */
  remove(key: string): Promise<void>;
  /** The keys of files that were put before a time, wholly or by a process that died over it, up to so many in a list. */
  listOlder(before: Date, most: number): AsyncIterable<string[]>;
  /** A URL of the store's own under which anybody can read the file for an hour; absent where there is none. */
  signedUrl?(key: string, as: { contentType: string; fileName: string }): Promise<string>;
}
