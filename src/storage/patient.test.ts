import { writeFile } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { StillroarError } from '../errors.ts';
import { createPatientStorage, explainNoRoom } from './patient.ts';
import type { Storage } from './storage.ts';

/** A storage that fails so many times before it keeps something. */
function createFailing(times: number, fail: () => Promise<void>) {
  let tries = 0;
  const put = async () => {
    tries += 1;
    if (tries <= times) await fail();
  };
  const storage = { put, putBytes: put, size: put } as unknown as Storage;
  return { storage, tries: () => tries };
}

const hangUp = () =>
  Promise.reject(Object.assign(new Error('other side closed'), { code: 'UND_ERR_SOCKET' }));
/** Linux gives the error of a full disk to whoever writes there. */
const fillDisk = () => writeFile('/dev/full', 'x');

test('a store that is away for a moment is asked again', async () => {
  const { storage, tries } = createFailing(2, hangUp);
  await createPatientStorage(storage, [1, 1]).put('a', 'b');
  expect(tries()).toBe(3);
});

test('one that stays away is named, and so is a disk without room', async () => {
  const away = createFailing(9, hangUp);
  await expect(createPatientStorage(away.storage, [1, 1]).put('a', 'b')).rejects.toMatchObject({
    code: 'storage-unavailable',
    message: expect.stringContaining('does not answer'),
  });
  expect(away.tries()).toBe(3);
  await expect(
    createPatientStorage(createFailing(9, fillDisk).storage, []).put('a', 'b'),
  ).rejects.toMatchObject({ code: 'storage-unavailable', message: expect.stringContaining('no room left') });
});

test('a disk without room is found behind another error', () => {
  const full = Object.assign(new Error('no space left on device'), { code: 'ENOSPC' });
  const fetching = new StillroarError('fetch-failed', 'The file could not be fetched.', { cause: full });
  expect(explainNoRoom(fetching)).toMatchObject({ code: 'storage-unavailable' });
  expect(explainNoRoom(new StillroarError('fetch-failed', 'It is gone.'))).toBeUndefined();
});

test('a file of ours that is missing is not asked for twice', async () => {
  const missing = createFailing(9, () => writeFile('/nowhere/at/all', 'x'));
  await expect(createPatientStorage(missing.storage, [1, 1]).put('a', 'b')).rejects.toThrow('ENOENT');
  expect(missing.tries()).toBe(1);
});

test('what breaks while it is read says why', async () => {
  async function* half() {
    yield Buffer.from('half');
    await hangUp();
  }
  const storage = { open: () => Readable.from(half(), { objectMode: false }) } as unknown as Storage;
  await expect(text(createPatientStorage(storage, []).open('key'))).rejects.toMatchObject({
    code: 'storage-unavailable',
  });
});
