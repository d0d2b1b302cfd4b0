import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { askServer, downloadFromServer, encodeForm, type FormFile } from '../../net/ask-server.ts';
import { frameShape } from '../comfyui/frame-shape.ts';
import type { Engine, EngineInput, EngineModel, TaskKind } from '../engine.ts';
import { type MediaTools, measurePicture } from '../media-tools.ts';
import { askJson } from '../remote/ask-json.ts';
import { createRemoteEngine, RemoteRefusal, type RemoteService, remoteTimes } from '../remote/index.ts';
import { type Flavour, type FlavourName, flavours } from './flavours.ts';

/** What the engine is made of. */
export interface OpenAiVideosParts {
  /** Its base address, `/v1` included. */
  url: string;
  key: string | undefined;
  flavour: FlavourName;
  media: Pick<MediaTools, 'measure'>;
  times?: typeof remoteTimes;
}

/** Video models work in latents: sides of 16 pixels and 4n + 1 frames. */
const shape = { tiers: [921_600], sizeMultiple: 16, frames: '4n+1', framesPerSecond: 16 } as const;
const MOST_RESULT = 2_000_000_000;
const PATIENCE = 10 * 60_000;

const list = z.object({ data: z.array(z.object({ id: z.string() })) });
const video = z.object({
  id: z.string(),
  status: z.string(),
  progress: z.number().nullish(),
  error: z.object({ message: z.string() }).nullish(),
});

/** What a model does, read from its name. */
function kindsOf(id: string): TaskKind[] {
  if (/ti2v/i.test(id)) return ['image-to-video', 'text-to-video'];
  if (/i2v|image-?to-?video/i.test(id)) return ['image-to-video'];
  if (/t2v|text-?to-?video/i.test(id)) return ['text-to-video'];
  return ['image-to-video', 'text-to-video'];
}

/** The last part of a model's path, as our names are written. */
function nameOf(id: string): string {
  return id
    .split('/')
    .at(-1)!
    .toLowerCase()
    .replace(/[^a-z0-9._-]+/g, '-');
}

/** An engine over a server that speaks OpenAI's Videos. */
export function createOpenAiVideosEngine({
  url,
  key,
  flavour,
  media,
  times = remoteTimes,
}: OpenAiVideosParts): Engine {
  const { seconds, frames, isVideoModel }: Flavour = flavours[flavour];
  const headers: Record<string, string> = key ? { authorization: `Bearer ${key}` } : {};
  const ids = new Map<string, string>();

  async function fieldsOf(input: EngineInput): Promise<Record<string, string>> {
    const picture = await measurePicture(input, media);
    if (!frames) {
      const size = picture.width >= picture.height ? '1280x720' : '720x1280';
      return { size, seconds: String(input.seconds) };
    }
    const { width, height, frames: count } = frameShape(shape, 0, picture, input.resolution, input.seconds);
    return {
      width: String(width),
      height: String(height),
      size: `${width}x${height}`,
      num_frames: String(count),
      fps: String(shape.framesPerSecond),
      seed: String(input.seed),
      ...(input.negativePrompt && { negative_prompt: input.negativePrompt }),
    };
  }

  const service: RemoteService = {
    name: 'openai-videos',
    slots: 1,

    async models(signal): Promise<EngineModel[]> {
      const found = await askJson(`${url}/models`, list, { headers, signal });
      const models = (found?.data ?? []).filter(({ id }) => isVideoModel(id));
      return models.map(({ id }) => {
        ids.set(nameOf(id), id);
        return {
          name: nameOf(id),
          title: id,
          kinds: kindsOf(id),
          resolutions: ['720p'],
          seconds,
          lastFrame: false,
          quality: 'fine',
        };
      });
    },

    ignored: ({ negativePrompt, extendPrompt, motion }) => [
      ...(negativePrompt && !frames ? ['the negative prompt'] : []),
      ...(extendPrompt ? ['the wish to extend the prompt'] : []),
      ...(motion?.camera?.length ? ['the camera (say it in the prompt instead)'] : []),
    ],

    async create(input, signal) {
      const fields: Record<string, string | FormFile> = {
        model: ids.get(input.model) ?? input.model,
        prompt: input.prompt,
        ...(await fieldsOf(input)),
      };
      if (input.imagePath !== undefined) {
        const bytes = new Uint8Array(await readFile(input.imagePath));
        const isPng = bytes[0] === 0x89;
        const contentType = isPng ? 'image/png' : 'image/jpeg';
        fields.input_reference = { bytes, name: isPng ? 'picture.png' : 'picture.jpg', contentType };
      }
      const form = await encodeForm(fields);
      const made = await askJson(`${url}/videos`, video, {
        method: 'POST',
        body: form.body,
        headers: { ...headers, ...form.headers },
        milliseconds: PATIENCE,
        signal,
      });
      if (made) return made.id;
      throw new RemoteRefusal(404, `${url}/videos is not there.`);
    },

    async look(id, signal) {
      const address = `${url}/videos/${encodeURIComponent(id)}`;
      const found = await askJson(address, video, { headers, signal });
      if (!found) return { state: 'unknown' };
      if (found.status === 'failed' || found.status === 'cancelled') {
        return { state: 'failed', reason: found.error?.message ?? found.status };
      }
      if (found.status !== 'completed') return { state: 'running', progress: found.progress ?? 0 };
      return {
        state: 'completed',
        async download(path, signal) {
          const request = { headers, signal, mostBytes: MOST_RESULT, milliseconds: PATIENCE };
          const status = await downloadFromServer(`${address}/content`, path, request);
          if (status !== 200)
            throw new RemoteRefusal(status, `${address}/content answers with status ${status}.`);
        },
      };
    },

    async cancel(id) {
      await askServer(`${url}/videos/${encodeURIComponent(id)}`, { method: 'DELETE', headers });
    },
  };
  return createRemoteEngine(service, times);
}
