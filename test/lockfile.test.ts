import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { writeNotice } from '../scripts/notice.mjs';

interface LockedPackage {
  optionalDependencies?: Record<string, string>;
  hasInstallScript?: boolean;
  resolved?: string;
}

const manifest = JSON.parse(await readFile(new URL('../package.json', import.meta.url), 'utf8')) as Record<
  string,
  Record<string, string>
>;
const lock = JSON.parse(await readFile(new URL('../package-lock.json', import.meta.url), 'utf8')) as {
  packages: Record<string, LockedPackage>;
};

test('the lockfile names the native packages of every platform, not only of the one it was written on', () => {
  // npm leaves out what it could not install at the time; `npm ci` then fails, or fails elsewhere.
  const missing = Object.entries(lock.packages).flatMap(([path, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies).filter(
      (name) => !lock.packages[`node_modules/${name}`] && !lock.packages[`${path}/node_modules/${name}`],
    ),
  );
  expect(missing).toEqual([]);
});

test('the lockfile names no registry, so that everybody uses their own', () => {
  expect(Object.entries(lock.packages).filter(([, { resolved }]) => resolved !== undefined)).toEqual([]);
});

test('every dependency is pinned to one version', () => {
  const versions = ['dependencies', 'devDependencies', 'optionalDependencies'].flatMap((kind) =>
    Object.entries(manifest[kind] ?? {}),
  );
  expect(versions.filter(([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version))).toEqual([]);
});

test('NOTICE lists the packages and licences that the lockfile has: run scripts/notice.mjs', async () => {
  const notice = await readFile(new URL('../NOTICE', import.meta.url), 'utf8');
  expect(writeNotice(notice, lock)).toBe(notice);
});

test('no package that is installed runs a script', async () => {
  // .npmrc turns scripts off; what would need one must work without it, or `npm ci` gives a broken tree.
  const config = await readFile(new URL('../.npmrc', import.meta.url), 'utf8');
  expect(config).toContain('ignore-scripts=true');
});
