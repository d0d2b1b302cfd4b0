import { basename } from 'node:path';
import { Command, Option } from 'commander';
import { type AnimateOptions, animate } from '../animate.ts';
import type { Client, Task } from '../client/index.ts';
import { loadConfig } from '../config.ts';
import { depthModelFinder } from '../engines/builtin/depth-file.ts';
import { findEffect } from '../engines/builtin/effects.ts';
import type { Resolution } from '../engines/engine.ts';
import { findFiles } from './find-files.ts';
import { wholeNumber } from './parse.ts';
import { addServer, clientOf, fileOf, lengthOf, type ServerFlags, workRemotely } from './remote.ts';
import { chooseOuts, JOBS_AT_ONCE, type Job, mustExist, work } from './work.ts';

interface AnimateFlags extends ServerFlags {
  prompt: string;
  effect?: string;
  negative: string;
  out?: string;
  dir?: string;
  last?: string;
  resolution: Resolution;
  seconds: number;
  audio: string;
  seed?: number;
  fps: number;
  json?: true;
}

type VideoSettings = Omit<AnimateOptions, 'image' | 'out' | 'onProgress' | 'signal' | 'depthModel'>;

function settingsOf(flags: AnimateFlags): VideoSettings {
  const { last, effect, seed } = flags;
  return {
    prompt: flags.prompt,
    ...(effect !== undefined && { effect: findEffect(effect).code }),
    ...(last !== undefined && { lastImage: last }),
    ...(seed !== undefined && { seed }),
    negativePrompt: flags.negative,
    resolution: flags.resolution,
    seconds: flags.seconds,
    framesPerSecond: flags.fps,
    audio: flags.audio,
  };
}

/** The same for a server, which is sent the files. */
async function createRemotely(client: Client, image: string, settings: VideoSettings): Promise<Task> {
  const { lastImage, audio = 'ai', framesPerSecond, seconds = 5, ...rest } = settings;
  return client.animate({
    ...rest,
    image: await fileOf(image),
    seconds: lengthOf(seconds),
    ...(lastImage !== undefined && { lastImage: await fileOf(lastImage) }),
    ...(framesPerSecond !== undefined && { fps: framesPerSecond }),
    audio: audio === 'ai' || audio === 'none' ? audio : await fileOf(audio),
  });
}

async function run(images: string[], flags: AnimateFlags): Promise<void> {
  const settings = settingsOf(flags);
  const client = flags.url === undefined ? undefined : clientOf(flags);
  const depthModel = client ? undefined : depthModelFinder(loadConfig())();
  const depth = depthModel === undefined ? {} : { depthModel };
  const found = await findFiles(images, 'picture');
  if (flags.audio !== 'ai' && flags.audio !== 'none') await mustExist(flags.audio, 'audio file');
  if (flags.last !== undefined) await mustExist(flags.last, 'picture');
  const outs = await chooseOuts(found, flags, '.mp4');
  const jobs = found.map((image, index): Job => {
    const out = outs[index]!;
    return {
      name: basename(image),
      make: (report, signal) =>
        client
          ? workRemotely(client, () => createRemotely(client, image, settings), out, report, signal)
          : animate({ ...settings, ...depth, image, out, onProgress: report, signal }),
    };
  });
  await work(jobs, flags.json, client ? JOBS_AT_ONCE : 1);
}

/** `stillroar animate`: pictures become videos, without a server or by one. */
export const animateCommand = new Command('animate')
  .description('make a video from each picture, here and without a server unless --url names one')
  .argument('<image...>', 'the pictures, or folders of them: JPEG, PNG, WebP, AVIF, GIF or TIFF')
  .option('-p, --prompt <text>', 'how the camera moves, what is heard', '')
  .option('--effect <code>', 'what happens to the subject; see `stillroar effects`')
  .option('-o, --out <file>', 'the MP4 to write (default: beside the picture)')
  .option('-d, --dir <folder>', 'where the MP4s are written')
  .option('--last <file>', 'the picture that the video ends on')
  .addOption(
    new Option('-r, --resolution <name>', 'short side of the video')
      .choices(['720p', '1080p', '4k'])
      .default('720p'),
  )
  .option('-s, --seconds <number>', 'length; a server makes 5 or 10', wholeNumber(1, 60), 5)
  .option('--audio <ai|none|file>', 'compose sound, leave it mute, or use an audio file', 'ai')
  .option('--negative <text>', 'what must not happen', '')
  .option('--seed <number>', 'the same seed gives the same video', wholeNumber(0, 2 ** 31 - 1))
  .option('--fps <number>', 'frames per second', wholeNumber(1, 60), 24)
  .option('--json', 'print everything about the result as JSON, one line for each')
  .action(run);
addServer(animateCommand, 'let this server do the work');
