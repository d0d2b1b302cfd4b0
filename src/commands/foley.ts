import { basename } from 'node:path';
import { Command, Option } from 'commander';
import type { OriginalAudio } from '../engines/engine.ts';
import { addSound } from '../foley.ts';
import { findFiles } from './find-files.ts';
import { wholeNumber } from './parse.ts';
import { addServer, clientOf, fileOf, type ServerFlags, workRemotely } from './remote.ts';
import { chooseOuts, JOBS_AT_ONCE, type Job, mustExist, work } from './work.ts';

interface FoleyFlags extends ServerFlags {
  prompt: string;
  music?: string;
  audio: string;
  original: OriginalAudio;
  out?: string;
  dir?: string;
  seed?: number;
  json?: true;
}

async function run(videos: string[], flags: FoleyFlags): Promise<void> {
  const client = flags.url === undefined ? undefined : clientOf(flags);
  const { prompt, music, audio, original, seed } = flags;
  const common = {
    prompt,
    ...(music !== undefined && { musicPrompt: music }),
    ...(seed !== undefined && { seed }),
  };
  const found = await findFiles(videos, 'video');
  if (audio !== 'ai') await mustExist(audio, 'audio file');
  const outs = await chooseOuts(found, flags, '.sound.mp4');
  const jobs = found.map((video, index): Job => {
    const out = outs[index]!;
    return {
      name: basename(video),
      async make(report, signal) {
        if (!client) return addSound({ ...common, video, audio, original, out, onProgress: report, signal });
        const options = {
          ...common,
          video: await fileOf(video),
          audio: audio === 'ai' ? ('ai' as const) : await fileOf(audio),
          originalAudio: original,
        };
        return workRemotely(client, () => client.addSound(options), out, report, signal);
      },
    };
  });
  await work(jobs, flags.json, client ? JOBS_AT_ONCE : 1);
}

/** `stillroar foley`: videos get sound. */
export const foleyCommand = new Command('foley')
  .description('give each video sound; its picture is copied, not made anew')
  .argument('<video...>', 'the videos, or folders of them: MP4, MOV, WebM or MKV')
  .option('-p, --prompt <text>', 'what is heard; without words the picture decides', '')
  .option('-o, --out <file>', 'the video to write (default: beside it, as .sound.mp4)')
  .option('-d, --dir <folder>', 'where the videos are written')
  .option('--music <text>', 'words for music')
  .option('--audio <ai|file>', 'compose sound, or use an audio file', 'ai')
  .addOption(
    new Option('--original <what>', 'what happens to the sound that it has')
      .choices(['replace', 'mix', 'duck'])
      .default('replace'),
  )
  .option('--seed <number>', 'the same seed gives the same sound', wholeNumber(0, 2 ** 31 - 1))
  .option('--json', 'print everything about the result as JSON, one line for each')
  .action(run);
addServer(foleyCommand, 'let this server do the work');
