import { copyFile, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeClip, type Report } from './engines/builtin/clip.ts';
import type { Resolution, Warning, WorkPlan } from './engines/engine.ts';

/** What {@link animate} is given. */
export interface AnimateOptions {
  /** Path of the picture, or its bytes. */
  image: string | Uint8Array;
  /** Path of the picture that the video ends on. */
  lastImage?: string;
  /** Where the MP4 is written; an existing file is replaced. */
  out: string;
  /** What happens in the picture, how the camera moves, what is heard. Default: a gentle move into the picture. */
  prompt?: string;
  /** Code of an effect that happens to the subject; the prompt is then ignored. `stillroar effects` lists them. */
  effect?: string;
  /** What must not happen. */
  negativePrompt?: string;
  /** Short side of the video. Default `720p`. */
  resolution?: Resolution;
  /** Length in seconds. Default 5. */
  seconds?: number;
  /** Default 24. */
  framesPerSecond?: number;
  /** `ai` (default) composes sound, `none` leaves the video mute, anything else is the path of an audio file. */
  audio?: string;
  /** The same seed gives the same video. Default 1. */
  seed?: number;
  /** Called with 0–100 and what is being done. */
  onProgress?: Report;
  /** Ends the work. */
  signal?: AbortSignal;
}

/** What {@link animate} made. */
export interface AnimateResult {
  path: string;
  width: number;
  height: number;
  durationSeconds: number;
  seed: number;
  warnings: Warning[];
  plan: WorkPlan;
}

/** Moves a file, also to another disk. */
async function moveFile(from: string, to: string): Promise<void> {
  await rename(from, to).catch(async (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EXDEV') throw error;
    await copyFile(from, to);
  });
}

/**
 * Makes a video from a picture with the built-in engine, in this process and without a server.
 *
 * @throws StillroarError when the picture or the sound cannot be used
 */
export async function animate(options: AnimateOptions): Promise<AnimateResult> {
  const { audio = 'ai', seed = 1, seconds = 5, out } = options;
  const workDirectory = await mkdtemp(join(tmpdir(), 'stillroar-'));
  try {
    let imagePath = options.image;
    if (typeof imagePath !== 'string') {
      const bytes = imagePath;
      imagePath = join(workDirectory, 'picture');
      await writeFile(imagePath, bytes);
    }
    const ownSound = audio !== 'ai' && audio !== 'none';
    const clip = await makeClip(
      {
        kind: 'image-to-video',
        taskId: 'local',
        attempt: 1,
        workDirectory,
        model: 'builtin-fast',
        quality: 'fast',
        imagePath,
        ...(options.lastImage !== undefined && { lastImagePath: options.lastImage }),
        ...(ownSound && { audioPath: audio }),
        prompt: options.prompt ?? '',
        negativePrompt: options.negativePrompt ?? '',
        ...(options.effect !== undefined && { effect: options.effect }),
        soundPrompt: '',
        musicPrompt: '',
        audio: ownSound ? 'file' : audio,
        resolution: options.resolution ?? '720p',
        seconds,
        framesPerSecond: options.framesPerSecond ?? 24,
        seed,
        extendPrompt: false,
      },
      options.onProgress ?? (() => {}),
      options.signal ?? new AbortController().signal,
    );
    const video = clip.files.find((file) => file.kind === 'video')!;
    await moveFile(video.path, out);
    return {
      path: out,
      width: video.width!,
      height: video.height!,
      durationSeconds: video.durationSeconds!,
      seed,
      warnings: clip.warnings,
      plan: clip.plan,
    };
  } finally {
    await rm(workDirectory, { recursive: true, force: true });
  }
}
