import { execFile } from 'node:child_process';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { createCopyingEngine } from './support/copying-engine.ts';
import { createDataDirectory, databaseUrlOf } from './support/database.ts';
import { startApp } from './support/server.ts';

// `stillroar keys reseal` as the build left it in dist/, between two starts of a server.

const cli = fileURLToPath(new URL('../dist/cli.js', import.meta.url));
const given = ['the-first-secret-key-of-this-server', 'the-second-secret-key-of-this-server'] as const;

/** Runs `stillroar keys …` on a data directory with a secret key in the settings, or the directory's own. */
async function keys(directory: string, secretKey: string | undefined, ...parameters: string[]) {
  const environment = Object.entries(process.env).filter(([name]) => !name.startsWith('STILLROAR_'));
  const databaseUrl = await databaseUrlOf(directory);
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [cli, 'keys', ...parameters, '--data', directory],
    {
      cwd: directory,
      env: {
        ...Object.fromEntries(environment),
        ...(databaseUrl && { DATABASE_URL: databaseUrl }),
        ...(secretKey && { STILLROAR_SECRET_KEY: secretKey }),
      },
    },
  );
  return stdout;
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
  await expect(startOnce(data.path, old)).rejects.toThrow('encrypted with another secret key');
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
  await expect(startOnce(data.path)).rejects.toThrow('"stillroar keys reseal" was interrupted');
  expect(await keys(data.path, undefined, 'reseal')).toContain('0 keys were sealed anew, 1 had');
  expect(await startOnce(data.path)).toBe(callers);
  await data.remove();
});
