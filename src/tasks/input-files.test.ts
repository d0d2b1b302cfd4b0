import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestDatabase, type TestDatabase } from '../../test/support/database.ts';
import { accountOf, createServiceByHand, taskRequest } from '../../test/support/task-service.ts';
import type { Account } from '../credits/accounts.ts';
import { createDiskStorage } from '../storage/disk.ts';
import { createLinks } from '../storage/links.ts';
import type { Storage } from '../storage/storage.ts';
import { createOutbox } from '../webhooks/outbox.ts';
import { sweepExpired, sweepOrphans } from './expiry.ts';
import { createIdempotency } from './idempotency.ts';
import type { TaskService } from './service.ts';
import type { TaskRequest } from './task.ts';
import { createTransitions, type Transitions } from './transitions.ts';

let directory: string;
let opened: TestDatabase;
let service: TaskService;
let transitions: Transitions;
let storage: Storage;
let account: Account;

const links = createLinks(
  () => 'http://stillroar',
  () => [],
);
const later = () => new Date(Date.now() + 7_200_000);

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'stillroar-inputs-'));
  opened = await openTestDatabase();
  const { database, queue } = opened;
  account = accountOf(opened);
  storage = createDiskStorage(directory);
  transitions = createTransitions(database, queue, 3600);
  service = createServiceByHand(opened, { transitions, storage, links });
});
afterAll(async () => {
  await opened.close();
  await rm(directory, { recursive: true, force: true });
});

const request: TaskRequest = {
  ...taskRequest(),
  dialect: 'kling',
  externalId: 'scene 1',
  files: [{ field: 'image', bytes: Buffer.from('a picture'), extension: 'jpg' }],
};

/** Whether the file that an input names is stored. */
async function isStored(url: string): Promise<boolean> {
  const own = links.resolve(url);
  return own?.kind === 'file' && (await storage.size(own.key)) !== undefined;
}

function sweep(): Promise<void> {
  const { database } = opened;
  const parts = { database, storage, transitions, queueTtlSeconds: 86_400 };
  return sweepExpired(
    { ...parts, outbox: createOutbox(database), idempotency: createIdempotency(database) },
    new Date(),
  );
}

test('a file that came with a request stays as long as the task needs it, and goes when it has ended', async () => {
  const task = await service.create(account, request, { at: new Date() });
  const { image } = task.input;
  expect(image).toMatch(/^input:[0-9a-f]{32}\.jpg$/);
  await sweep();
  await sweepOrphans(opened.database, storage, later());
  expect(await isStored(image)).toBe(true);
  await service.cancel(account, task.id);
  await sweep();
  expect(await isStored(image)).toBe(false);
});

test('a request that is refused after all leaves its file to the sweep', async () => {
  const names: string[] = [];
  const put = storage.putBytes;
  storage.putBytes = (bytes, key) => {
    names.push(links.inputUrl(key));
    return put(bytes, key);
  };
  const again = service.create(account, request, { at: new Date() });
  await expect(again).rejects.toMatchObject({ code: 'invalid-field', field: 'externalId' });
  storage.putBytes = put;
  expect(await isStored(names[0]!)).toBe(true);
  await sweepOrphans(opened.database, storage, later());
  expect(await isStored(names[0]!)).toBe(false);
});
