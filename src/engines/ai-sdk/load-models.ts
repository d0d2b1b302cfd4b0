import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { z } from 'zod';
import { StillroarError } from '../../errors.ts';
import type { VideoModel } from './video-model.ts';

const isVideoModel = (value: unknown): value is VideoModel => {
  const { specificationVersion, doGenerate, doStart, doStatus } = (value ?? {}) as Partial<VideoModel>;
  const answers = [doGenerate, doStart && doStatus].some((method) => typeof method === 'function');
  return (specificationVersion === 'v3' || specificationVersion === 'v4') && answers;
};

const resolution = z.enum(['720p', '1080p', '4k']);
const offerSchema = z
  .object({
    /** What requests and lists call it. */
    name: z.string().regex(/^[a-z0-9][a-z0-9._-]*$/),
    model: z.custom<VideoModel>(isVideoModel, 'is no video model of the AI SDK, version 3 or 4'),
    title: z.string().min(1).optional(),
    /** What its terms allow, for people. */
    licence: z.string().min(1).optional(),
    kinds: z.array(z.enum(['image-to-video', 'text-to-video'])).min(1),
    resolutions: z.array(resolution).min(1).default(['720p']),
    seconds: z.array(z.number().positive()).min(1).default([5]),
    /** Whether it can end on a given picture. */
    lastFrame: z.boolean().default(false),
    /** Whether it makes sound when it is asked to. */
    sound: z.boolean().default(false),
    /** Credits for five seconds; what is left out costs as it does everywhere. */
    prices: z.partialRecord(resolution, z.number().int().nonnegative()).default({}),
    /** Passed on to the provider. */
    providerOptions: z.record(z.string(), z.record(z.string(), z.json())).default({}),
  })
  .strict();
const moduleSchema = z.object({ models: z.array(offerSchema).min(1) });

/** A video model of the AI SDK and how it is offered here. */
export type OfferedModel = z.output<typeof offerSchema>;

/**
 * Loads the operator's video models: a module that exports `models`.
 * @throws StillroarError `configuration` when it cannot be loaded or a model is not described as it must be
 */
export async function loadVideoModels(path: string): Promise<OfferedModel[]> {
  const wrong = (what: string, cause?: unknown) =>
    new StillroarError('configuration', `The video models of ${path} ${what}.`, { cause });
  const module: unknown = await import(pathToFileURL(resolve(path)).href).catch((cause) => {
    throw wrong(`cannot be loaded: ${cause instanceof Error ? cause.message : cause}`, cause);
  });
  const read = moduleSchema.safeParse({ ...(module as object) });
  if (read.success) return read.data.models;
  const problems = read.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
  throw wrong(`are not as they must be: ${problems.join('; ')}`);
}
