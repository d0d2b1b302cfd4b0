import { readAudio } from './animate.ts';
import { addSound as makeSound } from './engines/builtin/add-sound.ts';
import type { OriginalAudio } from './engines/engine.ts';
import { type LocalOptions, type LocalResult, runLocally } from './run-locally.ts';

/** What {@link addSound} is given. */
export interface AddSoundOptions extends LocalOptions {
  /** Path of the video. */
  video: string;
  /** What is to be heard. */
  prompt?: string;
  /** Words for music. */
  musicPrompt?: string;
  /** What happens to the sound that it has. Default `replace`. */
  original?: OriginalAudio;
  /** `ai` (default) composes sound, anything else is the path of an audio file. */
  audio?: string;
  /** The same seed gives the same sound. Default 1. */
  seed?: number;
}

/**
 * Gives a video sound with the built-in engine, in this process and without a server. Its picture is copied, not made
 * anew.
 * @throws StillroarError when the video or the sound cannot be used
 */
export async function addSound(options: AddSoundOptions): Promise<LocalResult> {
  const { video, prompt = '', musicPrompt, original, audio, seed, out, onProgress, signal } = options;
  return runLocally(
    makeSound,
    {
      kind: 'video-to-audio',
      videoPath: video,
      prompt,
      soundPrompt: prompt,
      ...(musicPrompt !== undefined && { musicPrompt }),
      ...(original && { sound: { original } }),
      ...(seed !== undefined && { seed }),
      ...readAudio(audio),
      seconds: 0,
    },
    { out, ...(onProgress && { onProgress }), ...(signal && { signal }) },
  );
}
