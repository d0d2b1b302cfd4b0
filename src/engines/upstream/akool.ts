import { z } from 'zod';
import type { EngineModel } from '../engine.ts';
import { askJson, jsonBody } from '../remote/ask-json.ts';
import { downloadResult } from '../remote/download.ts';
import { RemoteRefusal, type RemoteService } from '../remote/index.ts';

/** What the service is made of. */
export interface AkoolParts {
  /** Akool's address, or that of another server that speaks as it does. */
  url: string;
  key: string;
}

/** Akool answers failures with 200: the code tells. */
const GOOD = 1000;

const answer = z.object({ code: z.number(), msg: z.string().default(''), data: z.unknown() });
const made = z.object({ _id: z.string() });
const results = z.object({
  result: z.array(
    z.object({
      status: z.number(),
      video_url: z.string().default(''),
      error_msg: z.string().optional(),
      progress: z.number().optional(),
    }),
  ),
});

const DONE = 3;
const FAILED = 4;

/** Akool's cloud as a service. It fetches pictures by their URLs; its jobs cannot be cancelled. */
export function createAkoolService({ url, key }: AkoolParts): RemoteService {
  async function post<Schema extends z.ZodType>(
    route: string,
    body: object,
    schema: Schema,
    signal: AbortSignal,
  ): Promise<z.output<Schema>> {
    const address = `${url}/api/open/v4/image2Video/${route}`;
    const { headers, ...request } = jsonBody(body);
    const reply = await askJson(address, answer, {
      ...request,
      headers: { ...headers, 'x-api-key': key },
      signal,
    });
    if (!reply) throw new RemoteRefusal(404, `${address} is not there.`);
    if (reply.code !== GOOD) throw new RemoteRefusal(200, `${address} answers ${reply.code}: ${reply.msg}`);
    const read = schema.safeParse(reply.data);
    if (read.success) return read.data;
    throw new RemoteRefusal(200, `${address} answers in another shape than expected.`);
  }

  return {
    name: 'akool',
    slots: 2,

    async models(): Promise<EngineModel[]> {
      return [
        {
          name: 'akool-image2video',
          title: 'Akool Image to Video',
          licence: 'Akool’s terms: it fetches the picture, and it charges for the video.',
          kinds: ['image-to-video'],
          resolutions: ['720p', '1080p', '4k'],
          seconds: [5, 10],
          lastFrame: false,
          quality: 'fine',
        },
      ];
    },

    ignored: ({ motion }) => (motion?.camera?.length ? ['the camera (say it in the prompt instead)'] : []),

    async create({ imageUrl, ...input }, signal) {
      if (imageUrl === undefined)
        throw new RemoteRefusal(0, 'The picture has no URL that Akool could fetch.');
      const body = {
        image_url: imageUrl,
        prompt: input.prompt,
        negative_prompt: input.negativePrompt,
        extend_prompt: input.extendPrompt,
        resolution: input.resolution,
        // Its own sound, or none: the caller's is put in here.
        audio_type: input.audio === 'ai' ? 1 : 3,
        video_length: input.seconds,
      };
      return (await post('createBySourcePrompt', body, made, signal))._id;
    },

    async look(id, signal) {
      const { result } = await post('resultsByIds', { _ids: id }, results, signal);
      const [found] = result;
      if (!found) return { state: 'unknown' };
      if (found.status === FAILED) return { state: 'failed', reason: found.error_msg ?? '' };
      if (found.status !== DONE || found.video_url === '') {
        return { state: 'running', progress: found.progress ?? 0 };
      }
      return {
        state: 'completed',
        download: (path, signal) => downloadResult(found.video_url, path, signal),
      };
    },

    async cancel() {},
  };
}
