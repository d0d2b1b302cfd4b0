import { setTimeout as sleep } from 'node:timers/promises';
import { toStillroarError } from '../../errors.ts';
import { builtinModels } from '../builtin/models.ts';
import type { Engine, EngineFile, EngineInput, EngineStatus, Operation, Warning } from '../engine.ts';
import type { Finisher } from './finisher.ts';
import type { FittedVideo } from './work.ts';

type Completed = Extract<EngineStatus, { state: 'completed' }>;
type Ended = Exclude<EngineStatus, { state: 'running' }>;

/** A piece of work, from the model's result on. */
interface Entry {
  input: EngineInput;
  /** Ends the finishing; nothing before it has begun. */
  controller: AbortController;
  finishing: Promise<Ended> | undefined;
}

/** How much of the whole the model's own work is, in per cent. */
const MODELS_PART = 90;
/** Longest that a status call waits, in ms. */
const STATUS_WAIT = 1000;

/**
 * An engine on another machine, brought to what callers of this server are promised: its video has the asked size and
 * length, its cover, and sound: the model's own, the caller's, or, where the model is mute, what the built-in engine
 * composes for what the picture shows. Of a model that makes sound for videos only the sound is taken; the picture's
 * packets stay as they are.
 * @param remote its completed work has one file: the video, or the sound for one
 */
export function withFinish(remote: Engine, builtin: Engine, finisher: Finisher): Engine {
  const entries = new Map<string, Entry>();
  const keyOf = (operation: Operation) => JSON.stringify(operation);

  /** Lets the built-in engine put sound to a video. */
  async function addSound(input: EngineInput, signal: AbortSignal): Promise<Ended> {
    const { imagePath: _, lastImagePath: __, ...rest } = input;
    const model = builtinModels[0]!;
    const operation = await builtin.start(
      { ...rest, kind: 'video-to-audio', model: model.name, quality: model.quality },
      signal,
    );
    const cancel = () => void builtin.cancel(operation);
    signal.addEventListener('abort', cancel, { once: true });
    try {
      for (;;) {
        const status = await builtin.status(operation, signal);
        if (status.state !== 'running') return status;
      }
    } finally {
      signal.removeEventListener('abort', cancel);
    }
  }

  async function finishSound(input: EngineInput, made: Completed, signal: AbortSignal): Promise<Ended> {
    const status = await addSound({ ...input, audio: 'file', audioPath: made.files[0]!.path }, signal);
    return status.state === 'completed'
      ? { ...status, warnings: [...made.warnings, ...status.warnings] }
      : status;
  }

  async function finishVideo(input: EngineInput, made: Completed, signal: AbortSignal): Promise<Ended> {
    const { resolution, seconds, framesPerSecond, audio, workDirectory: directory } = input;
    const fitted = await finisher.fit(
      {
        path: made.files[0]!.path,
        directory,
        wish: { resolution, seconds, framesPerSecond },
        keepsSound: audio === 'ai',
      },
      signal,
    );
    const { coverPath, hasSound } = fitted;
    const warnings = [...made.warnings, ...fitted.warnings, ...soundWarnings(input, fitted)];
    if (audio === 'none' || hasSound) return { ...made, files: filesOf(fitted), warnings };
    const sounded = await addSound({ ...input, videoPath: fitted.path, coverPath }, signal);
    if (sounded.state === 'failed') return sounded;
    const files = sounded.files.filter(({ kind }) => kind === 'video' || kind === 'cover');
    return {
      ...sounded,
      files,
      warnings: [...warnings, ...sounded.warnings],
      plan: { ...made.plan, ...sounded.plan },
    };
  }

  async function finish({ input, controller }: Entry, made: Completed): Promise<Ended> {
    const { signal } = controller;
    try {
      return await (input.kind === 'video-to-audio' ? finishSound : finishVideo)(input, made, signal);
    } catch (error) {
      const { code, message, cause } = toStillroarError(error);
      return { state: 'failed', code, reason: message, retryable: false, detail: String(cause ?? '') };
    }
  }

  return {
    name: remote.name,
    get models() {
      return remote.models;
    },
    get unavailable() {
      return remote.unavailable ?? [];
    },
    ...(remote.ready && { ready: remote.ready }),
    slots: remote.slots ?? 1,
    supports: (input) => remote.supports(input),

    async start(input, signal) {
      const operation = await remote.start(input, signal);
      entries.set(keyOf(operation), { input, controller: new AbortController(), finishing: undefined });
      return operation;
    },

    ...(remote.resume && {
      async resume(operation: Operation, input: EngineInput) {
        await remote.resume?.(operation, input);
        entries.set(keyOf(operation), { input, controller: new AbortController(), finishing: undefined });
      },
    }),

    async status(operation, signal) {
      const key = keyOf(operation);
      const entry = entries.get(key);
      // Who began it has ended: the remote engine says what is to be done.
      if (!entry) return remote.status(operation, signal);
      if (!entry.finishing) {
        const status = await remote.status(operation, signal);
        if (status.state === 'running') return { ...status, progress: (status.progress * MODELS_PART) / 100 };
        if (status.state === 'failed') {
          entries.delete(key);
          return status;
        }
        entry.finishing = finish(entry, status);
      }
      const ended = await Promise.race([
        entry.finishing,
        sleep(STATUS_WAIT, undefined, { signal }).catch(() => undefined),
      ]);
      signal.throwIfAborted();
      if (!ended) return { state: 'running', progress: MODELS_PART, stage: 'encoding' };
      entries.delete(key);
      return ended;
    },

    async cancel(operation) {
      const key = keyOf(operation);
      const entry = entries.get(key);
      entries.delete(key);
      entry?.controller.abort(new Error('cancelled'));
      await remote.cancel(operation);
    },

    async close() {
      for (const { controller } of entries.values()) controller.abort(new Error('closed'));
      finisher.close();
      await remote.close();
    },
  };
}

function filesOf({
  path,
  contentType,
  width,
  height,
  durationSeconds,
  coverPath,
}: FittedVideo): EngineFile[] {
  return [
    { kind: 'video', path, contentType, width, height, durationSeconds },
    { kind: 'cover', path: coverPath, contentType: 'image/jpeg', width, height },
  ];
}

/** The model's own sound follows the prompt, whatever words there were for the sound alone. */
function soundWarnings({ soundPrompt, musicPrompt }: EngineInput, { hasSound }: FittedVideo): Warning[] {
  if (!hasSound || (soundPrompt === '' && musicPrompt === '')) return [];
  const message =
    'This model makes picture and sound together from the prompt; the words for the sound were left out.';
  return [{ code: 'option-ignored', message }];
}
