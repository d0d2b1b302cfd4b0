import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { StillroarError } from '../../errors.ts';
import { probeMedia } from '../../media/probe.ts';
import { replaceSound } from '../../media/replace-sound.ts';
import type { EngineFile, EngineInput } from '../engine.ts';
import type { Clip, Report } from './clip.ts';
import { composeSoundtrack, loadSoundtrack } from './soundtrack.ts';

/**
 * Gives a finished video new sound, composed or the caller's own. Its picture is neither decoded nor encoded.
 *
 * @throws StillroarError when the video or the sound cannot be used; the signal's reason when it was aborted
 */
export async function addSound(input: EngineInput, report: Report, signal: AbortSignal): Promise<Clip> {
  report(0, 'analysing');
  const { video, bytes } = await readVideo(input.videoPath!);
  const seconds = video.durationSeconds;
  report(10, 'scoring');
  const { prompt, soundPrompt, musicPrompt, seed } = input;
  const soundtrack =
    input.audio === 'file'
      ? await loadSoundtrack(input.audioPath!, seconds)
      : await composeSoundtrack({ prompt, soundPrompt, musicPrompt, seconds, seed }, signal);
  report(80, 'encoding');
  signal.throwIfAborted();
  const path = join(input.workDirectory, 'video.mp4');
  await replaceSound(bytes, soundtrack.samples, path);
  const { width, height } = video;
  const files: EngineFile[] = [
    { kind: 'video', path, contentType: 'video/mp4', width, height, durationSeconds: seconds },
  ];
  if (input.coverPath) {
    files.push({ kind: 'cover', path: input.coverPath, contentType: 'image/jpeg', width, height });
  }
  return { files, warnings: [], plan: soundtrack.plan ? { sound: soundtrack.plan } : {} };
}

async function readVideo(path: string) {
  const bytes = await readFile(path);
  const { video } = await probeMedia(bytes).catch((cause) => {
    throw unreadable(cause);
  });
  if (!video) throw unreadable(undefined);
  return { video, bytes };
}

function unreadable(cause: unknown): StillroarError {
  return new StillroarError('video-unreadable', 'The video cannot be read. Send a complete MP4 file.', {
    cause,
  });
}
