import { z } from 'zod';
import { StillroarError } from '../../errors.ts';
import type { Task } from '../../tasks/task.ts';
import { readDataUrl } from '../data-url.ts';
import { type AccountCall, accountRoute, Redirect, type Route } from '../dialect.ts';
import { validate } from '../validate.ts';
import { type CreateFields, contentSchema, createSchema, FORM_LIMIT, pageSchema } from './schema.ts';
import { toTaskId, toTaskRequest, toVideo } from './translate.ts';

const noBody = z.unknown();
const VIDEOS = '/v1/videos';
const kinds = ['image-to-video', 'text-to-video'] as const;

const notFound = () => new StillroarError('not-found', 'There is no such video in your account.');

/** @throws StillroarError `not-found`, the same for what is unknown and what is another account's */
async function taskOf({ account, params, services }: AccountCall): Promise<Task> {
  const task = await services.tasks.findOne(account, toTaskId(params.id ?? ''));
  if (!task || task.kind === 'video-to-audio') throw notFound();
  return task;
}

/** URL of the picture: a file of the form becomes an upload. */
async function pictureOf(fields: CreateFields, { account, services }: AccountCall): Promise<string> {
  const { input_reference: given, 'input_reference[image_url]': spelled = '' } = fields;
  const url = typeof given === 'object' ? given.image_url : (given ?? spelled);
  const bytes = readDataUrl(url);
  if (!bytes) return url;
  const upload = await services.uploads.receive(account, [bytes]);
  if (upload.kind === 'picture') return upload.url;
  throw new StillroarError('invalid-field', 'input_reference must be a picture.', { field: 'image' });
}

/** The routes of OpenAI's Videos. */
export const routes: readonly Route[] = [
  accountRoute(
    'POST',
    VIDEOS,
    createSchema,
    async (call) => {
      const { account, body, origin, services } = call;
      const request = toTaskRequest(body, await pictureOf(body, call), services.tasks.models());
      return toVideo(await services.tasks.create(account, request, origin));
    },
    { bodyLimit: FORM_LIMIT },
  ),

  accountRoute('GET', VIDEOS, noBody, async ({ account, query, services }) => {
    const { limit, after } = validate(pageSchema, query);
    const last = after === undefined ? undefined : await services.tasks.findOne(account, toTaskId(after));
    if (after !== undefined && !last) throw notFound();
    const { tasks, next } = await services.tasks.search(account, { kinds }, { after: last?.number, limit });
    const data = tasks.map(toVideo);
    return {
      object: 'list',
      data,
      first_id: data[0]?.id ?? null,
      last_id: data.at(-1)?.id ?? null,
      has_more: next !== undefined,
    };
  }),

  accountRoute('GET', `${VIDEOS}/:id`, noBody, async (call) => toVideo(await taskOf(call))),

  accountRoute('GET', `${VIDEOS}/:id/content`, noBody, async (call) => {
    const { variant } = validate(contentSchema, call.query);
    const task = await taskOf(call);
    const kind = variant === 'video' ? 'video' : 'cover';
    const output = task.outputs.find((candidate) => candidate.kind === kind);
    if (output) return new Redirect(output.url);
    throw new StillroarError('not-found', `There is no ${variant} to fetch: the task is ${task.state}.`);
  }),

  accountRoute('DELETE', `${VIDEOS}/:id`, noBody, async (call) => {
    const { id } = await taskOf(call);
    const { tasks } = call.services;
    await tasks.cancel(call.account, id);
    await tasks.remove(call.account, [id]);
    return { id: `video_${id}`, object: 'video.deleted', deleted: true };
  }),
];
