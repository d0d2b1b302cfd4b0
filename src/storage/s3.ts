import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { S3Client, S3Errors } from '@bradenmacdonald/s3-lite-client';
import { StillroarError } from '../errors.ts';
import type { ByteRange, Storage } from './storage.ts';
import { isStorageKey } from './storage-key.ts';

/** Where an S3-compatible store is. */
export interface S3Place {
  /** Such as `https://s3.eu-west-1.amazonaws.com` or `http://127.0.0.1:9000`. */
  endpoint: string;
  region: string;
  bucket: string;
  /** What the names of our objects begin with: empty, or ending in a slash. */
  prefix: string;
  accessKeyId: string;
  secretAccessKey: string;
}

/** Larger files go up in parts of so many bytes, of which four are in memory at once. */
const PART = 16 * 1024 * 1024;
/** How long a signed link works, in seconds; whoever follows the result's own URL gets a new one. */
const LINK_SECONDS = 3_600;

/** Files in a bucket of an S3-compatible store; the settings are tried first with {@link checkS3}. */
export function createS3Storage(place: S3Place): Storage {
  const { prefix } = place;
  const client = createClient(place);

  function locate(key: string): string {
    if (!isStorageKey(key)) throw new Error(`Not a storage key: ${key}`);
    return `${prefix}${key}`;
  }

  async function* read(name: string, range: ByteRange | undefined): AsyncGenerator<Uint8Array> {
    const { body } = range
      ? await client.getPartialObject(name, { offset: range.start, length: range.end - range.start + 1 })
      : await client.getObject(name);
    if (body) yield* body;
  }

  return {
    async put(path, key) {
      const { size } = await stat(path);
      const stream = Readable.toWeb(createReadStream(path)) as ReadableStream<Uint8Array>;
      await client.putObject(locate(key), stream, { size, partSize: PART });
    },
    async putBytes(bytes, key) {
      await client.putObject(locate(key), new Uint8Array(bytes), { partSize: PART });
    },
    async size(key) {
      try {
        return (await client.statObject(locate(key))).size;
      } catch (error) {
        if (error instanceof S3Errors.ServerError && error.statusCode === 404) return undefined;
        throw error;
      }
    },
    open: (key, range) => Readable.from(read(locate(key), range), { objectMode: false }),
    remove: (key) => client.deleteObject(locate(key)),
    async *listOlder(before, most) {
      let keys: string[] = [];
      for await (const { key: name, lastModified } of client.listObjects({ prefix })) {
        const key = name.slice(prefix.length);
        if (!isStorageKey(key) || lastModified >= before) continue;
        keys.push(key);
        if (keys.length === most) {
          yield keys;
          keys = [];
        }
      }
      if (keys.length) yield keys;
    },
    signedUrl: (key, { contentType, fileName }) =>
      client.presignedGetObject(locate(key), {
        expirySeconds: LINK_SECONDS,
        responseParams: {
          'response-content-type': contentType,
          'response-content-disposition': `inline; filename="${fileName}"`,
        },
      }),
  };
}

function createClient({ endpoint, region, bucket, accessKeyId, secretAccessKey }: S3Place): S3Client {
  return new S3Client({
    endPoint: endpoint,
    region,
    bucket,
    accessKey: accessKeyId,
    secretKey: secretAccessKey,
  });
}

/**
 * Looks whether the store answers and lets us in.
 * @throws StillroarError `configuration` with what it said
 */
export async function checkS3(place: S3Place): Promise<void> {
  try {
    await createClient(place).listObjects({ prefix: place.prefix, maxResults: 1 }).next();
  } catch (error) {
    const { message, cause } = error as Error;
    const why = cause instanceof Error ? cause.message : message;
    throw new StillroarError(
      'configuration',
      `The bucket ${place.bucket} at ${place.endpoint} cannot be used (${why}). ` +
        'Check STILLROAR_STORAGE and the settings that begin with S3_.',
      { cause: error },
    );
  }
}
