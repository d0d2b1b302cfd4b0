import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';
import { createCopyingEngine } from './support/copying-engine.ts';
import { createDataDirectory, databaseUrlOf } from './support/database.ts';
import { startApp } from './support/server.ts';

// `stillroar keys reseal` as the build left it in dist/, between two starts of a server.

const cli = fileURLToPath(new URL('../dist/cli.js', import.meta.url));
const given = ['the-first-secret-key-of-this-server', 'the-second-secret-key-of-this-server'] as const;

/** The environment of a process on a data directory with a secret key in the settings, or the directory's own. */
async function environmentOf(directory: string, secretKey: string | undefined): Promise<NodeJS.ProcessEnv> {
  const environment = Object.entries(process.env).filter(([name]) => !name.startsWith('STILLROAR_'));
  const databaseUrl = await databaseUrlOf(directory);
  return {
    ...Object.fromEntries(environment),
    STILLROAR_DATA: directory,
    STILLROAR_LOG: 'error',
    ...(databaseUrl && { DATABASE_URL: databaseUrl }),
    ...(secretKey && { STILLROAR_SECRET_KEY: secretKey }),
  };
}

/** Runs `stillroar keys …`; answers what it prints. */
async function keys(directory: string, secretKey: string | undefined, ...parameters: string[]) {
  const env = await environmentOf(directory, secretKey);
  const program = [cli, 'keys', ...parameters];
  return (await promisify(execFile)(process.execPath, program, { cwd: directory, env })).stdout;
}

/** Runs `stillroar serve` where it cannot start; answers its exit code and all that it says. */
async function serveInVain(directory: string, secretKey: string | undefined) {
  const env = { ...(await environmentOf(directory, secretKey)), STILLROAR_PORT: '0' };
  const child = spawn(process.execPath, [cli, 'serve'], { cwd: directory, env });
  onTestFinished(() => void child.kill('SIGKILL'));
  const [said, errors, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'exit'),
  ]);
  return { code, said: said + errors };
}

/** Starts a server and ends it again; answers the first account's key. */
async function startOnce(directory: string, secretKey?: string): Promise<string> {
  const { app } = await startApp(directory, createCopyingEngine(), { ...(secretKey && { secretKey }) });
  await app.close();
  return app.firstKey.clientSecret;
}

test('a secret key from the settings is changed for the one in a file; callers keep their keys', async () => {
  const data = await createDataDirectory();
  const [old, next] = given;
  const file = join(data.path, 'new-key');
  await writeFile(file, `${next}\n`);
  const callers = await startOnce(data.path, old);
  await expect(keys(data.path, old, 'reseal')).rejects.toMatchObject({
    stderr: expect.stringContaining('Name a file with the new one'),
  });
  expect(await keys(data.path, old, 'reseal', file)).toContain('1 keys were sealed anew');
  expect(await keys(data.path, old, 'reseal', file)).toContain('0 keys were sealed anew, 1 had');
  const { code, said } = await serveInVain(data.path, old);
  expect([code, said]).toEqual([1, expect.stringMatching(/^stillroar: The stored keys were encrypted with/)]);
  expect(await startOnce(data.path, next)).toBe(callers);
  await writeFile(file, 'short');
  await expect(keys(data.path, next, 'reseal', file)).rejects.toMatchObject({
    stderr: expect.stringContaining('must hold at least 32 characters'),
  });
  await data.remove();
});

test('the data directory’s own secret key is changed for a new one, also when that was interrupted', async () => {
  const data = await createDataDirectory();
  // With a PostgreSQL the key is always given.
  if (await databaseUrlOf(data.path)) return data.remove();
  const path = join(data.path, 'secret-key');
  const callers = await startOnce(data.path);
  const old = await readFile(path, 'utf8');
  expect(await keys(data.path, undefined, 'reseal')).toContain('1 keys were sealed anew');
  expect(await readFile(path, 'utf8')).not.toBe(old);
  expect(await startOnce(data.path)).toBe(callers);

  // As a process leaves it that dies after the seals and before the file.
  await rename(path, `${path}.next`);
  await writeFile(path, old);
  const { said } = await serveInVain(data.path, undefined);
  expect(said).toContain('"stillroar keys reseal" was interrupted');
  expect(await keys(data.path, undefined, 'reseal')).toContain('0 keys were sealed anew, 1 had');
  expect(await startOnce(data.path)).toBe(callers);
  await data.remove();
});
