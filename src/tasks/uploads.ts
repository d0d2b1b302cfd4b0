import { open, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Account } from '../credits/accounts.ts';
import type { Database, UploadRow } from '../database/schema.ts';
import { StillroarError } from '../errors.ts';
import type { Links } from '../storage/links.ts';
import type { Storage } from '../storage/storage.ts';
import { createStorageKey } from '../storage/storage-key.ts';
import { inputLimits } from './inputs.ts';
import { type MediaFormat, mediaFormats } from './media-formats.ts';
import { type MediaKind, sniffFormat } from './sniff.ts';
import { createTaskId } from './task-id.ts';
import {
  deleteUpload,
  insertUpload,
  selectExpiredUploadKeys,
  selectUpload,
  selectUploadByKey,
  sumUploads,
} from './upload-table.ts';
import type { VideoLimits } from './video-limits.ts';

/** A file that a caller has brought. */
export interface Upload {
  /** 24 hexadecimal digits. */
  id: string;
  /** Every dialect takes it wherever it takes a URL. */
  url: string;
  kind: MediaKind;
  contentType: string;
  bytes: number;
  /** In pixels, as seen; undefined for sound. */
  width: number | undefined;
  height: number | undefined;
  /** Undefined for pictures. */
  durationSeconds: number | undefined;
  /** When it goes unless a task uses it. */
  expiresAt: Date;
}

/** What a file's own headers and packets say about it. */
export type MediaMeasure = Pick<Upload, 'width' | 'height' | 'durationSeconds'>;

/** Files that callers bring before they make a task of them. */
export interface Uploads {
  /**
   * Keeps what comes, once its first bytes and its headers have shown that it is a picture, a sound or a video.
   * @throws StillroarError `too-large`, `picture-unreadable`, `audio-unreadable`, `video-unreadable`, or
   *   `storage-full` when the account's uploads take too much together
   */
  receive(
    account: Pick<Account, 'uid'>,
    bytes: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  ): Promise<Upload>;
  /** The account's upload by its id, or any by the URL that only who brought it knows. */
  find(account: Pick<Account, 'uid'>, idOrUrl: string): Promise<Upload | undefined>;
  /** How many bytes the account's uploads take, of how many. */
  usage(account: Pick<Account, 'uid'>): Promise<{ bytes: number; quota: number }>;
  /** Removes those whose time is over. */
  sweep(now: Date): Promise<void>;
}

/** How long an upload is kept that no task uses, in ms. */
const KEPT = 24 * 3_600_000;
/** So many bytes show the format. */
const HEAD = 64;

/** What uploads are made of. */
export interface UploadsParts {
  database: Database;
  storage: Storage;
  links: Links;
  /** Where files arrive. */
  workDirectory: string;
  videoLimits: VideoLimits;
  /** Most bytes of all uploads of an account. */
  quota: number;
  /** Reads a local file's headers, away from this process. @throws StillroarError when it cannot be read */
  measure(path: string, kind: MediaKind): Promise<MediaMeasure>;
}

/** Uploads over their parts. */
export function createUploads(parts: UploadsParts): Uploads {
  const { database, storage, links, quota } = parts;
  const mostBytes = (kind: MediaKind) =>
    kind === 'video' ? parts.videoLimits.bytes : inputLimits[kind].bytes;

  function toUpload(row: UploadRow): Upload {
    const format = Object.values(mediaFormats).find(({ contentType }) => contentType === row.content_type);
    return {
      id: row.id,
      url: links.fileUrl(row.key),
      kind: format?.kind ?? 'picture',
      contentType: row.content_type,
      bytes: row.bytes,
      width: row.width ?? undefined,
      height: row.height ?? undefined,
      durationSeconds: row.duration_seconds ?? undefined,
      expiresAt: row.expires_at,
    };
  }

  /** Writes what comes to a file; ends as soon as it is too much or no medium. */
  async function write(
    bytes: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
    path: string,
  ): Promise<MediaFormat> {
    const file = await open(path, 'wx');
    let head = Buffer.alloc(0);
    let format: MediaFormat | undefined;
    let size = 0;
    try {
      for await (const chunk of bytes) {
        size += chunk.length;
        if (head.length < HEAD) head = Buffer.concat([head, chunk.subarray(0, HEAD)]);
        if (head.length >= HEAD) format ??= readFormat(head);
        if (format && size > mostBytes(format.kind)) throw tooLarge(format.kind, mostBytes(format.kind));
        await file.writeFile(chunk);
      }
    } finally {
      await file.close();
    }
    return format ?? readFormat(head);
  }

  return {
    async receive(account, bytes) {
      const now = new Date();
      const id = createTaskId(now);
      const path = join(parts.workDirectory, `upload-${id}`);
      try {
        const { bytes: taken } = await this.usage(account);
        if (taken >= quota) throw full(quota);
        const { kind, contentType, extension } = await write(bytes, path);
        const measure = await parts.measure(path, kind);
        const row: UploadRow = {
          id,
          key: createStorageKey(extension),
          uid: account.uid,
          content_type: contentType,
          bytes: (await stat(path)).size,
          width: measure.width ?? null,
          height: measure.height ?? null,
          duration_seconds: measure.durationSeconds ?? null,
          created_at: now,
          expires_at: new Date(now.getTime() + KEPT),
        };
        await storage.put(path, row.key);
        if (!(await insertUpload(database, row, quota))) {
          await storage.remove(row.key);
          throw full(quota);
        }
        return toUpload(row);
      } finally {
        await rm(path, { force: true });
      }
    },

    async find({ uid }, idOrUrl) {
      const own = links.resolve(idOrUrl);
      const row =
        own?.kind === 'file'
          ? await selectUploadByKey(database, own.key)
          : await selectUpload(database, uid, idOrUrl);
      return row && toUpload(row);
    },

    async usage({ uid }) {
      return { bytes: await sumUploads(database, uid), quota };
    },

    async sweep(now) {
      for (const key of await selectExpiredUploadKeys(database, now)) {
        await storage.remove(key);
        await deleteUpload(database, key);
      }
    },
  };
}

/** @throws StillroarError `invalid-field` for what is neither picture nor sound nor video */
function readFormat(head: Uint8Array): MediaFormat {
  const format = mediaFormats[sniffFormat(head) ?? ''];
  if (format) return format;
  throw new StillroarError(
    'invalid-field',
    head.length === 0
      ? 'The file is empty (0 bytes).'
      : `The file is no picture, sound or video that can be used. Send one of ${Object.keys(mediaFormats).join(', ')}.`,
    { field: 'file' },
  );
}

function tooLarge(kind: MediaKind, most: number): StillroarError {
  return new StillroarError(
    'too-large',
    `The ${kind} is larger than ${Math.round(most / 1_000_000)} MB. Send a smaller one.`,
    { field: 'file' },
  );
}

function full(quota: number): StillroarError {
  return new StillroarError(
    'storage-full',
    `Your uploads take ${Math.round(quota / 1_000_000)} MB, and no more are kept. They go after 24 hours without use.`,
    { field: 'file', retryAfterSeconds: 3_600 },
  );
}
