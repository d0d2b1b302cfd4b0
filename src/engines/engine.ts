import type { ErrorCode } from '../errors.ts';
import type { CameraMove } from '../picture/direct/shot.ts';

/** What kind of work a task asks for. */
export type TaskKind = 'image-to-video' | 'text-to-video' | 'video-to-audio';

/** The short side of the video: 720, 1080 or 2160 pixels. */
export type Resolution = '720p' | '1080p' | '4k';

/** Where the work stands, in words that a person understands. */
export type Stage = 'fetching' | 'analysing' | 'rendering' | 'scoring' | 'encoding' | 'storing';

/** What happens to the sound that a video already has: it goes, both are heard, or it steps back behind ours. */
export type OriginalAudio = 'replace' | 'mix' | 'duck';

/** A kind of layer in a sound track: what goes on, what happens, and music. */
export type SoundKind = 'texture' | 'event' | 'music';

/** Wishes about a sound track beside its words. */
export interface SoundWishes {
  /** The kinds that may be heard. Default: all that the words and the picture ask for. */
  kinds?: readonly SoundKind[];
  /** Near, dry, quiet and full of detail, as if made beside the ear. Default false. */
  close?: boolean;
  /** Default `replace`. */
  original?: OriginalAudio;
}

/** Wishes about a picture's movement beside its words. */
export interface MotionWishes {
  /** What the camera does, whatever the prompt says. */
  camera?: readonly CameraMove[];
  /** Factor on how far everything moves, 0–2. Default 1. */
  strength?: number;
  /** Width : height of a video that is made from words. Default 16:9. */
  aspectRatio?: '16:9' | '9:16' | '1:1';
}

/** Something that the caller asked for and did not get, or got otherwise; never an error. */
export interface Warning {
  /** Stable, kebab-case: `motion-region-not-found`. */
  code: string;
  /** One sentence for a person. */
  message: string;
}

/** How much work goes into a video of the same size: `fine` takes longer, draws in more detail and compresses less. */
export type Quality = 'fast' | 'fine';

/** A way of working that an engine offers. */
export interface EngineModel {
  /** Stable name, stored with the task; no two engines share one: `builtin-fast`. */
  readonly name: string;
  readonly kinds: readonly TaskKind[];
  readonly resolutions: readonly Resolution[];
  /** Lengths of a video in seconds. */
  readonly seconds: readonly number[];
  /** Whether a video can end on a given picture. */
  readonly lastFrame: boolean;
  /** Whether it cannot do without one. Default false. */
  readonly needsLastFrame?: boolean;
  readonly quality: Quality;
  /** For people; default: the name. */
  readonly title?: string;
  /** Its licence and what that allows, for the operator and for people who use the results. Default: ours. */
  readonly licence?: string;
  /** Credits for five seconds, where they differ from the usual ones. */
  readonly prices?: Readonly<Partial<Record<Resolution, number>>>;
}

/** A model that an engine would offer if something were there that is missing. */
export interface UnavailableModel extends EngineModel {
  /** What to do about it, one sentence each; at least one. */
  readonly needs: readonly string[];
}

/** Something that an engine can let happen to the subject of a picture. */
export interface EngineEffect {
  /** What clients send: `squish_89244231312`. */
  readonly code: string;
  readonly name: string;
  /** One sentence for a person. */
  readonly summary: string;
  /** A picture and a short video of it: paths below the samples. */
  readonly logo: string;
  readonly preview: string;
}

/** Everything an engine needs to do one piece of work. All bytes are local files by now. */
export interface EngineInput {
  kind: TaskKind;
  /** The task's id and attempt: two runs of the same task never share a {@link workDirectory}. */
  taskId: string;
  attempt: number;
  /** An empty directory that belongs to this run; its owner removes it afterwards. */
  workDirectory: string;
  model: string;
  /** As the model says. */
  quality: Quality;
  /** Path of the picture to animate; undefined for other kinds. */
  imagePath?: string;
  /** Where the caller's picture can be fetched, by whoever reaches that address. */
  imageUrl?: string;
  /** Path of the picture that the video ends on. */
  lastImagePath?: string;
  /** Path of the video that gets sound (`video-to-audio`). */
  videoPath?: string;
  /** Shortest and longest length of that video in seconds; anything else is refused. Default: any. */
  videoSeconds?: { least: number; most: number };
  /** Name of the engine that made that video's picture; undefined for a stranger's video. */
  videoEngine?: string;
  /** Path of that video's cover, which stays as it is. */
  coverPath?: string;
  /** Path of the caller's own sound; given exactly when {@link audio} is `file`. */
  audioPath?: string;
  prompt: string;
  negativePrompt: string;
  /** Words for the sound alone; empty means that the prompt serves. */
  soundPrompt: string;
  musicPrompt: string;
  /** `ai` makes sound, `none` leaves the video mute, `file` uses {@link audioPath}. */
  audio: 'ai' | 'none' | 'file';
  sound?: SoundWishes;
  motion?: MotionWishes;
  resolution: Resolution;
  /** Length of the video in seconds; 0 for a brought video, which has its own. */
  seconds: number;
  framesPerSecond: number;
  /** Code of an effect; the prompt is ignored when it is given. */
  effect?: string;
  /** 0 … 2³¹ − 1; the same seed and input give the same video. */
  seed: number;
  /**
   * Which of several videos of one request this is, from 0. Default 0. They shall differ to the eye; the seeds of a
   * request's videos are consecutive.
   */
  take?: number;
  extendPrompt: boolean;
  /** What the caller wants to be chosen, as the engine's own plans say it; a part that is left out is the engine's. */
  plan?: WorkPlan;
}

