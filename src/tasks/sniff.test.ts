import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { checkMedia, sniffFormat } from './sniff.ts';

const latin1 = (text: string): Uint8Array => Buffer.from(text, 'latin1');

test.each([
  ['jpeg', '\xff\xd8\xff\xe0'],
  ['png', '\x89PNG\r\n\x1a\n'],
  ['gif', 'GIF89a'],
  ['webp', 'RIFF\x01\x02\x03\x04WEBPVP8 '],
  ['avif', '\0\0\0\x1cftypavif'],
  ['heic', '\0\0\0\x18ftypheic'],
  ['tiff', 'II*\0'],
  ['tiff', 'MM\0*'],
  ['wav', 'RIFF\n\0\0\nWAVEfmt '],
  ['mp3', 'ID3\x04'],
  ['mp3', '\xff\xfb\x90'],
  ['aac', '\xff\xf1\x50'],
  ['ogg', 'OggS'],
  ['flac', 'fLaC'],
  ['m4a', '\0\0\0\x20ftypM4A '],
  [undefined, '#EXTM3U\n'],
  [undefined, '<svg'],
  [undefined, ''],
])('knows %s', (format, head) => {
  expect(sniffFormat(latin1(head))).toBe(format);
});

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'stillroar-sniff-'));
});
afterAll(() => rm(directory, { recursive: true }));

test('takes a photograph for a picture', async () => {
  await checkMedia(fileURLToPath(new URL('../../samples/sunset.jpg', import.meta.url)), 'picture');
});

test.each([
  ['', 'empty (0 bytes)'],
  ['<!DOCTYPE html><html>', 'a web page (HTML)'],
  ['\n  <html lang="en">', 'a web page (HTML)'],
  ['<svg xmlns="">', 'XML or SVG'],
  ['#EXTM3U', 'of an unknown format'],
  ['ID3\x04', 'of an unknown format (mp3)'],
])('says what a file is instead of a picture: %j', async (content, sentence) => {
  const path = join(directory, 'file');
  await writeFile(path, content);
  await expect(checkMedia(path, 'picture')).rejects.toThrow(sentence);
});
