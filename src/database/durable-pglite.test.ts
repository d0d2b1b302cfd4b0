import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import type { PGlite } from '@electric-sql/pglite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createEmbeddedDirectory, type TestDirectory } from '../../test/support/database.ts';
import { openDurable } from './durable-pglite.ts';

// Counts the real calls: the hook must reach fdatasync, whichever way PGlite gets there.
const { fdatasyncSync } = fs;
let syncs = 0;
let directory: TestDirectory;
let pglite: PGlite;

beforeAll(async () => {
  fs.fdatasyncSync = (descriptor) => {
    syncs += 1;
    fdatasyncSync(descriptor);
  };
  syncBuiltinESMExports();
  directory = await createEmbeddedDirectory();
  pglite = await openDurable(`${directory.path}/database`);
});
afterAll(async () => {
  await pglite.close();
  await directory.remove();
  fs.fdatasyncSync = fdatasyncSync;
  syncBuiltinESMExports();
});

test('every commit reaches the disk before it is acknowledged', async () => {
  await pglite.query('create table number (value integer)');
  const commits = 20;
  const before = syncs;
  for (let commit = 0; commit < commits; commit++) {
    await pglite.query('insert into number values ($1)', [commit]);
    expect(syncs - before).toBeGreaterThan(commit);
  }
  console.log(`${commits} commits, ${syncs - before} syncs`);
});
