import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { TaskRow } from '../database/schema.ts';
import type {
  Engine,
  EngineFile,
  EngineInput,
  EngineStatus,
  Operation,
  Preview,
  Stage,
} from '../engines/engine.ts';
import { StillroarError } from '../errors.ts';
import type { Storage } from '../storage/storage.ts';
import { createStorageKey } from '../storage/storage-key.ts';
import { SLOW_START } from './fault.ts';
import { bringInput, type InputSources } from './inputs.ts';
import type { MediaKind } from './sniff.ts';
import type { BatchPlace, TaskInput } from './task.ts';
import type { Failure, Result } from './transitions.ts';

/** What a run tells while it goes on. */
export interface RunReports {
  progress(progress: number, stage: Stage): Promise<void>;
  /** A picture of how far it has come, newer than the last one. */
  preview(preview: Preview): void;
  operation(operation: Operation): Promise<void>;
}

/** How a run ended. */
export type RunEnd =
  | { result: Result }
  // The detail is for the operator's log.
  | { failure: Failure; retryable: boolean; detail: string | undefined };

/** Longer work is cancelled. */
const LONGEST_RUN = 30 * 60_000;

const extensions: Record<string, string> = {
  'video/mp4': 'mp4',
  'video/webm': 'webm',
  'video/quicktime': 'mov',
  'video/x-matroska': 'mkv',
  'audio/mpeg': 'mp3',
  'audio/wav': 'wav',
  'audio/mp4': 'm4a',
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'image/webp': 'webp',
  'image/gif': 'gif',
};

/**
 * Does a task's work once: inputs, engine, storage. An operation that an earlier run has left is resumed; when the
 * engine has lost it, the work begins anew.
 * @param directory an empty directory of this run's own
 * @param signal ends the wait, not the work: an engine's operation goes on and can be resumed
 * @throws StillroarError when the inputs or the engine refuse; the signal's reason when it is aborted
 */
export async function runTask(
  engine: Engine,
  row: TaskRow,
  directory: string,
  sources: InputSources,
  reports: RunReports,
  signal: AbortSignal,
): Promise<RunEnd> {
  const { fault } = row.input as TaskInput;
  if (fault === 'slow') await sleep(SLOW_START, undefined, { signal });
  if (fault === 'fail') {
    const failure: Failure = { code: 'engine-failed', message: 'Test mode: this task was made to fail.' };
    return { failure, retryable: false, detail: undefined };
  }
  const left = row.operation as Operation | null;
  let input: EngineInput | undefined;
  if (left && engine.resume) {
    input = await prepare(engine, row, directory, sources, signal);
    await engine.resume(left, input);
  }
  let status = left ? await follow(engine, left, reports, signal) : undefined;
  if (!status || (status.state === 'failed' && status.retryable)) {
    input ??= await prepare(engine, row, directory, sources, signal);
    const operation = await engine.start(input, signal);
    await reports.operation(operation);
    status = await follow(engine, operation, reports, signal);
  }
  if (status.state === 'failed') {
    const { code, reason: message, retryable, detail } = status;
    return { failure: { code, message }, retryable, detail };
  }
  await reports.progress(99, 'storing');
  const outputs = await storeFiles(sources.storage, row, status.files);
  return { result: { outputs, warnings: status.warnings, plan: status.plan } };
}

