import type {
  Experimental_VideoModelV4CallOptions as CallOptions,
  SharedV4Warning as CallWarning,
  Experimental_VideoModelV4File as File,
} from '@ai-sdk/provider';
import type { AnimateOptions, ImagineOptions, Source } from '../client/index.ts';

/** What `providerOptions.stillroar` takes: what the AI SDK has no words for. The server checks it. */
export type StillroarVideoOptions = Pick<
  AnimateOptions,
  | 'negativePrompt'
  | 'soundPrompt'
  | 'musicPrompt'
  | 'effect'
  | 'extendPrompt'
  | 'premium'
  | 'externalId'
  | 'plan'
> & {
  /** `ai` composes sound, `none` leaves the video mute, a URL or an upload's id is your own. Wins over `generateAudio`. */
  audio?: string;
};

/** What a call asks the server for, and what of it the server does not do. */
export interface Translation {
  /** With `image` an animation, without one words become a video. */
  options: Partial<AnimateOptions & ImagineOptions>;
  warnings: CallWarning[];
}

/** Up to so many bytes travel inside the request; the server takes texts of 30 million characters. */
const MOST_INLINE = 22_000_000;
const ratios = ['16:9', '9:16', '1:1'] as const;

const unsupported = (feature: string, details: string): CallWarning => ({
  type: 'unsupported',
  feature,
  details,
});

/**
 * A call of the AI SDK in the words of the native API. What the server cannot do is left out or done as nearly as it
 * can, with a warning; what is wrong in itself is left for the server to refuse.
 */
export function toOptions(call: CallOptions): Translation {
  const warnings: CallWarning[] = [];
  const own = (call.providerOptions.stillroar ?? {}) as StillroarVideoOptions;
  const frame = (type: 'first_frame' | 'last_frame') =>
    call.frameImages?.find(({ frameType }) => frameType === type)?.image;
  const image = call.image ?? frame('first_frame');
  const lastImage = frame('last_frame');
  if (call.inputReferences?.length) {
    warnings.push(unsupported('inputReferences', 'A video is made from one picture, or from words.'));
  }
  const options: Translation['options'] = {
    ...(call.prompt !== undefined && { prompt: call.prompt }),
    ...(image && { image: toSource(image) }),
    ...(lastImage && { lastImage: toSource(lastImage) }),
    ...toResolution(call, warnings),
    ...toAspectRatio(call, image !== undefined, warnings),
    ...toSeconds(call.duration, warnings),
    ...toRate(call.fps, warnings),
    ...(call.seed !== undefined && { seed: call.seed }),
    ...(call.generateAudio !== undefined && { audio: call.generateAudio ? 'ai' : 'none' }),
    ...own,
  };
  return { options, warnings };
}

/**
 * Bytes go inside the request, so that a repetition is the same request; what is too large for that is uploaded by the
 * client.
 */
function toSource(file: File): Source {
  if (file.type === 'url') return file.url;
  const { data, mediaType } = file;
  if (typeof data === 'string') return `data:${mediaType};base64,${data}`;
  if (data.length > MOST_INLINE) return new Blob([new Uint8Array(data)], { type: mediaType });
  return `data:${mediaType};base64,${toBase64(data)}`;
}

function toBase64(bytes: Uint8Array): string {
  let text = '';
  // A call takes only so many arguments.
  for (let at = 0; at < bytes.length; at += 8_192) {
    text += String.fromCharCode(...bytes.subarray(at, at + 8_192));
  }
  return btoa(text);
}

/** The name for the shorter side of `1280x720`; the next larger where there is none. */
function toResolution({ resolution }: CallOptions, warnings: CallWarning[]): Translation['options'] {
  if (resolution === undefined) return {};
  const [width = 0, height = 0] = resolution.split('x').map(Number);
  const side = Math.min(width, height);
  const name = side <= 720 ? '720p' : side <= 1080 ? '1080p' : '4k';
  if (![720, 1080, 2160].includes(side)) {
    const details = `Videos are 720, 1080 or 2160 pixels on their shorter side; ${resolution} is made in ${name}.`;
    warnings.push(unsupported('resolution', details));
  }
  return { resolution: name };
}

/** A picture keeps its shape; words are painted in the shape that is asked for, or that the resolution has. */
function toAspectRatio(
  { aspectRatio, resolution }: CallOptions,
  hasPicture: boolean,
  warnings: CallWarning[],
): Translation['options'] {
  if (hasPicture) {
    if (aspectRatio !== undefined && aspectRatio !== 'adaptive') {
      warnings.push(unsupported('aspectRatio', 'The video has the shape of its picture. Crop the picture.'));
    }
    return {};
  }
  const [width = 16, height = 9] = (resolution ?? '').split('x').filter(Boolean).map(Number);
  const wanted = aspectRatio ?? ratioOf(width, height);
  const ratio = ratios.find((known) => known === wanted);
  if (ratio) return { aspectRatio: ratio };
  warnings.push(unsupported('aspectRatio', `Videos from words are ${ratios.join(', ')}; not ${wanted}.`));
  return {};
}

function ratioOf(width: number, height: number): string {
  const known = ratios.find((ratio) => {
    const [across = 1, down = 1] = ratio.split(':').map(Number);
    return Math.abs((width / height) * (down / across) - 1) < 0.01;
  });
  return known ?? `${width}:${height}`;
}

function toSeconds(duration: number | undefined, warnings: CallWarning[]): Translation['options'] {
  if (duration === undefined) return {};
  const seconds = duration > 7.5 ? 10 : 5;
  if (duration !== seconds) {
    warnings.push(
      unsupported('duration', `Videos last 5 or 10 seconds; ${duration} s is made as ${seconds}.`),
    );
  }
  return { seconds };
}

function toRate(fps: number | undefined, warnings: CallWarning[]): Translation['options'] {
  if (fps === undefined) return {};
  const rate = Math.min(60, Math.max(12, Math.round(fps)));
  if (fps !== rate) {
    warnings.push(unsupported('fps', `Videos have 12 to 60 frames a second; ${fps} is made as ${rate}.`));
  }
  return { fps: rate };
}
