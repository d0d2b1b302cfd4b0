import { FormatContext } from 'node-av/lib';
import type { StereoSamples } from '../sound/samples.ts';
import { check } from './av.ts';
import { SoundTrack } from './sound-track.ts';

/** Formats of sound files: MP3 at 192 kbit/s, and WAV with 16 bits. */
export type SoundFileFormat = 'mp3' | 'wav';

/** Writes a sound file, replacing what is there. An MP3 says how much of its ends is padding, so that players play the samples and no more. */
export async function encodeSound(
  samples: StereoSamples,
  format: SoundFileFormat,
  path: string,
): Promise<void> {
  const context = new FormatContext();
  let track: SoundTrack | undefined;
  try {
    check(context.allocOutputContext2(null, format, path), 'create sound file');
    track = await SoundTrack.open(context, format === 'mp3' ? 'mp3' : 'pcm');
    check(await context.openOutput(), 'open file');
    check(await context.writeHeader(null), 'write header');
    track.write(samples);
    check(await context.writeTrailer(), 'complete file');
  } finally {
    track?.free();
    await context.closeOutput();
    context.freeContext();
  }
}
