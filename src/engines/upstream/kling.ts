import { createHmac } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import type { EngineInput, EngineModel, TaskKind } from '../engine.ts';
import { askJson, jsonBody } from '../remote/ask-json.ts';
import { downloadResult } from '../remote/download.ts';
import { RemoteRefusal, type RemoteService } from '../remote/index.ts';

/** What the service is made of. */
export interface KlingParts {
  /** Kling's address, or that of another server that speaks as it does. */
  url: string;
  accessKey: string;
  secretKey: string;
}

const both = ['image-to-video', 'text-to-video'] as const;

/** Kling's models under its own names, and what each makes videos from. */
const modelKinds: Record<string, readonly TaskKind[]> = {
  'kling-v1-6': both,
  'kling-v2-1': ['image-to-video'],
  'kling-v2-5-turbo': both,
  'kling-v2-6': both,
};

/** A token is valid for so many seconds. */
const TOKEN_AGE = 1_800;

const task = z.object({
  data: z.object({
    task_id: z.string(),
    task_status: z.string(),
    task_status_msg: z.string().optional(),
    task_result: z.object({ videos: z.array(z.object({ url: z.string() })).optional() }).optional(),
  }),
});

const modes: Partial<Record<EngineInput['resolution'], string>> = { '720p': 'std', '1080p': 'pro' };

/** A token as Kling asks for it: issued by the access key, signed by the secret key (RFC 7519, HS256). */
function createToken({ accessKey, secretKey }: KlingParts, now: number): string {
  const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const claims = { iss: accessKey, exp: now + TOKEN_AGE, nbf: now - 5 };
  const text = `${encode({ alg: 'HS256', typ: 'JWT' })}.${encode(claims)}`;
  return `${text}.${createHmac('sha256', secretKey).update(text).digest('base64url')}`;
}

/** Kling's cloud as a service. Its jobs cannot be cancelled. */
export function createKlingService(parts: KlingParts): RemoteService {
  const { url } = parts;
  const headers = () => ({ authorization: `Bearer ${createToken(parts, Math.floor(Date.now() / 1000))}` });
  const routeOf = ({ kind }: EngineInput) => (kind === 'image-to-video' ? 'image2video' : 'text2video');
  const ask = (path: string, signal: AbortSignal) =>
    askJson(`${url}/v1/videos/${path}`, task, { headers: headers(), signal });

  async function bodyOf(input: EngineInput): Promise<Record<string, unknown>> {
    const { imagePath, lastImagePath, motion } = input;
    const picture = async (path: string) => (await readFile(path)).toString('base64');
    return {
      model_name: input.model,
      prompt: input.prompt,
      negative_prompt: input.negativePrompt,
      cfg_scale: Math.min(1, (motion?.strength ?? 1) / 2),
      mode: modes[input.resolution] ?? 'pro',
      duration: String(input.seconds),
      external_task_id: input.taskId,
      ...(imagePath !== undefined && { image: await picture(imagePath) }),
      ...(lastImagePath !== undefined && { image_tail: await picture(lastImagePath) }),
      ...(imagePath === undefined && { aspect_ratio: motion?.aspectRatio ?? '16:9' }),
    };
  }

  return {
    name: 'kling',
    slots: 2,

    async models(): Promise<EngineModel[]> {
      return Object.entries(modelKinds).map(([name, kinds]) => ({
        name,
        title: `Kling ${name.slice(6)}`,
        licence: 'Kling’s terms: the pictures go to its cloud, and it charges for them.',
        kinds,
        resolutions: ['720p', '1080p'],
        seconds: [5, 10],
        lastFrame: true,
        quality: 'fine',
      }));
    },

    ignored: ({ extendPrompt, motion }) => [
      ...(extendPrompt ? ['the wish to extend the prompt'] : []),
      ...(motion?.camera?.length ? ['the camera (say it in the prompt instead)'] : []),
    ],

    async find(input, signal) {
      const route = routeOf(input);
      const found = await ask(`${route}/${input.taskId}`, signal);
      return found && `${route}/${found.data.task_id}`;
    },

    async create(input, signal) {
      const route = routeOf(input);
      const { headers: type, ...body } = jsonBody(await bodyOf(input));
      const request = { ...body, headers: { ...type, ...headers() }, signal };
      const made = await askJson(`${url}/v1/videos/${route}`, task, request);
      if (made) return `${route}/${made.data.task_id}`;
      throw new RemoteRefusal(404, `${url} has no ${route}, or not the model ${input.model}.`);
    },

    async look(id, signal) {
      const found = await ask(id, signal);
      if (!found) return { state: 'unknown' };
      const { task_status, task_status_msg = '', task_result } = found.data;
      if (task_status === 'failed') return { state: 'failed', reason: task_status_msg };
      const address = task_result?.videos?.[0]?.url;
      if (task_status !== 'succeed' || address === undefined) return { state: 'running', progress: 0 };
      return { state: 'completed', download: (path, signal) => downloadResult(address, path, signal) };
    },

    async cancel() {},
  };
}
