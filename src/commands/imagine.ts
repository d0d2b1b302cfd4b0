import { basename, dirname } from 'node:path';
import { Command, Option } from 'commander';
import type { MotionWishes, Resolution } from '../engines/engine.ts';
import { imagine } from '../imagine.ts';
import { wholeNumber } from './parse.ts';
import { addServer, clientOf, fileOf, lengthOf, type ServerFlags, workRemotely } from './remote.ts';
import { type Job, mustExist, work } from './work.ts';

interface ImagineFlags extends ServerFlags {
  out: string;
  resolution: Resolution;
  aspect: NonNullable<MotionWishes['aspectRatio']>;
  seconds: number;
  audio: string;
  negative: string;
  seed?: number;
  json?: true;
}

async function run(prompt: string, flags: ImagineFlags): Promise<void> {
  const { aspect, audio, negative, resolution, seconds, seed } = flags;
  const client = flags.url === undefined ? undefined : clientOf(flags);
  const { out } = flags;
  await mustExist(dirname(out), 'folder');
  if (audio !== 'ai' && audio !== 'none') await mustExist(audio, 'audio file');
  const common = {
    prompt,
    negativePrompt: negative,
    aspectRatio: aspect,
    resolution,
    ...(seed !== undefined && { seed }),
  };
  const make: Job['make'] = async (report, signal) => {
    if (!client) return imagine({ ...common, seconds, audio, out, onProgress: report, signal });
    const sound = audio === 'ai' || audio === 'none' ? audio : await fileOf(audio);
    const create = () => client.imagine({ ...common, seconds: lengthOf(seconds), audio: sound });
    return workRemotely(client, create, out, report, signal);
  };
  await work([{ name: basename(out), make }], flags.json, 1);
}

/** `stillroar imagine`: words become a video. */
export const imagineCommand = new Command('imagine')
  .description('make a video from words: a painted scene')
  .argument('<prompt>', 'what is seen and heard')
  .option('-o, --out <file>', 'the MP4 to write', 'imagine.mp4')
  .addOption(
    new Option('-r, --resolution <name>', 'short side of the video')
      .choices(['720p', '1080p', '4k'])
      .default('720p'),
  )
  .addOption(
    new Option('--aspect <ratio>', 'width : height').choices(['16:9', '9:16', '1:1']).default('16:9'),
  )
  .option('-s, --seconds <number>', 'length; a server makes 5 or 10', wholeNumber(1, 60), 5)
  .option('--audio <ai|none|file>', 'compose sound, leave it mute, or use an audio file', 'ai')
  .option('--negative <text>', 'what must not happen', '')
  .option('--seed <number>', 'the same seed gives the same video', wholeNumber(0, 2 ** 31 - 1))
  .option('--json', 'print everything about the result as JSON')
  .action(run);
addServer(imagineCommand, 'let this server do the work');
