/** What the server answers, and what it takes. This file has no imports: it is all that a program needs to know. */

/** What kind of work a task asks for. */
export type TaskKind = 'image-to-video' | 'text-to-video' | 'video-to-audio';
/** Where a task stands. The last four are final. */
export type TaskState = 'queued' | 'processing' | 'completed' | 'failed' | 'cancelled' | 'expired';
/** What is being done while a task is processing. */
export type Stage = 'fetching' | 'analysing' | 'rendering' | 'scoring' | 'encoding' | 'storing';
/** The short side of the video: 720, 1080 or 2160 pixels. */
export type Resolution = '720p' | '1080p' | '4k';
/** What happens to the sound that a video already has. */
export type OriginalAudio = 'replace' | 'mix' | 'duck';

/** Something that was asked for and not got, or got otherwise. */
export interface Warning {
  code: string;
  message: string;
}

/** What is seen and heard, and why. It can be sent back edited; its parts are the engine's own. */
export interface Plan {
  picture?: unknown;
  sound?: unknown;
}

/** A file that a task made. */
export interface Output {
  kind: 'video' | 'audio' | 'cover' | 'preview';
  /** Where it can be fetched until the task expires. */
  url: string;
  contentType: string;
  bytes: number;
  width: number | null;
  height: number | null;
  durationSeconds: number | null;
}

/** What was asked for. */
export interface TaskInput {
  image: string | null;
  lastImage: string | null;
  video: string | null;
  prompt: string;
  negativePrompt: string;
  soundPrompt: string;
  musicPrompt: string;
  audio: string;
  originalAudio: OriginalAudio | null;
  resolution: Resolution | null;
  aspectRatio: '16:9' | '9:16' | '1:1' | null;
  seconds: number | null;
  fps: number | null;
  effect: string | null;
  model: string;
  extendPrompt: boolean;
  premium: boolean;
  webhookUrl: string | null;
  webhookEvents: 'all' | 'end' | null;
  plan: Plan | null;
}

/** A task, whichever dialect made it. Times are ISO 8601. */
export interface Task {
  /** 24 hexadecimal digits. */
  id: string;
  /** The same task's decimal number. */
  number: string;
  kind: TaskKind;
  state: TaskState;
  /** 0–100. */
  progress: number;
  stage: Stage | null;
  /** 1 is next. */
  queuePosition: number | null;
  etaSeconds: number | null;
  input: TaskInput;
  seed: number;
  engine: string;
  model: string;
  /** The price; given back in full unless the task completes. */
  credits: number;
  warnings: Warning[];
  error: { code: string; message: string } | null;
  /** What was chosen, and from which words. */
  plan: Plan | null;
  outputs: Output[];
  batch: { id: string; index: number; count: number } | null;
  /** The task whose video got new sound. */
  parentId: string | null;
  dialect: string;
  externalId: string | null;
  createdAt: string;
  updatedAt: string;
  startedAt: string | null;
  endedAt: string | null;
  /** When the outputs will be removed. */
  expiresAt: string | null;
}

/** A file to work on: its bytes, or a URL, the id of an upload, or a `data:` URL. */
export type Source = Blob | string;

/** What every task takes. */
interface CommonOptions {
  /** Name of a model; see `models()`. Default: the first that can do it. */
  model?: string;
  /** 0 … 2³¹ − 1; the same seed and input give the same result. Default: random. */
  seed?: number;
  /** Told when the task begins and when it has ended. */
  webhookUrl?: string;
  /** `end` tells the end alone. Default `all`. */
  webhookEvents?: 'all' | 'end';
  /** What you call the task; no two of your tasks share it. */
  externalId?: string;
  /** Goes first in the queue. */
  premium?: boolean;
  /** What is to be seen and heard, whatever the words say: the plan of an estimate or of a task, edited. */
  plan?: Plan;
}

/** What every video takes. */
interface VideoOptions extends CommonOptions {
  negativePrompt?: string;
  /** Words for the sound alone; without any the prompt serves. */
  soundPrompt?: string;
  musicPrompt?: string;
  /** `ai` (default) composes sound, `none` leaves the video mute, anything else is your own sound. */
  audio?: 'ai' | 'none' | Source;
  /** Default `720p`. */
  resolution?: Resolution;
  /** Length of the video. Default 5. */
  seconds?: 5 | 10;
  /** Frames per second, 12–60. Default 24. */
  fps?: number;
  /** Lets the engine add words of its own. */
  extendPrompt?: boolean;
}

/** What `animate` takes. */
export interface AnimateOptions extends VideoOptions {
  image: Source;
  /** The picture that the video ends on. */
  lastImage?: Source;
  /** How the camera moves, what happens, what is heard. */
  prompt?: string;
  /** Code of an effect; see `effects()`. */
  effect?: string;
}

/** What `imagine` takes. */
export interface ImagineOptions extends VideoOptions {
  prompt: string;
  /** Default `16:9`. */
  aspectRatio?: '16:9' | '9:16' | '1:1';
}

/** What `addSound` takes. */
export interface SoundOptions extends CommonOptions {
  /** A finished task or its id, or any video. */
  video: Source | Task;
  prompt?: string;
  soundPrompt?: string;
  musicPrompt?: string;
  /** Default `ai`. */
  audio?: 'ai' | Source;
  /** Default `replace`. */
  originalAudio?: OriginalAudio;
}

/** What a task would cost and be. */
export interface Estimate {
  credits: number;
  engine: string;
  model: string;
  warnings: Warning[];
  plan: Plan | null;
}

/** A file that was brought. */
export interface Upload {
  id: string;
  url: string;
  kind: 'picture' | 'audio' | 'video';
  contentType: string;
  bytes: number;
  width: number | null;
  height: number | null;
  durationSeconds: number | null;
  expiresAt: string;
}

/** Which tasks a list has. */
export interface TaskQuery {
  state?: TaskState | TaskState[];
  kind?: TaskKind | TaskKind[];
  engine?: string;
  /** Stands in one of the prompts. */
  text?: string;
  since?: Date;
  until?: Date;
  /** The `next` of an earlier page. */
  after?: string;
  /** 1–100. Default 20. */
  limit?: number;
}

/** A page of a list; `next` continues behind it, even behind an empty one, and is null at the end. */
export interface Page<Item> {
  items: Item[];
  next: string | null;
}

/** What an engine can do. */
export interface Model {
  name: string;
  engine: string;
  kinds: TaskKind[];
  resolutions: Resolution[];
  seconds: number[];
  lastFrame: boolean;
  quality: 'fast' | 'fine';
}

/** Something that can happen to the subject of a picture. */
export interface Effect {
  code: string;
  name: string;
  /** One sentence. */
  summary: string;
  /** URL of a still, and of a film that shows it. */
  logo: string;
  preview: string;
  engine: string;
}

/** Whose key it is. */
export interface Account {
  uid: number;
  teamId: string;
  plan: 'free' | 'pro' | 'studio';
  credits: number;
  limits: { tasksAtOnce: number; seconds: number; premium: boolean };
  uploads: { bytes: number; quota: number };
}
