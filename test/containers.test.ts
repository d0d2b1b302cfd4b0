import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { settings } from '../src/config.ts';

const root = new URL('../', import.meta.url);
const read = (path: string) => readFile(new URL(path, root), 'utf8');
const known = Object.values(settings).map(({ env }) => env as string);

test.each(['Dockerfile', 'compose.yaml', 'docs/deploy.md'])('%s names settings that exist', async (path) => {
  const named = new Set((await read(path)).match(/\b(STILLROAR|S3|DATABASE)_[A-Z0-9_]+/g));
  expect(named.size).toBeGreaterThan(1);
  expect([...named].filter((name) => !known.includes(name))).toEqual([]);
});

test('the Dockerfile copies what exists or what the build makes, and everything that the package ships', async () => {
  const text = await read('Dockerfile');
  const fromRepository = [...text.matchAll(/^COPY (?!--from)(.+) \S+$/gm)].flatMap(([, paths]) =>
    paths!.split(' '),
  );
  expect(fromRepository.filter((path) => !existsSync(new URL(path, root)))).toEqual([]);
  const { files } = JSON.parse(await read('package.json')) as { files: string[] };
  const shipped = [...text.matchAll(/^COPY --from=build (.+) \S+$/gm)].flatMap(([, paths]) =>
    paths!.split(' '),
  );
  // The manual is read elsewhere.
  for (const file of files.filter((name) => name !== 'README.md')) expect(shipped).toContain(`/app/${file}`);
});
