import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer, text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type S3Server, startS3Server } from '../../test/support/s3-server.ts';
import { checkS3, createS3Storage, type S3Place } from './s3.ts';
import { createStorageKey } from './storage-key.ts';

let store: S3Server;
let place: S3Place;
let directory: string;
beforeAll(async () => {
  store = await startS3Server();
  const { storage, s3Endpoint, s3AccessKeyId, s3SecretAccessKey } = store.settings;
  place = {
    ...storage,
    endpoint: s3Endpoint,
    region: 'us-east-1',
    accessKeyId: s3AccessKeyId,
    secretAccessKey: s3SecretAccessKey,
  };
  directory = await mkdtemp(join(tmpdir(), 'stillroar-s3-'));
  await writeFile(join(directory, 'source'), '0123456789');
});
afterAll(async () => {
  await store.close();
  await rm(directory, { recursive: true });
});

const as = { contentType: 'video/mp4', fileName: 'waves.mp4' };

test('keeps a file and gives back the whole or a part', async () => {
  const storage = createS3Storage(place);
  const key = createStorageKey('mp4');
  expect(await storage.size(key)).toBeUndefined();
  await storage.put(join(directory, 'source'), key);
  expect([...store.objects.keys()]).toEqual([`stillroar/${key}`]);
  expect(await storage.size(key)).toBe(10);
  expect(await text(storage.open(key))).toBe('0123456789');
  expect(await text(storage.open(key, { start: 2, end: 4 }))).toBe('234');
  expect(await text(storage.open(key, { start: 0, end: 0 }))).toBe('0');
  await storage.remove(key);
  await storage.remove(key);
  expect(await storage.size(key)).toBeUndefined();
});

test('a large file goes up in parts and comes back whole', async () => {
  const storage = createS3Storage(place);
  const bytes = Buffer.alloc(40_000_000);
  for (let at = 0; at < bytes.length; at += 4) bytes.writeUInt32LE(at, at);
  await writeFile(join(directory, 'large'), bytes);
  const key = createStorageKey('mp4');
  const before = store.requests.length;
  await storage.put(join(directory, 'large'), key);
  expect(store.requests.slice(before).filter((line) => line.startsWith('PUT'))).toHaveLength(3);
  expect((await buffer(storage.open(key))).equals(bytes)).toBe(true);
  await storage.remove(key);
});

test('lists what is older, and nothing that is not ours', async () => {
  const storage = createS3Storage(place);
  const keys = Array.from({ length: 5 }, () => createStorageKey('jpg'));
  for (const key of keys) await storage.putBytes(Buffer.from(key), key);
  store.objects.set('stillroar/notes.txt', { bytes: Buffer.from('x'), modified: new Date(0) });
  store.objects.set(`elsewhere/${keys[0]}`, { bytes: Buffer.from('x'), modified: new Date(0) });
  for (const key of keys.slice(0, 3)) store.objects.get(`stillroar/${key}`)!.modified = new Date(0);
  const lists: string[][] = [];
  for await (const list of storage.listOlder(new Date(1_000), 2)) lists.push(list);
  expect(lists.map(({ length }) => length)).toEqual([2, 1]);
  expect(lists.flat().sort()).toEqual(keys.slice(0, 3).sort());
});

test('signs links that show one file under a name, and that cannot be bent to another', async () => {
  const storage = createS3Storage(place);
  const [key, other] = [createStorageKey('mp4'), createStorageKey('mp4')];
  for (const name of [key, other]) await storage.putBytes(Buffer.from('0123456789'), name);
  const link = await storage.signedUrl!(key, as);
  const answer = await fetch(link, { headers: { range: 'bytes=1-2' } });
  expect([answer.status, await answer.text()]).toEqual([206, '12']);
  expect(answer.headers.get('content-type')).toBe('video/mp4');
  expect(answer.headers.get('content-disposition')).toBe('inline; filename="waves.mp4"');
  for (const forged of [
    link.replace(key, other),
    link.replace('video%2Fmp4', 'text%2Fhtml'),
    link.replace('X-Amz-Expires=3600', 'X-Amz-Expires=86400'),
  ]) {
    expect(forged).not.toBe(link);
    expect((await fetch(forged)).status).toBe(403);
  }
});

test('says at the start what is wrong with the settings', async () => {
  await checkS3(place);
  await expect(checkS3({ ...place, bucket: 'nobodys' })).rejects.toThrow('cannot be used (NoSuchBucket)');
  await expect(checkS3({ ...place, secretAccessKey: 'wrong' })).rejects.toThrow('(SignatureDoesNotMatch)');
  await expect(checkS3({ ...place, accessKeyId: 'nobody' })).rejects.toThrow('(InvalidAccessKeyId)');
  await expect(checkS3({ ...place, endpoint: 'http://127.0.0.1:1' })).rejects.toThrow(
    'The bucket videos at http://127.0.0.1:1 cannot be used',
  );
});

test('takes keys only', () => {
  const storage = createS3Storage(place);
  for (const key of ['../source', 'source', `${'a'.repeat(32)}.mp4/../../source`]) {
    expect(() => storage.open(key)).toThrow('Not a storage key');
  }
});
