import { join } from 'node:path';
import { StillroarError } from '../../errors.ts';
import type { EngineInput } from '../engine.ts';
import { type MediaTools, measurePicture } from '../media-tools.ts';
import { bindGraph } from './bind-graph.ts';
import { frameShape } from './frame-shape.ts';
import type { Graph, Workflow } from './manifest.ts';
import type { ComfyTransport } from './transport.ts';

/** Short side of a video that a sound model looks at, in pixels: more than any of them sees. */
const WATCHED_SIDE = 512;
const MOST_SEED = 2 ** 31;

/** One submission of a task: which piece of its video, and how. */
export interface Submission {
  input: EngineInput;
  workflow: Workflow;
  /** Which of so many pieces of the video, from 0. */
  piece: number;
  pieces: number;
  /** How often the piece was submitted before. */
  trial: number;
  /** Which of the manifest's sizes is tried. */
  tier: number;
  /** Path of the picture that the piece begins with; undefined where none is given. */
  imagePath: string | undefined;
}

/**
 * Uploads what a task's graph needs and puts its values in their places.
 * @throws StillroarError `too-large` for a video that is too long or too short
 */
export async function prepareGraph(
  { input, workflow, piece, pieces, trial, tier, imagePath }: Submission,
  transport: Pick<ComfyTransport, 'upload'>,
  media: MediaTools,
  signal: AbortSignal,
): Promise<Graph> {
  const { manifest } = workflow;
  const send = (path: string | undefined, part: string) =>
    path === undefined ? undefined : transport.upload(path, `${input.taskId}-${part}`, signal);
  const image = await send(imagePath, piece === 0 ? 'image.png' : `image-${piece}.png`);
  const lastImage = await send(input.lastImagePath, 'last-image.png');
  const watched = await watch(input, manifest.framesPerSecond, media);
  const video = await send(watched?.path, 'video.mp4');
  const seconds = watched?.seconds ?? input.seconds / pieces;
  // Every piece has the size that follows from the caller's picture.
  const picture = watched ?? (await measurePicture(input, media));
  const shape = frameShape(manifest, tier, picture, input.resolution, seconds);
  return bindGraph(workflow, {
    prompt: wordsFor(input),
    ...(input.negativePrompt && { negativePrompt: input.negativePrompt }),
    ...(image && { image }),
    ...(lastImage && { lastImage }),
    ...(video && { video }),
    // The same noise would draw the same movement once more.
    seed: (input.seed + piece) % MOST_SEED,
    ...shape,
    framesPerSecond: manifest.framesPerSecond,
    seconds,
    // An identical graph would be answered from the cache, with the name of a file that may be gone.
    prefix: `stillroar/${input.taskId}-${piece}-${trial}`,
  });
}

/** The video for a model that makes sound, at the rate at which it looks: models do not resample. */
async function watch(input: EngineInput, framesPerSecond: number, media: MediaTools) {
  if (input.videoPath === undefined) return undefined;
  const { durationSeconds = 0, width = 1, height = 1 } = await media.measure(input.videoPath, 'video');
  const { least, most } = input.videoSeconds ?? { least: 0, most: Infinity };
  if (durationSeconds < least - 0.001 || durationSeconds > most + 0.001) {
    const length = durationSeconds.toFixed(2);
    const sentence = `The video lasts ${length} seconds; it must last from ${least} to ${most}.`;
    throw new StillroarError('too-large', sentence);
  }
  const path = join(input.workDirectory, 'watched.mp4');
  const shortSide = Math.min(WATCHED_SIDE, width, height);
  await media.resample(input.videoPath, path, { framesPerSecond, shortSide });
  return { path, seconds: durationSeconds, width, height };
}

/** The words that a model gets: for sound alone those that are meant for it. */
function wordsFor({ kind, prompt, soundPrompt, musicPrompt }: EngineInput): string {
  if (kind !== 'video-to-audio') return prompt;
  return [soundPrompt || prompt, musicPrompt].filter((words) => words !== '').join('. ');
}
