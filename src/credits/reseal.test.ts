import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestDatabase, type TestDatabase } from '../../test/support/database.ts';
import { createAdministration } from './administer.ts';
import type { KeyPair } from './key-pair.ts';
import { resealSecrets } from './reseal.ts';
import { createSealing } from './sealing.ts';

const old = createSealing('a secret key for tests');
const next = createSealing('the secret key that comes after it');
const KEYS = 5;

let opened: TestDatabase;
let pairs: KeyPair[];

beforeAll(async () => {
  opened = await openTestDatabase();
  const administration = createAdministration(opened.database, old);
  for (let made = 1; made < KEYS; made++) await administration.createKey(opened.uid);
  const [revoked, ...others] = await administration.listKeys();
  await administration.revokeKey(revoked!.clientId);
  pairs = await Promise.all([revoked!, ...others].map(({ clientId }) => administration.showKey(clientId)));
});
afterAll(() => opened.close());

const readSeals = () =>
  opened.database.selectFrom('api_key').select(['client_id', 'secret_sealed']).orderBy('client_id').execute();

test('a reseal that breaks off leaves every seal as it was', async () => {
  const before = await readSeals();
  let sealed = 0;
  const breaking = {
    ...next,
    seal(secret: string) {
      if (++sealed === KEYS - 1) throw new Error('the power fails');
      return next.seal(secret);
    },
  };
  await expect(resealSecrets(opened.database, old, breaking)).rejects.toThrow('the power fails');
  expect(await readSeals()).toEqual(before);
});

test('a secret that neither key opens is named, and nothing is changed', async () => {
  const before = await readSeals();
  const another = createSealing('a secret key that nobody has used');
  await expect(resealSecrets(opened.database, another, next)).rejects.toMatchObject({
    code: 'configuration',
    message: expect.stringContaining('Nothing was changed'),
  });
  expect(await readSeals()).toEqual(before);
});

test('every secret, of revoked keys too, opens with the new key and no longer with the old one', async () => {
  expect(await resealSecrets(opened.database, old, next)).toEqual({ resealed: KEYS, kept: 0 });
  const administration = createAdministration(opened.database, next);
  for (const pair of pairs) expect(await administration.showKey(pair.clientId)).toEqual(pair);
  for (const { secret_sealed } of await readSeals()) expect(() => old.open(secret_sealed)).toThrow();
});

test('doing it again changes nothing; a key that was made with the old seal in between is caught up on', async () => {
  const before = await readSeals();
  expect(await resealSecrets(opened.database, old, next)).toEqual({ resealed: 0, kept: KEYS });
  expect(await readSeals()).toEqual(before);
  const late = await createAdministration(opened.database, old).createKey(opened.uid);
  expect(await resealSecrets(opened.database, old, next)).toEqual({ resealed: 1, kept: KEYS });
  expect(await createAdministration(opened.database, next).showKey(late.clientId)).toEqual(late);
});
