import { soundPrice } from '../credits/prices.ts';
import { StillroarError } from '../errors.ts';
import type { Task, TaskRequest } from './task.ts';

/** What somebody wants to hear in a video of theirs. */
export interface SoundWish {
  audio: 'ai' | 'file';
  /** URL of the sound; empty unless {@link audio} is `file`. */
  audioUrl: string;
  /** The dialect that asks. */
  dialect: string;
}

/**
 * A request for new sound on a finished video: it inherits the video's words, size and callback.
 * @throws StillroarError `conflict` when there is no video yet or not any more
 */
export function soundRequest(parent: Task, wish: SoundWish): TaskRequest {
  const video = parent.outputs.find(({ kind }) => kind === 'video');
  if (parent.state !== 'completed' || !video) {
    throw new StillroarError(
      'conflict',
      parent.state === 'queued' || parent.state === 'processing'
        ? 'The video is not finished yet. Wait until it is, then ask again.'
        : `There is no video to give sound to: its task is ${parent.state}.`,
      { field: 'video' },
    );
  }
  const cover = parent.outputs.find(({ kind }) => kind === 'cover');
  const pictureEngine = parent.kind === 'video-to-audio' ? parent.input.video?.engine : parent.engine;
  const { fault: _, creditsPerSecond: __, sound: ___, plan: ____, ...inherited } = parent.input;
  return {
    kind: 'video-to-audio',
    model: parent.model,
    anyModel: true,
    dialect: wish.dialect,
    credits: soundPrice(parent.input.seconds || Math.floor(video.durationSeconds ?? 0)),
    parentId: parent.id,
    warnings: [],
    input: {
      ...inherited,
      negativePrompt: '',
      extendPrompt: false,
      premium: false,
      audio: wish.audio,
      audioUrl: wish.audioUrl,
      video: {
        url: video.url,
        coverUrl: cover?.url,
        ...(pictureEngine && { engine: pictureEngine }),
        durationSeconds: video.durationSeconds ?? parent.input.seconds,
      },
    },
  };
}
