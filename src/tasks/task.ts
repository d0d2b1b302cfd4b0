import type {
  MotionWishes,
  Resolution,
  SoundWishes,
  Stage,
  TaskKind,
  Warning,
  WorkPlan,
} from '../engines/engine.ts';
import type { ErrorCode } from '../errors.ts';
import type { Fault } from './fault.ts';

/** Where a task stands. */
export type TaskState = 'queued' | 'processing' | 'completed' | 'failed' | 'cancelled' | 'expired';

/** Which states may follow which; every other change is refused. `transitions.ts` has the functions that make them. */
export const nextStates: Record<TaskState, readonly TaskState[]> = {
  queued: ['processing', 'cancelled', 'expired'],
  processing: ['completed', 'failed', 'cancelled', 'queued'],
  completed: ['expired'],
  failed: [],
  cancelled: [],
  expired: [],
};

/** The states from which a task may come into this one. */
export function statesBefore(state: TaskState): TaskState[] {
  return (Object.keys(nextStates) as TaskState[]).filter((from) => nextStates[from].includes(state));
}

/** What the caller asked for, in no dialect's words. URLs are as the caller gave them. */
export interface TaskInput {
  /** URL of the picture to animate; empty when there is none. */
  image: string;
  /** URL of the picture that the video ends on; empty when none was given. */
  lastImage: string;
  /**
   * URL of the finished video that gets new sound, of its cover, and the engine that made its picture, if one of ours did;
   * defined for `video-to-audio`. The length is 0 for a video that has not been measured.
   */
  video?: { url: string; coverUrl: string | undefined; engine?: string; durationSeconds: number };
  prompt: string;
  negativePrompt: string;
  /** Words for the sound alone; without any the prompt serves. */
  soundPrompt?: string;
  /** Words for music. */
  musicPrompt?: string;
  sound?: SoundWishes;
  motion?: MotionWishes;
  /** Code of an effect of the engine's. */
  effect?: string;
  /** What is to be chosen, as the engine's plans say it; a part that is left out is the engine's. */
  plan?: WorkPlan;
  /** What the dialect called the effect when the task was made. */
  effectName?: string;
  /** Whether the engine may add words of its own to the prompt. */
  extendPrompt: boolean;
  /** `ai` makes sound, `none` leaves the video mute, `file` takes the sound at {@link audioUrl}. */
  audio: 'ai' | 'none' | 'file';
  /** URL of the caller's sound; empty when none was given. Kept even where {@link audio} does not use it. */
  audioUrl: string;
  resolution: Resolution;
  /** Length of the video; 0 for a brought video that has not been measured. */
  seconds: number;
  framesPerSecond: number;
  /** Goes first in the queue. */
  premium: boolean;
  /** What the caller calls the model; empty when none was named. */
  modelName: string;
  /** The model that stands for no model's name, where the operator has another one go first: it may take over. */
  usualModel?: string;
  /** Empty when none was given. */
  webhookUrl: string;
  /** What it is told: `end` leaves out that the work begins. Default `all`. */
  webhookEvents?: 'all' | 'end';
  /**
   * The price follows the length of the finished video: so many credits for each second that has begun. What was charged
   * beyond that is given back when the task completes. Without it the price is fixed.
   */
  creditsPerSecond?: number;
  /** What was charged, where a model that costs less has taken over: the difference is given back when the task completes. */
  charged?: number;
  /** Test mode: what is to go wrong with the task. */
  fault?: Fault;
}

/** A file that came inside the request. It is stored until the task has ended. */
export interface InputFile {
  /** Which input it is. */
  field: 'image' | 'lastImage';
  bytes: Uint8Array;
  /** Of its format: `jpg`. */
  extension: string;
}

/** Which batch a task belongs to. */
export interface BatchPlace {
  /** Shared by all its tasks. */
  id: string;
  /** From 0. */
  index: number;
  /** How many were asked for. */
  count: number;
}

/** What a dialect hands over to make a task. */
export interface TaskRequest {
  kind: TaskKind;
  input: TaskInput;
  /** Name of an engine's model. */
  model: string;
  /** The caller named none of this server's: the operator's default goes first. */
  anyModel?: boolean;
  /** The price. */
  credits: number;
  /** What the dialect could not take as it was meant. */
  warnings: Warning[];
  /** The task whose video gets sound. */
  parentId?: string;
  /** The dialect's name; it alone reads the task back to the caller. */
  dialect: string;
  /** What the caller calls the task; no two of an account's tasks share it. */
  externalId?: string;
  files?: readonly InputFile[];
  /** 0 … 2³¹ − 1. Default: random. */
  seed?: number;
}

/** Which tasks a search finds; what is left out does not matter. */
export interface TaskFilter {
  states?: readonly TaskState[];
  kinds?: readonly TaskKind[];
  /** Name of an engine. */
  engine?: string;
  /** Stands in one of the prompts, in any case. */
  text?: string;
  /** Made at this time or later. */
  since?: Date;
  /** Made before this time. */
  until?: Date;
}

/** Where a request comes from, beside what it says. */
export interface Origin {
  /** When it was first received; a repetition under the same idempotency key has the first one's. */
  at: Date;
  /** Names the request under an idempotency key: what it made already is found and not made again. */
  requestKey?: string;
  /** What is to go wrong on purpose. */
  fault?: Fault;
}

/** A file that a task made. */
export interface TaskOutput {
  kind: 'video' | 'audio' | 'cover' | 'preview';
  /** Where it can be fetched until the task expires. */
  url: string;
  contentType: string;
  bytes: number;
  width: number | undefined;
  height: number | undefined;
  durationSeconds: number | undefined;
}

/** A task as its owner sees it. */
export interface Task {
  /** 24 hexadecimal digits. */
  id: string;
  /** The same task's decimal number, for dialects that know no hexadecimal ids. */
  number: string;
  kind: TaskKind;
  state: TaskState;
  /** 0–100. */
  progress: number;
  /** Defined while it is processing. */
  stage: Stage | undefined;
  /** 1 is next; defined while it is queued. */
  queuePosition: number | undefined;
  input: TaskInput;
  /** 0 … 2³¹ − 1. */
  seed: number;
  engine: string;
  model: string;
  /** The price; given back in full unless the task is completed. */
  credits: number;
  warnings: Warning[];
  /** Why there is no result; defined in the states failed, cancelled and, when it never ran, expired. */
  error: { code: ErrorCode; message: string } | undefined;
  /** Defined once it is completed. */
  plan: WorkPlan | undefined;
  outputs: TaskOutput[];
  batch: BatchPlace | undefined;
  /** The task whose video got new sound. */
  parentId: string | undefined;
  dialect: string;
  /** What the caller calls it. */
  externalId: string | undefined;
  createdAt: Date;
  updatedAt: Date;
  startedAt: Date | undefined;
  endedAt: Date | undefined;
  /** When the outputs will be removed; defined once it is completed. */
  expiresAt: Date | undefined;
}
