import { call, sendFile } from '../api/client.ts';
import type { Task, Upload } from '../api/types.ts';
import { localUrl, taskIdOf } from '../media/local-url.ts';
import { readComment } from '../media/read-comment.ts';
import { readStill } from '../media/stills.ts';
import { text } from '../text/index.ts';
import { outputOf } from '../watch/task-facts.ts';
import { type Asked, formOf, nameOf, patchForm, type Source } from './form.ts';

/** Brings a file to the server. */
export async function upload(file: Blob, name: string): Promise<Source> {
  const { url } = await sendFile<Upload>('uploads', file);
  return { url, name };
}

/** What a video of ours says about itself in its comment. */
interface Comment {
  generator: 'stillroar';
  kind: Task['kind'];
  input: Partial<Asked>;
  seed: number;
}

function readSettings(comment: string | undefined): Comment | undefined {
  try {
    const settings = JSON.parse(comment ?? '') as Comment;
    return settings.generator === 'stillroar' ? settings : undefined;
  } catch {
    return undefined;
  }
}

/** What a task's input says where the comment is silent. */
const silent: Asked = {
  image: null,
  lastImage: null,
  prompt: '',
  negativePrompt: '',
  soundPrompt: '',
  musicPrompt: '',
  audio: 'ai',
  resolution: null,
  aspectRatio: null,
  seconds: null,
  fps: null,
  effect: null,
  model: '',
  extendPrompt: false,
  webhookUrl: null,
  webhookEvents: null,
};

/**
 * Takes a file into the form: a picture becomes the first or the last frame, a video of ours brings back what it was
 * made with, its own first frame being the picture.
 * @returns what to say about it, if anything
 */
export async function takeFile(file: File, slot: 'image' | 'lastImage'): Promise<string | undefined> {
  if (file.type.startsWith('video/')) {
    const settings = readSettings(await readComment(file));
    if (!settings) return text.create.notOurs;
    const { kind, input, seed } = settings;
    const form = formOf({ kind, input: { ...silent, ...input } });
    const own = form.audio === 'own' && !form.ownSound ? { audio: 'ai' as const } : {};
    patchForm({ ...form, ...own, seed, model: input.model || null });
    if (kind !== 'text-to-video') await takeStill(URL.createObjectURL(file), 'first', file.name);
    return text.create.refilled;
  }
  if (file.type && !file.type.startsWith('image/')) return text.create.onlyFiles;
  patchForm({ kind: 'image-to-video', [slot]: await upload(file, file.name || 'picture') });
  return undefined;
}

/** Takes what an address leads to: a picture, or a video of ours, which goes on from its last frame. */
export async function takeLink(url: string): Promise<undefined> {
  const id = taskIdOf(url);
  if (id === undefined) {
    patchForm({ kind: 'image-to-video', image: { url, name: nameOf(url) } });
    return;
  }
  const video = localUrl(outputOf(await call<Task>('GET', `tasks/${id}`), 'video')?.url);
  if (!video) throw new Error(text.failure.noStill);
  await goOnFrom(video);
}

/** Takes the last frame of a video as the picture that the next one begins with. */
export async function goOnFrom(video: string): Promise<void> {
  await takeStill(video, 'last', 'last-frame.jpg');
  patchForm({ kind: 'image-to-video', lastImage: null });
}

/** Takes a frame of a video as the picture. */
async function takeStill(source: string, which: 'first' | 'last', name: string): Promise<void> {
  const still = await readStill(source, which);
  patchForm({ image: await upload(still, name.replace(/\.\w+$/, '.jpg')) });
}
