import { z } from 'zod';
import type { DialectReference, RouteReference } from '../reference.ts';
import { costsSchema, pageSchema } from './fields.ts';

const text = z.string();
const milliseconds = z.int();
const status = z.enum(['submitted', 'processing', 'succeed', 'failed']);

const created = z.object({
  task_id: text,
  task_status: status,
  task_info: z.object({ external_task_id: text }),
  created_at: milliseconds,
  updated_at: milliseconds,
});

const video = z.object({ id: text, url: text, duration: text });
const task = z
  .object({
    ...created.shape,
    task_status_msg: text,
    task_info: z.object({ external_task_id: text, parent_video: video.optional() }),
    final_unit_deduction: text,
    task_result: z
      .object({
        videos: z.array(video),
        audios: z
          .array(z.object({ id: text, url_mp3: text, url_wav: text, duration_mp3: text, duration_wav: text }))
          .optional(),
      })
      .optional(),
    warnings: z.array(z.object({ code: text, message: text })),
  })
  .meta({ id: 'KlingTask' });

function envelope(data: z.ZodType): z.ZodType {
  return z.object({ code: z.literal(0), message: text, request_id: text, data });
}

const pack = z.object({
  resource_pack_name: text,
  resource_pack_id: text,
  resource_pack_type: text,
  total_quantity: z.number(),
  remaining_quantity: z.number(),
  purchase_time: milliseconds,
  effective_time: milliseconds,
  invalid_time: milliseconds,
  status: text,
});

/** The three routes of one kind of task. */
function routesOf(path: string, what: string, body: unknown): Record<string, RouteReference> {
  return {
    [`POST ${path}`]: { summary: what, reply: envelope(created), examples: { body } },
    [`GET ${path}/:id`]: { summary: `Show a task: ${what.toLowerCase()}`, reply: envelope(task) },
    [`GET ${path}`]: {
      summary: `List tasks: ${what.toLowerCase()}`,
      query: pageSchema,
      reply: envelope(z.array(task)),
    },
  };
}

const sound = { video_url: 'https://example.org/waves.mp4', prompt: 'waves, gulls' };

/** What the reference says about Kling's API. */
export const reference: DialectReference = {
  title: 'Kling',
  description:
    'As Kling has published it. The HTTP status is real, the number stands in `code`; 0 is success.',
  routes: {
    ...routesOf('/v1/videos/video-to-audio', 'Give a video sound', sound),
    ...routesOf('/v1/audio/video-to-audio', 'Give a video sound', sound),
    ...routesOf('/v1/videos/image2video', 'Animate a picture', {
      image: 'http://localhost:8080/samples/stream.jpg',
      prompt: 'slow push in',
    }),
    ...routesOf('/v1/videos/text2video', 'Make a video from words', { prompt: 'a lake at dawn' }),
    'GET /account/costs': {
      summary: 'Show the balance',
      query: costsSchema,
      reply: envelope(
        z.object({ code: z.literal(0), msg: text, resource_pack_subscribe_infos: z.array(pack) }),
      ),
    },
  },
  error: {
    schema: z.object({ code: z.int(), message: text, request_id: text }).meta({ id: 'KlingError' }),
    example: {
      code: 1201,
      message: 'duration must be "5" or "10" (seconds).',
      request_id: '1f0c2e4b6a48939f',
    },
  },
  callback: {
    description: 'The bare task as it was when it changed.',
    schema: z.union([task, z.object({ task_id: text, task_status: status, updated_at: milliseconds })]),
    example: { task_id: '100000001', task_status: 'succeed', updated_at: 1754362985482 },
  },
};
