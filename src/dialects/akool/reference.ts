import { z } from 'zod';
import type { DialectReference, RouteReference } from '../reference.ts';

const text = z.string();
const milliseconds = z.int();
const resolution = z.enum(['720p', '1080p', '4k']);
const status = z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(4)]);

const common = {
  _id: text,
  create_time: milliseconds,
  uid: z.int(),
  team_id: text,
  status,
  webhookUrl: text,
  resolution,
  file_name: text,
  effect_name: text,
  image_url: text,
  prompt: text,
  deduction_credit: z.int(),
};
const sound = {
  audio_type: z.union([z.literal(1), z.literal(2), z.literal(3)]),
  audio_url: text,
  effect_code: text,
};
const prompts = { negative_prompt: text, extend_prompt: z.boolean() };
const batch = { batch_id: text, batch_count: z.int() };

const result = z.object({
  ...common,
  ...sound,
  update_time: milliseconds,
  pre_video_id: text.optional(),
  sub_type: z.int().optional(),
  video_duration: z.number(),
  video_url: text,
  only_add_audio: z.boolean(),
  cover_url: text,
  progress: z.int(),
  stage: text,
  queue_position: z.int().nullable(),
  error_msg: text,
  expires_time: milliseconds.nullable(),
  expired: z.literal(true).optional(),
  model_name: text,
  batch_id: text.optional(),
  batch_count: z.int().optional(),
  seed: z.int(),
  warnings: z.array(z.object({ code: text, message: text })),
});

const model = z.object({
  sort: z.int(),
  label: text,
  description: text,
  group: text,
  provider: text,
  type: z.int(),
  value: text,
  name: text,
  resolutionList: z.array(
    z.object({ label: text, value: text, width: z.int(), height: z.int(), unit_credit: z.number() }),
  ),
  durationList: z.array(z.number()),
  generate_audio: z.looseObject({}),
  requiresPay: z.boolean(),
  supportedLastFrame: z.boolean(),
  supportedExtendPrompt: z.boolean(),
  maxImageCount: z.int(),
  maxCount: z.int(),
});

/** Akool refuses with status 200: every answer may be an error. */
const refusal = z.object({ code: z.int(), msg: text, message: text.optional() }).meta({ id: 'AkoolError' });

function reply(data: z.ZodType): z.ZodType {
  return z.union([z.object({ code: z.literal(1000), msg: text, data }), refusal]);
}

const SUITE = '/api/open/v4/image2Video';
const created = reply(z.object({ ...common, ...sound, ...prompts }));

const routes: Record<string, RouteReference> = {
  [`POST ${SUITE}/createBySourcePrompt`]: {
    summary: 'Animate a picture',
    reply: created,
    examples: {
      body: {
        image_url: 'http://localhost:8080/samples/stream.jpg',
        prompt: 'The camera slowly pushes in along the stream.',
        resolution: '720p',
        audio_type: 1,
        video_length: 5,
      },
    },
  },
  [`POST ${SUITE}/createBySourcePrompt/batch`]: {
    summary: 'Animate a picture several times',
    reply: reply(
      z.object({
        successList: z.array(
          z.object({ ...common, ...prompts, last_image_url: text, model_name: text, ...batch }),
        ),
        errorList: z.array(z.object({ index: z.int(), code: z.int(), msg: text })),
      }),
    ),
    examples: {
      body: {
        image_url: 'http://localhost:8080/samples/stream.jpg',
        prompt: 'The camera slowly pushes in along the stream.',
        resolution: '720p',
        video_length: 5,
        count: 2,
      },
    },
  },
  [`POST ${SUITE}/resultsByIds`]: {
    summary: 'Show tasks',
    reply: reply(z.object({ result: z.array(result) })),
    examples: { body: { _ids: '6895ab1234b4dbdd4ab3d28c' } },
  },
  [`GET ${SUITE}/effects`]: {
    summary: 'List effects',
    reply: reply(
      z.object({
        result: z.array(
          z.looseObject({ _id: text, create_time: milliseconds, name: text, effect_code: text }),
        ),
        count: z.int(),
      }),
    ),
  },
  [`POST ${SUITE}/updateVideoAudio`]: {
    summary: 'Give a finished video new sound',
    reply: reply(
      z.object({
        ...common,
        ...sound,
        ...prompts,
        update_time: milliseconds,
        video_duration: z.number(),
        pre_video_id: text,
        only_add_audio: z.boolean(),
      }),
    ),
    examples: { body: { pre_video_id: '6895ab1234b4dbdd4ab3d28c', audio_type: 1 } },
  },
  [`POST ${SUITE}/delbyids`]: {
    summary: 'Delete videos',
    reply: reply(
      z.object({
        successIds: z.array(text),
        noPermissionItems: z.array(z.object({ _id: text, msg: text })),
      }),
    ),
    examples: { body: { _ids: '6895ab1234b4dbdd4ab3d28c' } },
  },
  'GET /api/open/v4/aigModel/list': {
    summary: 'List models',
    query: z.object({ 'types[]': text.optional() }),
    reply: reply(z.array(model)),
  },
  'POST /api/open/v3/getToken': {
    summary: 'Get a token for a key',
    reply: z.union([
      z.object({ code: z.literal(1000), msg: text, token: text, data: z.object({ token: text }) }),
      refusal,
    ]),
    examples: { body: { clientId: 'abcdefghijklmnop', clientSecret: 'ABCDEFGHIJKLMNOPQRSTUVWX' } },
  },
  'GET /api/open/v3/faceswap/quota/info': {
    summary: 'Show the balance',
    reply: reply(z.object({ credit: z.int() })),
  },
};

/** What the reference says about Akool’s API. */
export const reference: DialectReference = {
  title: 'Akool: Image to Video',
  description:
    'As Akool has published it. The number in `code` decides, 1000 is success; refusals that have a number of their own come with status 200.',
  routes,
  error: { schema: refusal, example: { code: 1003, msg: 'audio_type is required: 1 (made by AI), …' } },
  callback: {
    description:
      'The news, encrypted with the key that made the task (AES-192-CBC) and signed (SHA-1); see docs/webhooks.md.',
    schema: z.object({ signature: text, dataEncrypt: text, timestamp: milliseconds, nonce: text }),
    example: {
      signature: '4a2d8d2e…',
      dataEncrypt: 'wTSka/VW0Fn8…',
      timestamp: 1754362985482,
      nonce: '4711',
    },
  },
};
