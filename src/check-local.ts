import { stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { StillroarError } from './errors.ts';
import type { LocalInput } from './run-locally.ts';

type Checks = { [Field in keyof LocalInput]?: [isRight: (value: unknown) => boolean, what: string] };

const isText = (value: unknown) => typeof value === 'string';
const isOneOf = (words: string[]) => (value: unknown) => isText(value) && words.includes(value as string);
const isWhole = (low: number, high: number) => (value: unknown) =>
  Number.isInteger(value) && (value as number) >= low && (value as number) <= high;

const checks: Checks = {
  prompt: [isText, 'prompt must be text.'],
  negativePrompt: [isText, 'negativePrompt must be text.'],
  musicPrompt: [isText, 'musicPrompt must be text.'],
  resolution: [isOneOf(['720p', '1080p', '4k']), 'resolution must be 720p, 1080p or 4k.'],
  seconds: [isWhole(1, 60), 'seconds must be a whole number from 1 to 60.'],
  framesPerSecond: [isWhole(1, 60), 'framesPerSecond must be a whole number from 1 to 60.'],
  seed: [isWhole(0, 2 ** 31 - 1), 'seed must be a whole number from 0 to 2147483647.'],
  motion: [
    (value) => isOneOf(['16:9', '9:16', '1:1'])((value as LocalInput['motion'])?.aspectRatio ?? '16:9'),
    'aspectRatio must be 16:9, 9:16 or 1:1.',
  ],
  sound: [
    (value) => isOneOf(['replace', 'mix', 'duck'])((value as LocalInput['sound'])?.original ?? 'replace'),
    'original must be replace, mix or duck.',
  ],
};

function refuse(sentence: string): never {
  throw new StillroarError('invalid-field', sentence);
}

/**
 * Looks at what was given to the package's own functions before any of it costs time: they are called without a server
 * and often without types.
 * @param out where the result shall go
 * @throws StillroarError `invalid-field`
 */
export async function checkLocal(input: LocalInput, out: string): Promise<void> {
  const isSound = input.kind === 'video-to-audio';
  for (const [field, [isRight, sentence]] of Object.entries(checks)) {
    const value = input[field as keyof LocalInput];
    // A video brings its own length.
    if (value !== undefined && !(isSound && field === 'seconds') && !isRight(value)) refuse(sentence);
  }
  const { imagePath, imageBytes, lastImagePath, videoPath, audioPath } = input;
  if (input.kind === 'image-to-video' && !(imageBytes instanceof Uint8Array) && !imagePath) {
    refuse('image must be a path or bytes.');
  }
  if (isSound && !videoPath) refuse('video must be a path.');
  for (const path of [imagePath, lastImagePath, videoPath, audioPath]) {
    if (path === undefined) continue;
    if (!isText(path)) refuse('image, lastImage, video and audio must be paths.');
    const found = await stat(path).catch(() => undefined);
    // A pipe will do, too.
    if (!found || found.isDirectory()) refuse(`There is no file at ${path}.`);
  }
  if (!isText(out) || out === '') refuse('out must be the path of the file to write.');
  const found = await stat(out).catch(() => undefined);
  if (found?.isDirectory()) refuse(`${out} is a folder: name the file to write in it.`);
  const folder = await stat(dirname(out)).catch(() => undefined);
  if (!folder?.isDirectory()) refuse(`There is no folder at ${dirname(out)}.`);
}
