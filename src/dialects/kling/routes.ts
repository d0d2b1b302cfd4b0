import { z } from 'zod';
import type { TaskKind } from '../../engines/engine.ts';
import { StillroarError } from '../../errors.ts';
import type { Task, TaskRequest } from '../../tasks/task.ts';
import { type AccountCall, accountRoute, type DialectServices, type Route } from '../dialect.ts';
import { validate } from '../validate.ts';
import { costsSchema, pageSchema } from './fields.ts';
import { soundSchema } from './sound-schema.ts';
import { envelope, toCreateReply, toTaskReply } from './to-reply.ts';
import { toForeignSoundRequest, toOwnSoundRequest } from './to-sound-request.ts';
import { toImageToVideoRequest, toTextToVideoRequest } from './to-video-request.ts';
import { imageToVideoSchema, textToVideoSchema, VIDEO_BODY_LIMIT } from './video-schema.ts';

const noBody = z.unknown();

/** The account's only resource pack: its credits. */
const PACK_NAME = 'Credits';
/** Credits do not expire: the last millisecond of the year 9999. */
const NEVER = 253_402_300_799_999;

/** The two queries that every kind of task has. */
function queryRoutes(path: string, kind: TaskKind): Route[] {
  return [
    accountRoute('GET', `${path}/:id`, noBody, async ({ account, params, requestId, services }) => {
      const id = params.id ?? '';
      const found: (Task | undefined)[] = [
        await services.tasks.findOne(account, id),
        await services.tasks.findByExternalId(account, id),
      ];
      const task = found.find((candidate) => candidate?.kind === kind);
      if (!task) throw new StillroarError('not-found', 'There is no such task in your account.');
      return envelope(requestId, toTaskReply(task));
    }),
    accountRoute('GET', path, noBody, async ({ account, query, requestId, services }) => {
      const { pageNum, pageSize } = validate(pageSchema, query);
      const page = { offset: (pageNum - 1) * pageSize, limit: pageSize };
      const tasks = await services.tasks.list(account, kind, page);
      return envelope(requestId, tasks.map(toTaskReply));
    }),
  ];
}

/** Creates the task and answers as Kling does. */
async function create(
  { account, origin, requestId, services }: AccountCall,
  request: TaskRequest,
): Promise<unknown> {
  return envelope(requestId, toCreateReply(await services.tasks.create(account, request, origin)));
}

/** The task request of video-to-audio, about a video of the caller's or one at a URL. */
async function readSoundRequest(
  { account, body }: AccountCall<z.output<typeof soundSchema>>,
  { tasks, videoLimits }: DialectServices,
): Promise<TaskRequest> {
  if (!body.video_id) return toForeignSoundRequest(body, tasks.models(), videoLimits);
  const parent = await tasks.findOne(account, body.video_id);
  if (parent?.state !== 'completed') {
    const sentence = parent
      ? `The video’s task is ${parent.state}, not completed.`
      : 'There is no such video.';
    throw new StillroarError('invalid-field', sentence, { field: 'video_id' });
  }
  return toOwnSoundRequest(body, parent);
}

/** Both paths that Kling has published for video-to-audio. */
const soundRoutes = ['/v1/videos/video-to-audio', '/v1/audio/video-to-audio'].flatMap((path) => [
  accountRoute('POST', path, soundSchema, async (call) =>
    create(call, await readSoundRequest(call, call.services)),
  ),
  ...queryRoutes(path, 'video-to-audio'),
]);

const IMAGE_TO_VIDEO = '/v1/videos/image2video';
const TEXT_TO_VIDEO = '/v1/videos/text2video';

/** Kling's routes, one entry each. */
export const routes: readonly Route[] = [
  ...soundRoutes,

  accountRoute(
    'POST',
    IMAGE_TO_VIDEO,
    imageToVideoSchema,
    (call) => create(call, toImageToVideoRequest(call.body, call.services.tasks.models())),
    { bodyLimit: VIDEO_BODY_LIMIT },
  ),
  ...queryRoutes(IMAGE_TO_VIDEO, 'image-to-video'),

  accountRoute('POST', TEXT_TO_VIDEO, textToVideoSchema, (call) =>
    create(call, toTextToVideoRequest(call.body, call.services.tasks.models())),
  ),
  ...queryRoutes(TEXT_TO_VIDEO, 'text-to-video'),

  accountRoute('GET', '/account/costs', noBody, async ({ account, query, requestId, services }) => {
    const { resource_pack_name } = validate(costsSchema, query);
    const granted = await services.accounts.grants(account.uid);
    const remaining = await services.accounts.credits(account.uid);
    const since = granted.since?.getTime() ?? 0;
    const pack = {
      resource_pack_name: PACK_NAME,
      resource_pack_id: account.teamId,
      resource_pack_type: 'decreasing_total',
      total_quantity: granted.credits,
      remaining_quantity: remaining,
      purchase_time: since,
      effective_time: since,
      invalid_time: NEVER,
      status: remaining > 0 ? 'online' : 'runOut',
    };
    const isWanted = resource_pack_name === '' || resource_pack_name === PACK_NAME;
    return envelope(requestId, {
      code: 0,
      msg: 'SUCCEED',
      resource_pack_subscribe_infos: isWanted ? [pack] : [],
    });
  }),
];
