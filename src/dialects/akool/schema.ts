import { type ZodType, z } from 'zod';
import { IMAGE_TO_VIDEO, MOST_COUNT } from './models.ts';

/**
 * Akool's requests, read liberally as its real clients need it: an empty text counts as not given, numbers and truth
 * values may be texts, and unknown fields are ignored. Every message is a sentence that names the field.
 */

function blankIsAbsent(value: unknown): unknown {
  return value === '' || value === null ? undefined : value;
}

function toNumber(value: unknown): unknown {
  return typeof value === 'string' && /^\s*\d+\s*$/.test(value) ? Number(value) : blankIsAbsent(value);
}

function toBoolean(value: unknown): unknown {
  if (value === 'true' || value === 1 || value === '1') return true;
  if (value === 'false' || value === 0 || value === '0') return false;
  return blankIsAbsent(value);
}

function text(error: string, most: number): ZodType<string> {
  return z.preprocess(blankIsAbsent, z.string({ error }).max(most, { error }));
}

function optionalText(field: string, most: number): ZodType<string> {
  const error = `${field} must be a text of at most ${most} characters.`;
  return z.preprocess((value) => blankIsAbsent(value) ?? '', z.string({ error }).max(most, { error }));
}

function flag(field: string): ZodType<boolean> {
  const error = `${field} must be true or false.`;
  return z.preprocess((value) => toBoolean(value) ?? false, z.boolean({ error }));
}

const MOST_URL = 4_096;
const MOST_PROMPT = 5_000;

const bodyError = { error: 'The body must be a JSON object.' };

/** Both spellings of the callback's field are sent by clients. */
function oneWebhookName(body: unknown): unknown {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return body;
  const fields = body as Record<string, unknown>;
  return { ...fields, webhookurl: blankIsAbsent(fields.webhookurl) ?? fields.webhookUrl };
}

const AUDIO_TYPE = 'audio_type is required: 1 (made by AI), 2 (your own, in audio_url) or 3 (none).';

/** What both creating routes take; they differ in what may be left out. */
const sharedFields = {
  image_url: text('image_url is required: the URL of the picture to animate.', MOST_URL),
  prompt: optionalText('prompt', MOST_PROMPT),
  negative_prompt: optionalText('negative_prompt', MOST_PROMPT),
  extend_prompt: flag('extend_prompt'),
  resolution: z.preprocess(
    blankIsAbsent,
    z.enum(['720p', '1080p', '4k'], { error: 'resolution is required: 720p, 1080p or 4k.' }),
  ),
  audio_url: optionalText('audio_url', MOST_URL),
  audio_type: z.preprocess(toNumber, z.literal([1, 2, 3], { error: AUDIO_TYPE })),
  video_length: z.preprocess(
    toNumber,
    z.literal([5, 10], { error: 'video_length is required: 5 or 10 (seconds).' }),
  ),
  is_premium_model: flag('is_premium_model'),
  effect_code: optionalText('effect_code', 100),
  webhookurl: optionalText('webhookurl', MOST_URL),
};

const needsPrompt = {
  path: ['prompt'],
  error: 'prompt is required unless an effect_code is given: say how the picture shall move.',
};
const needsAudioUrl = {
  path: ['audio_url'],
  error: 'audio_url is required when audio_type is 2: the URL of your sound.',
};
const hasPrompt = (body: { prompt: string; effect_code: string }) =>
  body.prompt !== '' || body.effect_code !== '';
const hasAudioUrl = (body: { audio_type: number; audio_url: string }) =>
  body.audio_type !== 2 || body.audio_url !== '';

export const createSchema = z.preprocess(
  oneWebhookName,
  z.object(sharedFields, bodyError).refine(hasPrompt, needsPrompt).refine(hasAudioUrl, needsAudioUrl),
);

/** What `createBySourcePrompt` takes, read. Absent texts are empty. */
export type CreateFields = z.output<typeof createSchema>;

const COUNT = `count must be a whole number from 1 to ${MOST_COUNT}.`;

export const batchSchema = z.preprocess(
  oneWebhookName,
  z
    .object(
      {
        ...sharedFields,
        // A batch that says nothing about sound has none.
        audio_type: z.preprocess(
          (value) => toNumber(value) ?? 3,
          z.literal([1, 2, 3], { error: AUDIO_TYPE.replace('is required', 'must be') }),
        ),
        model_name: optionalText('model_name', 200),
        last_image_url: optionalText('last_image_url', MOST_URL),
        count: z.preprocess(
          (value) => toNumber(value) ?? 1,
          z.int({ error: COUNT }).min(1, { error: COUNT }).max(MOST_COUNT, { error: COUNT }),
        ),
      },
      bodyError,
    )
    .refine(hasPrompt, needsPrompt)
    .refine(hasAudioUrl, needsAudioUrl),
);

/** What `createBySourcePrompt/batch` takes, read. */
export type BatchFields = z.output<typeof batchSchema>;

export const soundSchema = z
  .object(
    {
      pre_video_id: text('pre_video_id is required: the _id of a finished video.', 100),
      audio_url: sharedFields.audio_url,
      audio_type: z.preprocess(
        toNumber,
        z.literal([1, 2], { error: 'audio_type is required: 1 (made by AI) or 2 (your own, in audio_url).' }),
      ),
    },
    bodyError,
  )
  .refine(hasAudioUrl, needsAudioUrl);

/** What `updateVideoAudio` takes, read. */
export type SoundFields = z.output<typeof soundSchema>;

const MOST_IDS = 1_000;
const idsError = `_ids is required: at most ${MOST_IDS} ids, separated by commas.`;

export const idsSchema = z.object(
  {
    _ids: z
      .union([z.string(), z.array(z.string())], { error: idsError })
      .transform((ids) => (typeof ids === 'string' ? ids.split(',') : ids))
      .transform((ids) => ids.map((id) => id.trim()).filter((id) => id !== ''))
      .refine((ids) => ids.length > 0 && ids.length <= MOST_IDS, { error: idsError }),
  },
  bodyError,
);

export const tokenSchema = z.object(
  {
    clientId: text('clientId is required.', 100),
    clientSecret: text('clientSecret is required: it is your API key.', 100),
  },
  bodyError,
);

/** Types come as `types[]=1501`, more than once, or separated by commas; without any, all are meant. */
export const modelListSchema = z
  .object({ 'types[]': z.unknown().optional(), types: z.unknown().optional() })
  .transform((query) => {
    const given = [query['types[]'], query.types].flat().filter((value) => value !== undefined);
    return given.length === 0
      ? [IMAGE_TO_VIDEO]
      : given.flatMap((value) => String(value).split(',')).map(Number);
  });