async function prepare(
  engine: Engine,
  row: TaskRow,
  directory: string,
  sources: InputSources,
  signal: AbortSignal,
): Promise<EngineInput> {
  const input = row.input as TaskInput;
  const workDirectory = join(directory, 'work');
  await mkdir(workDirectory, { recursive: true });
  /** Brings what a URL names into a file of this name; undefined when there is no URL. */
  const bring = async (url: string | undefined, kind: MediaKind, name: string) => {
    if (!url) return undefined;
    const path = join(directory, name);
    await bringInput(sources, url, kind, path, signal);
    return path;
  };
  const isSoundOnly = row.kind === 'video-to-audio';
  const paths = {
    imagePath: isSoundOnly ? undefined : await bring(input.image, 'picture', 'image'),
    lastImagePath: isSoundOnly ? undefined : await bring(input.lastImage, 'picture', 'last-image'),
    videoPath: await bring(input.video?.url, 'video', 'video'),
    coverPath: await bring(input.video?.coverUrl, 'picture', 'cover'),
    audioPath: input.audio === 'file' ? await bring(input.audioUrl, 'audio', 'audio') : undefined,
  };
  return {
    kind: row.kind as EngineInput['kind'],
    taskId: row.id,
    attempt: row.attempt,
    workDirectory,
    model: row.model,
    quality: engine.models.find(({ name }) => name === row.model)?.quality ?? 'fast',
    ...definedOnly(paths),
    ...(input.image && { imageUrl: input.image }),
    ...(input.video?.engine && { videoEngine: input.video.engine }),
    prompt: input.prompt,
    negativePrompt: input.negativePrompt,
    soundPrompt: input.soundPrompt ?? '',
    musicPrompt: input.musicPrompt ?? '',
    audio: input.audio,
    ...(input.sound && { sound: input.sound }),
    ...(input.motion && { motion: input.motion }),
    ...(input.effect && { effect: input.effect }),
    ...(input.plan && { plan: input.plan }),
    ...(isSoundOnly && { videoSeconds: sources.videoLimits.seconds }),
    resolution: input.resolution,
    seconds: input.seconds,
    framesPerSecond: input.framesPerSecond,
    seed: row.seed,
    take: (row.batch as BatchPlace | null)?.index ?? 0,
    extendPrompt: input.extendPrompt,
  };
}

/** The object without its undefined fields. */
function definedOnly<Value>(fields: Record<string, Value | undefined>): Record<string, Value> {
  return Object.fromEntries(
    Object.entries(fields).filter((entry): entry is [string, Value] => entry[1] !== undefined),
  );
}

/** Waits for the end of an operation and reports what changes on the way. */
async function follow(
  engine: Engine,
  operation: Operation,
  reports: RunReports,
  signal: AbortSignal,
): Promise<Exclude<EngineStatus, { state: 'running' }>> {
  const deadline = Date.now() + LONGEST_RUN;
  let reported = '';
  let shown: Preview | undefined;
  for (;;) {
    const status = await engine.status(operation, signal);
    signal.throwIfAborted();
    if (status.state !== 'running') return status;
    if (Date.now() > deadline) {
      await engine.cancel(operation);
      throw new StillroarError('deadline-exceeded', 'The work took longer than 30 minutes and was ended.');
    }
    if (status.preview && status.preview !== shown) reports.preview(status.preview);
    shown = status.preview;
    const progress = Math.min(99, Math.floor(status.progress));
    if (reported !== `${progress} ${status.stage}`) {
      reported = `${progress} ${status.stage}`;
      await reports.progress(progress, status.stage);
    }
  }
}

async function storeFiles(storage: Storage, row: TaskRow, files: EngineFile[]): Promise<Result['outputs']> {
  const outputs: Result['outputs'] = [];
  for (const file of files) {
    const extension = extensions[file.contentType] ?? 'bin';
    const key = createStorageKey(extension);
    await storage.put(file.path, key);
    const bytes = await storage.size(key);
    outputs.push({
      key,
      kind: file.kind,
      content_type: file.contentType,
      file_name: `${nameFor((row.input as TaskInput).prompt, row.id)}.${extension}`,
      bytes: bytes ?? 0,
      width: file.width ?? null,
      height: file.height ?? null,
      duration_seconds: file.durationSeconds ?? null,
    });
  }
  return outputs;
}

/** A file name from the first words of the prompt and the end of the id: `waves-roll-in-3d28c9`. */
function nameFor(prompt: string, id: string): string {
  const words = prompt
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 40)
    .replace(/^-+|-+$/g, '');
  return [words || 'video', id.slice(-6)].join('-');
}