/** A file that an engine made, in its work directory. */
export interface EngineFile {
  kind: 'video' | 'audio' | 'cover' | 'preview';
  path: string;
  contentType: string;
  width?: number;
  height?: number;
  durationSeconds?: number;
}

/** A small picture of what is being made, as far as it has come. */
export interface Preview {
  bytes: Uint8Array;
  contentType: 'image/jpeg' | 'image/png';
  /** In pixels, where the engine knows it. */
  width?: number;
  height?: number;
}

/** What the engine chose and from which words; shown to the caller, who may send it back edited. */
export interface WorkPlan {
  picture?: unknown;
  sound?: unknown;
}

/** How a running piece of work stands. */
export type EngineStatus =
  | {
      state: 'running';
      progress: number;
      stage: Stage;
      /** The newest; the same object until there is another. */
      preview?: Preview;
    }
  | { state: 'completed'; files: EngineFile[]; warnings: Warning[]; plan: WorkPlan }
  | {
      state: 'failed';
      code: ErrorCode;
      /** A sentence for the caller. */
      reason: string;
      retryable: boolean;
      /** For the operator's log: a stack trace, a remote server's answer. */
      detail?: string;
    };

/**
 * A running piece of work as plain JSON. It is stored with the task, so that a restarted worker asks for its status
 * and does not start it twice.
 */
export type Operation = Record<string, string | number>;

/** A thing that makes videos or sounds. */
export interface Engine {
  /** Stable name, stored with the task: `builtin`. */
  readonly name: string;
  /** The first is its default. Of an engine on other machines those that can be used at the moment. */
  readonly models: readonly EngineModel[];
  /** Models that it could offer and does not at the moment. Default: none. */
  readonly unavailable?: readonly UnavailableModel[];
  /** Resolves once it knows its models. Default: it does from the start. */
  readonly ready?: Promise<void>;
  /** How many pieces of work other machines do for it at once, beside those of this process. Default 0. */
  readonly slots?: number;
  /** Processes of this machine that work for it at the moment. Default 0. */
  readonly children?: number;
  /** Gets ready for the first task; called once, when work begins. */
  warm?(): void;
  /** Default: none. */
  readonly effects?: readonly EngineEffect[];
  /** Whether it works by a plan that is given; where it does not, a warning says so. Default false. */
  readonly takesPlans?: boolean;
  /** What it cannot honour comes back as warnings; throws a `StillroarError` when it cannot do the work at all. */
  supports(
    input: Pick<
      EngineInput,
      'kind' | 'model' | 'resolution' | 'seconds' | 'audio' | 'effect' | 'prompt' | 'plan'
    >,
  ): Warning[];
  /** What it would choose for these words, before anything is fetched; an engine that cannot tell leaves it out. */
  plan?(
    input: Pick<
      EngineInput,
      | 'kind'
      | 'prompt'
      | 'negativePrompt'
      | 'soundPrompt'
      | 'musicPrompt'
      | 'audio'
      | 'sound'
      | 'motion'
      | 'seconds'
      | 'seed'
      | 'extendPrompt'
      | 'effect'
      | 'plan'
    >,
  ): Promise<WorkPlan>;
  /** Begins. Resolves as soon as the operation is known, long before the work is done. */
  start(input: EngineInput, signal: AbortSignal): Promise<Operation>;
  /**
   * Resolves when something has changed since the last call for this operation, at the latest after a second.
   * Aborting the signal stops the wait, not the work. An operation that the engine does not know, because another
   * process began it, has failed with `engine-lost` and is retryable: the worker then starts anew.
   */
  status(operation: Operation, signal: AbortSignal): Promise<EngineStatus>;
  /**
   * Takes up work that another process has begun, before its status is asked; for engines whose work outlives processes
   * and cannot be found by the task's id. Without it such an operation is lost.
   */
  resume?(operation: Operation, input: EngineInput): Promise<void>;
  /** Ends the work at once and frees what it holds. Cancelling what has ended does nothing. */
  cancel(operation: Operation): Promise<void>;
  /** Stops all work and every child process. */
  close(): Promise<void>;
}
