import { copyFile, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkLocal } from './check-local.ts';
import type { Clip, Report } from './engines/builtin/clip.ts';
import { builtinModels } from './engines/builtin/models.ts';
import type { EngineInput, Warning, WorkPlan } from './engines/engine.ts';

/** How a piece of work is done in this process. */
export interface LocalOptions {
  /** Where the MP4 is written; an existing file is replaced. */
  out: string;
  /** Called with 0–100 and what is being done. */
  onProgress?: Report;
  /** Ends the work. */
  signal?: AbortSignal;
}

/** What was made. */
export interface LocalResult {
  path: string;
  width: number;
  height: number;
  durationSeconds: number;
  seed: number;
  warnings: Warning[];
  plan: WorkPlan;
}

/** What there is to do; what is left out does not matter to the kind of work. */
export type LocalInput = Pick<EngineInput, 'kind'> &
  Partial<Omit<EngineInput, 'kind' | 'taskId' | 'attempt' | 'workDirectory' | 'model' | 'quality'>> & {
    /** The picture's bytes, instead of its path. */
    imageBytes?: Uint8Array;
  };

/** Moves a file, also to another disk. */
async function moveFile(from: string, to: string): Promise<void> {
  await rename(from, to).catch(async (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EXDEV') throw error;
    await copyFile(from, to);
  });
}

/**
 * Does one piece of work with the built-in engine, in this process and without a server.
 * @throws StillroarError when the input cannot be used; the signal's reason when it was aborted
 */
export async function runLocally(
  make: (input: EngineInput, report: Report, signal: AbortSignal) => Promise<Clip>,
  what: LocalInput,
  { out, onProgress = () => {}, signal = new AbortController().signal }: LocalOptions,
): Promise<LocalResult> {
  await checkLocal(what, out);
  const { imageBytes, ...given } = what;
  const workDirectory = await mkdtemp(join(tmpdir(), 'stillroar-'));
  const [{ name: model, quality }] = builtinModels as [(typeof builtinModels)[number]];
  const input: EngineInput = {
    prompt: '',
    negativePrompt: '',
    soundPrompt: '',
    musicPrompt: '',
    audio: 'ai',
    resolution: '720p',
    seconds: 5,
    framesPerSecond: 24,
    seed: 1,
    extendPrompt: false,
    ...given,
    taskId: 'local',
    attempt: 1,
    workDirectory,
    model,
    quality,
  };
  try {
    if (imageBytes) {
      input.imagePath = join(workDirectory, 'picture');
      await writeFile(input.imagePath, imageBytes);
    }
    const clip = await make(input, onProgress, signal);
    const video = clip.files.find((file) => file.kind === 'video')!;
    await moveFile(video.path, out);
    return {
      path: out,
      width: video.width!,
      height: video.height!,
      durationSeconds: video.durationSeconds!,
      seed: input.seed,
      warnings: clip.warnings,
      plan: clip.plan,
    };
  } finally {
    await rm(workDirectory, { recursive: true, force: true });
  }
}
