import { access } from 'node:fs/promises';
import { basename, dirname, extname, join } from 'node:path';
import { Command, Option } from 'commander';
import { animate } from '../animate.ts';
import { findEffect } from '../engines/builtin/effects.ts';
import type { Resolution } from '../engines/engine.ts';
import { StillroarError } from '../errors.ts';
import { wholeNumber } from './parse.ts';
import { createProgressBar } from './progress-bar.ts';

interface AnimateFlags {
  prompt: string;
  effect?: string;
  negative: string;
  out?: string;
  resolution: Resolution;
  seconds: number;
  audio: string;
  seed: number;
  fps: number;
  json?: true;
}

/** Fails with a sentence when a file that the caller named is not there. */
async function mustExist(path: string, what: string): Promise<void> {
  await access(path).catch(() => {
    throw new StillroarError('invalid-field', `There is no ${what} at ${path}.`);
  });
}

async function run(image: string, flags: AnimateFlags): Promise<void> {
  const out = flags.out ?? join(dirname(image), `${basename(image, extname(image))}.mp4`);
  await mustExist(image, 'picture');
  await mustExist(dirname(out), 'folder');
  if (flags.audio !== 'ai' && flags.audio !== 'none') await mustExist(flags.audio, 'audio file');
  const bar = createProgressBar();
  const interrupted = new AbortController();
  process.once('SIGINT', () => interrupted.abort(new StillroarError('cancelled', 'Cancelled.')));
  try {
    const result = await animate({
      image,
      out,
      prompt: flags.prompt,
      ...(flags.effect !== undefined && { effect: findEffect(flags.effect).code }),
      negativePrompt: flags.negative,
      resolution: flags.resolution,
      seconds: flags.seconds,
      framesPerSecond: flags.fps,
      audio: flags.audio,
      seed: flags.seed,
      onProgress: bar.update,
      signal: interrupted.signal,
    });
    bar.clear();
    for (const warning of result.warnings) console.error(`Note: ${warning.message}`);
    console.log(flags.json ? JSON.stringify(result) : result.path);
  } finally {
    bar.clear();
  }
}

/** `stillroar animate`: a picture becomes a video, without a server. */
export const animateCommand = new Command('animate')
  .description('make a video from a picture, here and without a server')
  .argument('<image>', 'the picture: JPEG, PNG, WebP, AVIF, GIF or TIFF')
  .option('-p, --prompt <text>', 'how the camera moves, what is heard', '')
  .option('--effect <code>', 'what happens to the subject; see `stillroar effects`')
  .option('-o, --out <file>', 'the MP4 to write (default: beside the picture)')
  .addOption(
    new Option('-r, --resolution <name>', 'short side of the video')
      .choices(['720p', '1080p', '4k'])
      .default('720p'),
  )
  .option('-s, --seconds <number>', 'length', wholeNumber(1, 60), 5)
  .option('--audio <ai|none|file>', 'compose sound, leave it mute, or use an audio file', 'ai')
  .option('--negative <text>', 'what must not happen', '')
  .option('--seed <number>', 'the same seed gives the same video', wholeNumber(0, 2 ** 31 - 1), 1)
  .option('--fps <number>', 'frames per second', wholeNumber(1, 60), 24)
  .option('--json', 'print everything about the result as JSON')
  .action(run);
