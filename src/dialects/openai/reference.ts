import { z } from 'zod';
import type { DialectReference } from '../reference.ts';
import { contentSchema, pageSchema } from './schema.ts';

const text = z.string();
const time = z.int().nullable();

const video = z
  .object({
    id: text,
    object: z.literal('video'),
    model: text,
    status: z.enum(['queued', 'in_progress', 'completed', 'failed']),
    progress: z.number(),
    created_at: z.int(),
    completed_at: time,
    expires_at: time,
    prompt: text,
    seconds: text,
    size: text,
    error: z.object({ code: text, message: text }).nullable(),
    remixed_from_video_id: text.nullable(),
    warnings: z.array(z.object({ code: text, message: text })),
  })
  .meta({ id: 'OpenAiVideo' });

const event = z.object({
  id: text,
  object: z.literal('event'),
  created_at: z.int(),
  type: text,
  data: z.object({ id: text }),
});

/** What the reference says about OpenAI's Videos. */
export const reference: DialectReference = {
  title: 'OpenAI’s Videos',
  description:
    'Create, look, list, fetch and delete, as OpenAI’s clients do it: set their base URL to this server’s with /v1 ' +
    'behind it, and their key to yours.',
  routes: {
    'POST /v1/videos': {
      summary: 'Make a video',
      description:
        'JSON or a form (multipart/form-data). With input_reference, a picture, the video begins with it. ' +
        'A length that the model does not make becomes the next longer one, which warnings tell.',
      reply: video,
      examples: { body: { prompt: 'A stream in the rain', seconds: 5, size: '1280x720' } },
    },
    'GET /v1/videos': {
      summary: 'List videos',
      query: pageSchema,
      reply: z.object({
        object: z.literal('list'),
        data: z.array(video),
        first_id: text.nullable(),
        last_id: text.nullable(),
        has_more: z.boolean(),
      }),
    },
    'GET /v1/videos/:id': { summary: 'Show a video', reply: video },
    'GET /v1/videos/:id/content': {
      summary: 'Fetch the file',
      description: 'Leads to the file: the video, or with variant=thumbnail its cover.',
      query: contentSchema,
    },
    'DELETE /v1/videos/:id': {
      summary: 'Delete a video',
      description: 'One that is not finished is cancelled first.',
      reply: z.object({ id: text, object: z.literal('video.deleted'), deleted: z.boolean() }),
    },
  },
  error: {
    schema: z.object({
      code: z.int(),
      message: text,
      request_id: text,
      error: z.object({ message: text, type: text, param: text.nullable(), code: text }),
    }),
    example: {
      code: 1002,
      message: 'The API key is not known to this server.',
      request_id: '0123456789abcdef',
      error: {
        message: 'The API key is not known to this server.',
        type: 'authentication_error',
        param: null,
        code: 'invalid_key',
      },
    },
  },
  callback: {
    description: 'OpenAI’s event about a video. Its API has no field for an address, so none is sent.',
    schema: event,
    example: {
      id: 'evt_0123456789abcdef01234567_completed',
      object: 'event',
      created_at: 1_750_000_000,
      type: 'video.completed',
      data: { id: 'video_0123456789abcdef01234567' },
    },
  },
};
