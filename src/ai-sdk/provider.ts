import type { Experimental_VideoModelV4 as VideoModel } from '@ai-sdk/provider';
import { createClient } from '../client/index.ts';
import { createVideoModel } from './video-model.ts';

/** What {@link createStillroar} is given. */
export interface StillroarSettings {
  /** Where the server is. Default `http://127.0.0.1:8080`. */
  baseURL?: string;
  /** Default: the environment's `STILLROAR_API_KEY`. */
  apiKey?: string;
  /** Default: the platform's. */
  fetch?: typeof globalThis.fetch;
}

/** The models of a server. */
export interface StillroarProvider {
  /** A model by its name; without one the server chooses, by what it is given. */
  video(modelId?: string): VideoModel;
  /** The same, as registries of the AI SDK call it. */
  videoModel(modelId: string): VideoModel;
}

/** The server's own choice of a model. */
const OWN_CHOICE = 'default';

/** A server as a provider of the AI SDK. */
export function createStillroar(settings: StillroarSettings = {}): StillroarProvider {
  const { baseURL = 'http://127.0.0.1:8080', fetch } = settings;
  const apiKey = settings.apiKey ?? globalThis.process?.env.STILLROAR_API_KEY;
  const client = createClient({
    baseUrl: baseURL,
    ...(apiKey !== undefined && { apiKey }),
    ...(fetch && { fetch }),
  });
  const video = (modelId = OWN_CHOICE) =>
    createVideoModel(client, { modelId, baseURL, ...(modelId !== OWN_CHOICE && { name: modelId }) });
  return { video, videoModel: video };
}
