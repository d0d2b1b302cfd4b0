import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { animate } from './animate.ts';
import { addSound } from './foley.ts';
import { imagine } from './imagine.ts';

// Whoever calls without types is told what is wrong before anything is made.

const image = fileURLToPath(new URL('../samples/dogs.jpg', import.meta.url));
let folder: string;
let out: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stillroar-local-'));
  out = join(folder, 'out.mp4');
});
afterAll(() => rm(folder, { recursive: true }));

type Wrong = [made: () => Promise<unknown>, sentence: RegExp];
const any = (options: object) => options as never;

const wrong: Record<string, Wrong> = {
  'no picture': [() => animate(any({ out })), /^image must be a path or bytes\.$/],
  'a number for a picture': [() => animate(any({ image: 5, out })), /^image must be a path or bytes\.$/],
  'a picture that is not there': [
    () => animate({ image: '/nowhere/a.jpg', out }),
    /^There is no file at \/nowhere\/a\.jpg\.$/,
  ],
  'a folder for a picture': [() => animate({ image: folder, out }), /^There is no file at /],
  'nowhere to write': [() => animate(any({ image })), /^out must be the path/],
  'a folder that is not there': [
    () => animate({ image, out: '/nowhere/a.mp4' }),
    /^There is no folder at \/nowhere\.$/,
  ],
  'a folder to write over': [() => animate({ image, out: folder }), / is a folder: name the file/],
  'a resolution': [
    () => animate(any({ image, out, resolution: '999p' })),
    /^resolution must be 720p, 1080p or 4k/,
  ],
  'seconds in words': [
    () => animate(any({ image, out, seconds: 'five' })),
    /^seconds must be a whole number/,
  ],
  'an hour': [() => animate({ image, out, seconds: 3_600 }), /from 1 to 60/],
  'no frames': [() => animate({ image, out, framesPerSecond: 0 }), /^framesPerSecond must be/],
  'a prompt that is no text': [() => animate(any({ image, out, prompt: 5 })), /^prompt must be text/],
  'a seed': [() => animate({ image, out, seed: -1 }), /^seed must be/],
  'an audio file that is not there': [
    () => animate({ image, out, audio: 'AI' }),
    /^There is no file at AI\.$/,
  ],
  'nothing to imagine': [() => imagine(any({ out })), /paint/],
  'a shape': [
    () => imagine(any({ prompt: 'a lake', out, aspectRatio: '5:4' })),
    /^aspectRatio must be 16:9, 9:16 or 1:1\.$/,
  ],
  'no video': [() => addSound(any({ out })), /^video must be a path\.$/],
  'what becomes of the sound': [
    () => addSound(any({ video: image, out, original: 'keep' })),
    /^original must be replace, mix or duck\.$/,
  ],
};

test.each(Object.entries(wrong))('%s', async (_, [make, sentence]) => {
  const error = await make().then(
    () => undefined,
    (problem) => problem,
  );
  expect(error).toMatchObject({ name: 'StillroarError', code: 'invalid-field' });
  expect(error.message).toMatch(sentence);
  expect(await readdir(folder)).toEqual([]);
});
