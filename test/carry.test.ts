import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { backupCommand } from '../src/commands/backup.ts';
import { migrateToCommand } from '../src/commands/migrate-to.ts';
import { restoreCommand } from '../src/commands/restore.ts';
import { createCopyingEngine } from './support/copying-engine.ts';
import { createEmbeddedDirectory, type TestDirectory } from './support/database.ts';
import { createNativeCaller } from './support/native.ts';
import { type Postgres, startPostgres } from './support/postgres.ts';
import { startApp } from './support/server.ts';

// A server that has worked for a while is backed up, restored elsewhere, and carried over to PostgreSQL: its clients
// keep their keys and find their tasks, and what had not ended is done there.

const publicUrl = 'http://stillroar.example';
let data: TestDirectory;
let directory: string;
let postgres: Postgres;
let key: string;
let done: string;
let waiting: string;
const printed = vi.spyOn(console, 'log').mockImplementation(() => {});

const callerOf = (url: string) => createNativeCaller(url, { authorization: `Bearer ${key}` });
const output = () => printed.mock.calls.flat().join('\n');

beforeAll(async () => {
  data = await createEmbeddedDirectory();
  directory = await mkdtemp(join(tmpdir(), 'stillroar-carry-'));
  postgres = await startPostgres();
  const quick = await startApp(data.path, createCopyingEngine(), { publicUrl });
  key = quick.app.firstKey.clientSecret;
  const task = { image: `${publicUrl}/samples/sunset.jpg`, prompt: 'The sea.' };
  const first = await callerOf(quick.app.address()).post('/api/v1/tasks', task);
  done = first.body.id;
  await callerOf(quick.app.address()).wait(done, 'completed');
  await quick.app.close();
  const slow = await startApp(data.path, createCopyingEngine({ milliseconds: 3_600_000 }), { publicUrl });
  const second = await callerOf(slow.app.address()).post('/api/v1/tasks', task);
  waiting = second.body.id;
  await callerOf(slow.app.address()).wait(waiting, 'processing');
  await slow.app.close();
});
afterAll(async () => {
  vi.restoreAllMocks();
  await postgres.stop();
  await data.remove();
  await rm(directory, { recursive: true });
});

async function checkMoved(
  path: string,
  settings: { databaseUrl?: string; secretKey?: string },
): Promise<void> {
  const { app } = await startApp(path, createCopyingEngine(), { publicUrl, ...settings });
  const caller = callerOf(app.address());
  expect((await caller.get(`/api/v1/tasks/${done}`)).body).toMatchObject({ id: done, state: 'completed' });
  expect((await caller.wait(waiting, 'completed')).id).toBe(waiting);
  const { body } = await caller.get<{ credits: number }>('/api/v1/account');
  expect(body.credits).toBe(10_000 - 2 * 20);
  await app.close();
}

test('a backup, restored into an empty directory', async () => {
  const file = join(directory, 'stillroar.backup');
  const target = join(directory, 'restored');
  await backupCommand.parseAsync([file, '--data', data.path], { from: 'user' });
  expect(output()).toContain('Whoever has it has every key');
  await restoreCommand.parseAsync([file, '--data', target], { from: 'user' });
  expect(output()).toContain('is restored. Unfinished tasks that wait again: 1.');
  await checkMoved(target, {});
  const again = restoreCommand.parseAsync([file, '--data', target], { from: 'user' });
  await expect(again).rejects.toThrow('already holds 1 account');
});

test('migrate-to, with the counts and the settings to start with printed', async () => {
  const databaseUrl = await postgres.createDatabase('carried');
  await migrateToCommand.parseAsync([databaseUrl, '--data', data.path], { from: 'user' });
  expect(output()).toMatch(/^task +2$/m);
  expect(output()).toContain('Every row is equal. Unfinished tasks that wait again: 1.');
  expect(output()).toContain(`DATABASE_URL=${databaseUrl}`);
  await checkMoved(data.path, {
    databaseUrl,
    secretKey: await readFile(join(data.path, 'secret-key'), 'utf8'),
  });
  const wrong = migrateToCommand.parseAsync(['mysql://x', '--data', data.path], { from: 'user' });
  await expect(wrong).rejects.toThrow('must begin with postgres://');
});
