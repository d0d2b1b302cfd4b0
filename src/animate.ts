import { makeClip } from './engines/builtin/clip.ts';
import type { Resolution } from './engines/engine.ts';
import { type LocalOptions, type LocalResult, runLocally } from './run-locally.ts';

/** What {@link animate} is given. */
export interface AnimateOptions extends LocalOptions {
  /** Path of the picture, or its bytes. */
  image: string | Uint8Array;
  /** Path of the picture that the video ends on. */
  lastImage?: string;
  /** What happens in the picture, how the camera moves, what is heard. Default: a gentle move into the picture. */
  prompt?: string;
  /** Code of an effect that happens to the subject; the prompt is then ignored. `stillroar effects` lists them. */
  effect?: string;
  /** What must not happen. */
  negativePrompt?: string;
  /** Short side of the video. Default `720p`. */
  resolution?: Resolution;
  /** Length in seconds. Default 5. */
  seconds?: number;
  /** Default 24. */
  framesPerSecond?: number;
  /** `ai` (default) composes sound, `none` leaves the video mute, anything else is the path of an audio file. */
  audio?: string;
  /** The same seed gives the same video. Default 1. */
  seed?: number;
  /** Path of an ONNX model that tells depth. Default: depth is estimated without one. */
  depthModel?: string;
}

/** What {@link animate} made. */
export type AnimateResult = LocalResult;

/** What an option about sound means to the engine. */
export function readAudio(audio = 'ai') {
  return audio === 'ai' || audio === 'none'
    ? ({ audio } as const)
    : ({ audio: 'file', audioPath: audio } as const);
}

/**
 * Makes a video from a picture with the built-in engine, in this process and without a server.
 *
 * @throws StillroarError when the picture or the sound cannot be used
 */
export async function animate(options: AnimateOptions): Promise<AnimateResult> {
  const { image, lastImage, audio, depthModel, out, onProgress, signal, ...rest } = options;
  return runLocally(
    (input, report, signal) => makeClip(input, report, signal, depthModel),
    {
      kind: 'image-to-video',
      ...rest,
      ...(typeof image === 'string' ? { imagePath: image } : { imageBytes: image }),
      ...(lastImage !== undefined && { lastImagePath: lastImage }),
      ...readAudio(audio),
    },
    { out, ...(onProgress && { onProgress }), ...(signal && { signal }) },
  );
}
