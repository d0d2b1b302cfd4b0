import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createEmbeddedDirectory, openTestDatabase, type TestDatabase } from '../../test/support/database.ts';

// Counts the real calls: the hook must reach fdatasync, whichever way PGlite gets there.
const { fdatasyncSync } = fs;
let syncs = 0;
let opened: TestDatabase;

beforeAll(async () => {
  fs.fdatasyncSync = (descriptor) => {
    syncs += 1;
    fdatasyncSync(descriptor);
  };
  syncBuiltinESMExports();
  opened = await openTestDatabase(await createEmbeddedDirectory());
});
afterAll(async () => {
  await opened.close();
  fs.fdatasyncSync = fdatasyncSync;
  syncBuiltinESMExports();
});

test('every commit reaches the disk before it is acknowledged', async () => {
  const { database } = opened;
  const commits = 20;
  const before = syncs;
  for (let commit = 0; commit < commits; commit++) {
    await database
      .insertInto('ledger')
      .values({ uid: opened.uid, entry: 'grant', amount: 1, reason: 'test' })
      .execute();
    expect(syncs - before).toBeGreaterThan(commit);
  }
  console.log(`${commits} commits, ${syncs - before} syncs`);
});
