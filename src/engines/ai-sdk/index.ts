import { readFile, writeFile } from 'node:fs/promises';
import { ServerUnreachable } from '../../net/ask-server.ts';
import { videoSize } from '../../picture/render/size.ts';
import type { EngineInput } from '../engine.ts';
import { type MediaTools, measurePicture } from '../media-tools.ts';
import { downloadResult } from '../remote/download.ts';
import { RemoteRefusal, type RemoteService, type RemoteStanding } from '../remote/index.ts';
import type { OfferedModel } from './load-models.ts';
import type { CallPicture, Json, ModelWarning, VideoCall, VideoData } from './video-model.ts';

/** What a job's id says: which model has it, and either what the model gave for it or that it is a call of ours. */
type JobId = { model: string } & ({ operation: Json; warnings: ModelWarning[] } | { call: string });

/** A call that answers when the video is there. It ends with this process. */
interface Call {
  controller: AbortController;
  standing: RemoteStanding;
}

async function readPicture(path: string): Promise<CallPicture> {
  const data = new Uint8Array(await readFile(path));
  const beginning = Buffer.from(data.subarray(0, 12)).toString('latin1');
  const types: [RegExp, string][] = [
    [/^\x89PNG/, 'image/png'],
    [/^RIFF....WEBP/s, 'image/webp'],
    [/^GIF8/, 'image/gif'],
  ];
  const mediaType = types.find(([magic]) => magic.test(beginning))?.[1] ?? 'image/jpeg';
  return { type: 'file', mediaType, data };
}

function tell({ feature, details, message, type }: ModelWarning): string {
  const said = message ?? (feature ? `${type}: ${feature}${details ? `. ${details}` : ''}` : type);
  return `The model says: ${said}`;
}

/** What of the SDK's errors counts: no status of an answer means that there was none. */
function explain(error: unknown, provider: string): unknown {
  const { statusCode, isRetryable, message } = error as {
    statusCode?: number;
    isRetryable?: boolean;
    message?: string;
  };
  if (isRetryable && statusCode === undefined) return new ServerUnreachable(provider, error);
  return new RemoteRefusal(statusCode ?? 0, `${provider}: ${message ?? error}`);
}

/**
 * Video models of the AI SDK as a service. A model that begins jobs finds them again after a restart; the call of one that
 * does not is lost with the process, and is made anew.
 */
export function createAiSdkService(
  offers: readonly OfferedModel[],
  media: Pick<MediaTools, 'measure'>,
): RemoteService {
  const calls = new Map<string, Call>();
  const offerOf = (name: string) => {
    const offer = offers.find((one) => one.name === name);
    if (offer) return offer;
    throw new RemoteRefusal(404, `The model ${name} is configured no more.`);
  };

  async function writeCall(offer: OfferedModel, input: EngineInput): Promise<VideoCall> {
    const { imagePath, lastImagePath, motion } = input;
    const image = imagePath === undefined ? undefined : await readPicture(imagePath);
    const last = lastImagePath === undefined ? undefined : await readPicture(lastImagePath);
    const { width, height } = videoSize(await measurePicture(input, media), input.resolution).size;
    return {
      prompt: input.prompt || undefined,
      n: 1,
      aspectRatio: image ? undefined : (motion?.aspectRatio ?? '16:9'),
      resolution: `${width}x${height}`,
      duration: input.seconds,
      // Its own rate is the one that it was trained on.
      fps: undefined,
      seed: input.seed,
      image,
      frameImages:
        image && last
          ? [
              { image, frameType: 'first_frame' },
              { image: last, frameType: 'last_frame' },
            ]
          : undefined,
      inputReferences: undefined,
      generateAudio: offer.sound ? input.audio === 'ai' : undefined,
      providerOptions: offer.providerOptions,
    };
  }

  function standingOf(videos: readonly VideoData[], warnings: readonly ModelWarning[]): RemoteStanding {
    const [video] = videos;
    if (!video || video.type === 'uploaded') return { state: 'failed', reason: 'It handed no video over.' };
    return {
      state: 'completed',
      warnings: warnings.map(tell),
      async download(path, signal) {
        if (video.type === 'url') return downloadResult(video.url, path, signal);
        await writeFile(path, video.type === 'base64' ? Buffer.from(video.data, 'base64') : video.data);
      },
    };
  }

  /** Makes a call that answers when the video is there; its end stands in the list of calls. */
  function begin(id: string, { model }: OfferedModel, call: VideoCall): void {
    const controller = new AbortController();
    const entry: Call = { controller, standing: { state: 'running', progress: 0 } };
    calls.set(id, entry);
    const made = Promise.resolve(model.doGenerate!({ ...call, abortSignal: controller.signal }));
    made.then(
      ({ videos, warnings }) => {
        entry.standing = standingOf(videos, warnings);
      },
      (error) => {
        entry.standing = {
          state: 'failed',
          reason: String((explain(error, model.provider) as Error).message),
        };
      },
    );
  }

  return {
    name: 'ai-sdk',
    slots: 2,

    models: async () =>
      offers.map(({ name, title, licence, kinds, resolutions, seconds, lastFrame, prices, model }) => ({
        name,
        title: title ?? `${model.provider} ${model.modelId}`,
        licence: licence ?? `The terms of ${model.provider}: what it is sent goes to its servers.`,
        kinds,
        resolutions,
        seconds,
        lastFrame,
        quality: 'fine',
        prices,
      })),

    ignored: ({ negativePrompt, extendPrompt, motion }) => [
      ...(negativePrompt ? ['the negative prompt'] : []),
      ...(extendPrompt ? ['the wish to extend the prompt'] : []),
      ...(motion?.camera?.length ? ['the camera (say it in the prompt instead)'] : []),
    ],

    async create(input, signal) {
      const offer = offerOf(input.model);
      const { model } = offer;
      const call = await writeCall(offer, input);
      if (!model.doStart || !model.doStatus) {
        const own = JSON.stringify({ model: offer.name, call: `${input.taskId} ${input.attempt}` });
        begin(own, offer, call);
        return own;
      }
      try {
        const { operation, warnings } = await model.doStart({ ...call, abortSignal: signal });
        return JSON.stringify({ model: offer.name, operation, warnings });
      } catch (error) {
        signal.throwIfAborted();
        throw explain(error, model.provider);
      }
    },

    async look(id, signal) {
      const job = JSON.parse(id) as JobId;
      if ('call' in job) return calls.get(id)?.standing ?? { state: 'unknown' };
      const { operation, warnings } = job;
      const { model } = offerOf(job.model);
      try {
        const status = await model.doStatus!({ operation, abortSignal: signal });
        if (status.status === 'pending') return { state: 'running', progress: 0 };
        if (status.status === 'error') return { state: 'failed', reason: status.error };
        return standingOf(status.videos, [...warnings, ...status.warnings]);
      } catch (error) {
        signal.throwIfAborted();
        throw explain(error, model.provider);
      }
    },

    async cancel(id) {
      calls.get(id)?.controller.abort(new Error('cancelled'));
      calls.delete(id);
    },
  };
}
