// The part of the AI SDK's video models that is used here, in versions 3 and 4 of their interface (`VideoModelV3` and
// `VideoModelV4` of @ai-sdk/provider). The models are objects of the operator's: nothing of the SDK is loaded.

/** What JSON can say. */
export type Json = null | string | number | boolean | Json[] | { [key: string]: Json };

/** A picture that goes along with a call. */
export interface CallPicture {
  type: 'file';
  /** Such as `image/jpeg`. */
  mediaType: string;
  data: Uint8Array;
}

/** What a model is asked for; undefined leaves the choice to it. */
export interface VideoCall {
  prompt: string | undefined;
  /** How many videos. */
  n: number;
  aspectRatio: `${number}:${number}` | undefined;
  /** In pixels. */
  resolution: `${number}x${number}` | undefined;
  /** In seconds. */
  duration: number | undefined;
  fps: number | undefined;
  seed: number | undefined;
  image: CallPicture | undefined;
  frameImages: { image: CallPicture; frameType: 'first_frame' | 'last_frame' }[] | undefined;
  inputReferences: undefined;
  generateAudio: boolean | undefined;
  /** For providers, by their names; passed on unread. */
  providerOptions: Record<string, Record<string, Json>>;
  abortSignal?: AbortSignal;
}

/** A video as a model hands it over. `uploaded` ones went to a place that only their owner knows. */
export type VideoData =
  | { type: 'url'; url: string }
  | { type: 'base64'; data: string }
  | { type: 'binary'; data: Uint8Array }
  | { type: 'uploaded' };

/** What a model did otherwise than it was asked: a feature it lacks, or a sentence. */
export interface ModelWarning {
  type: string;
  feature?: string;
  details?: string;
  message?: string;
}

interface Made {
  videos: VideoData[];
  warnings: ModelWarning[];
}

/** A video model: either it begins a job that is asked after, or it answers once the video is there. */
export interface VideoModel {
  readonly specificationVersion: string;
  readonly provider: string;
  readonly modelId: string;
  doGenerate?(call: VideoCall): PromiseLike<Made>;
  doStart?(call: VideoCall): PromiseLike<{
    /** JSON of the model's own, handed back to it unread. */
    operation: unknown;
    warnings: ModelWarning[];
  }>;
  doStatus?(question: {
    operation: Json;
    abortSignal?: AbortSignal;
  }): PromiseLike<
    { status: 'pending' } | ({ status: 'completed' } & Made) | { status: 'error'; error: string }
  >;
}
