import { readAudio } from './animate.ts';
import { makeClip } from './engines/builtin/clip.ts';
import type { MotionWishes, Resolution } from './engines/engine.ts';
import { type LocalOptions, type LocalResult, runLocally } from './run-locally.ts';

/** What {@link imagine} is given. */
export interface ImagineOptions extends LocalOptions {
  /** What is to be seen and heard. */
  prompt: string;
  /** What must not happen. */
  negativePrompt?: string;
  /** Width : height. Default 16:9. */
  aspectRatio?: NonNullable<MotionWishes['aspectRatio']>;
  /** Short side of the video. Default `720p`. */
  resolution?: Resolution;
  /** Length in seconds. Default 5. */
  seconds?: number;
  /** `ai` (default) composes sound, `none` leaves the video mute, anything else is the path of an audio file. */
  audio?: string;
  /** The same seed gives the same video. Default 1. */
  seed?: number;
}

/**
 * Makes a video from words with the built-in engine, which paints a scene; in this process and without a server.
 * @throws StillroarError for words that name nothing that it can paint
 */
export async function imagine(options: ImagineOptions): Promise<LocalResult> {
  const { aspectRatio, audio, out, onProgress, signal, ...rest } = options;
  const { checkPaintable } = await import('./engines/builtin/paint-picture.ts');
  const warnings = checkPaintable(String(options.prompt ?? ''));
  const result = await runLocally(
    makeClip,
    {
      kind: 'text-to-video',
      ...rest,
      ...(aspectRatio && { motion: { aspectRatio } }),
      ...readAudio(audio),
    },
    { out, ...(onProgress && { onProgress }), ...(signal && { signal }) },
  );
  return { ...result, warnings: [...warnings, ...result.warnings] };
}
