import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { unpack } from './unpack.ts';

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'stillroar-unpack-'));
});
afterAll(() => rm(directory, { recursive: true }));

/** A tar entry by the POSIX ustar layout. */
function entry(name: string, type: string, content = ''): Buffer {
  const header = Buffer.alloc(512);
  header.write(name, 0);
  header.write(`${content.length.toString(8).padStart(11, '0')} `, 124);
  header.write(type, 156);
  const body = Buffer.alloc(Math.ceil(content.length / 512) * 512);
  body.write(content);
  return Buffer.concat([header, body]);
}

test('unpacks directories and files, whatever their length', async () => {
  const files = {
    '/base/empty': '',
    '/base/short': 'abc',
    '/base/block': 'x'.repeat(512),
    '/b': 'y'.repeat(1300),
  };
  const entries = Object.entries(files).map(([name, content]) => entry(name, '0', content));
  await unpack(gzipSync(Buffer.concat([entry('/base', '5'), ...entries, Buffer.alloc(1024)])), directory);
  for (const [name, content] of Object.entries(files)) {
    expect(await readFile(join(directory, name), 'utf8')).toBe(content);
  }
  expect((await stat(join(directory, 'base'))).mode & 0o777).toBe(0o700);
});

test('never writes outside the directory', async () => {
  await unpack(gzipSync(Buffer.concat([entry('../../escaped', '0', 'x'), Buffer.alloc(1024)])), directory);
  expect(await readFile(join(directory, 'escaped'), 'utf8')).toBe('x');
});

test('says what it cannot read', async () => {
  await expect(unpack(gzipSync(entry('link', '2')), directory)).rejects.toThrow('type 2');
});
