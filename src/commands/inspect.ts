import { readFile } from 'node:fs/promises';
import { Command } from 'commander';
import { type MadeWith, readComment } from '../engines/builtin/comment.ts';
import { StillroarError } from '../errors.ts';
import { type MediaFacts, probeMedia } from '../media/probe.ts';
import { mustExist } from './work.ts';

/** `stillroar inspect FILE`: what a video holds and, if it is one of ours, what it was made with. */
export const inspectCommand = new Command('inspect')
  .description('show what a video holds and, if it is one of ours, what it was made with')
  .argument('<file>', 'the video')
  .option('--json', 'all as JSON')
  .action(async (file: string, { json }: { json?: true }) => {
    await mustExist(file, 'file');
    const facts = await probeMedia(await readFile(file)).catch((cause) => {
      throw new StillroarError('video-unreadable', `${file} is no video or sound that can be read.`, {
        cause,
      });
    });
    const made = readComment(facts.comment);
    const { container, video = null, audio = null } = facts;
    if (json) console.log(JSON.stringify({ file, container, video, audio, made: made ?? null }));
    else console.log([...factLines(facts), ...madeLines(made)].join('\n'));
  });

const row = (name: string, value: unknown) => `${name.padEnd(16)} ${value}`;

function factLines({ video, audio }: MediaFacts): string[] {
  const picture =
    video &&
    `${video.codec}, ${video.width} × ${video.height}, ${video.framesPerSecond.toFixed(2)} frames a second, ${video.durationSeconds.toFixed(2)} s`;
  const sound =
    audio &&
    `${audio.codec}, ${audio.sampleRate} Hz, ${audio.channels} channels, ${audio.durationSeconds.toFixed(2)} s`;
  return [row('picture', picture ?? 'none'), row('sound', sound ?? 'none')];
}

function madeLines(made: MadeWith | undefined): string[] {
  if (!made) return [row('made with', 'it does not say: it is none of ours, or its comment was removed')];
  const fields = Object.entries(made.input).map(([name, value]) =>
    row(name, typeof value === 'string' ? value : JSON.stringify(value)),
  );
  return [row('kind', made.kind), ...fields, row('seed', made.seed)];
}
