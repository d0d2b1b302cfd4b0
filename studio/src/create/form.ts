import { useSyncExternalStore } from 'react';
import type { Task } from '../api/types.ts';
import { type CameraName, readCamera } from './cameras.ts';

/** A picture, sound or video that a request can name. */
export interface Source {
  url: string;
  name: string;
}

/** Words that were switched off in a plan, and in which. */
export interface Without {
  domain: 'picture' | 'sound';
  words: string;
}

/** Everything that the Create page asks for. */
export interface Form {
  kind: 'image-to-video' | 'text-to-video';
  image: Source | null;
  lastImage: Source | null;
  prompt: string;
  camera: CameraName | null;
  without: Without[];
  audio: 'ai' | 'none' | 'own';
  ownSound: Source | null;
  soundPrompt: string;
  musicPrompt: string;
  effect: string | null;
  model: string | null;
  resolution: '720p' | '1080p' | '4k';
  aspectRatio: '16:9' | '9:16' | '1:1';
  seconds: 5 | 10;
  fps: number;
  count: number;
  seed: number | null;
  extendPrompt: boolean;
  negativePrompt: string;
  webhookUrl: string;
}

/** What is asked for before anybody says otherwise. */
export const emptyForm: Form = {
  kind: 'image-to-video',
  image: null,
  lastImage: null,
  prompt: '',
  camera: null,
  without: [],
  audio: 'ai',
  ownSound: null,
  soundPrompt: '',
  musicPrompt: '',
  effect: null,
  model: null,
  resolution: '720p',
  aspectRatio: '16:9',
  seconds: 5,
  fps: 24,
  count: 1,
  seed: null,
  extendPrompt: false,
  negativePrompt: '',
  webhookUrl: '',
};

const KEY = 'stillroar-form';
const listeners = new Set<() => void>();
let form = readKept();

function readKept(): Form {
  try {
    return { ...emptyForm, ...JSON.parse(sessionStorage.getItem(KEY) ?? '{}') };
  } catch {
    return emptyForm;
  }
}

/** Changes the form from anywhere; it survives a reload. */
export function patchForm(changes: Partial<Form>): void {
  form = { ...form, ...changes };
  sessionStorage.setItem(KEY, JSON.stringify(form));
  for (const listener of listeners) listener();
}

/** The form as it is now. */
export function useForm(): Form {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => form,
  );
}

/** The last part of a URL, as the name of what it leads to. */
export function nameOf(url: string): string {
  return url.split(/[?#]/)[0]!.split('/').at(-1) || url;
}

const toSource = (url: string | null): Source | null => (url ? { url, name: nameOf(url) } : null);

/** What of a task's input the form has a place for. */
export type Asked = Omit<Task['input'], 'video' | 'originalAudio' | 'premium' | 'plan'>;

/** What a task was asked for, to be asked for again; its seed stays behind. */
export function formOf({ kind, input }: { kind: Task['kind']; input: Asked }): Form {
  const isOwn = input.audio !== 'ai' && input.audio !== 'none';
  const { camera, rest } = readCamera(input.prompt);
  return {
    ...emptyForm,
    kind: kind === 'text-to-video' ? kind : 'image-to-video',
    image: toSource(input.image),
    lastImage: toSource(input.lastImage),
    prompt: rest,
    camera,
    negativePrompt: input.negativePrompt,
    soundPrompt: input.soundPrompt,
    musicPrompt: input.musicPrompt,
    audio: isOwn ? 'own' : (input.audio as 'ai' | 'none'),
    ownSound: isOwn ? toSource(input.audio) : null,
    effect: input.effect,
    model: input.model,
    resolution: input.resolution ?? '720p',
    aspectRatio: input.aspectRatio ?? '16:9',
    seconds: input.seconds === 10 ? 10 : 5,
    fps: input.fps ?? emptyForm.fps,
    extendPrompt: input.extendPrompt,
    webhookUrl: input.webhookUrl ?? '',
  };
}
