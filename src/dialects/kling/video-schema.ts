import { z } from 'zod';
import { cameraSchema } from './camera.ts';
import { blankIsAbsent, bodyError, commonFields, MOST_PROMPT, optionalText, optionalWord } from './fields.ts';

/** 10 MB in base64, with line breaks. */
const MOST_PICTURE = 14_500_000;

/** Most bytes of a body with two pictures. */
export const VIDEO_BODY_LIMIT = 30_000_000;

const CFG_SCALE = 'cfg_scale must be a number from 0 to 1.';
const DURATION = 'duration must be "5" or "10" (seconds).';

const sharedFields = {
  model_name: optionalText('model_name', 100).transform((name) => name || 'kling-v1'),
  negative_prompt: optionalText('negative_prompt', MOST_PROMPT),
  sound: optionalWord('sound', ['on', 'off'], 'off'),
  cfg_scale: z.preprocess(
    (value) => blankIsAbsent(value) ?? 0.5,
    z.number({ error: CFG_SCALE }).min(0, { error: CFG_SCALE }).max(1, { error: CFG_SCALE }),
  ),
  mode: optionalWord('mode', ['std', 'pro'], 'std'),
  duration: z
    .preprocess((value) => String(blankIsAbsent(value) ?? '5'), z.enum(['5', '10'], { error: DURATION }))
    .transform(Number),
  camera_control: z.preprocess((value) => blankIsAbsent(value) ?? undefined, cameraSchema.optional()),
  ...commonFields,
};

/** The body of image2video. */
export const imageToVideoSchema = z
  .object(
    {
      ...sharedFields,
      image: optionalText('image', MOST_PICTURE),
      image_tail: optionalText('image_tail', MOST_PICTURE),
      prompt: optionalText('prompt', MOST_PROMPT),
    },
    bodyError,
  )
  .refine(({ image, image_tail }) => image !== '' || image_tail !== '', {
    path: ['image'],
    error: 'image is required: a URL, or a JPEG or PNG in base64. image_tail alone will do too.',
  });

/** What image2video takes, read. */
export type ImageToVideoFields = z.output<typeof imageToVideoSchema>;

const PROMPT = `prompt is required: at most ${MOST_PROMPT} characters.`;

/** The body of text2video. */
export const textToVideoSchema = z.object(
  {
    ...sharedFields,
    prompt: z.string({ error: PROMPT }).trim().min(1, { error: PROMPT }).max(MOST_PROMPT, { error: PROMPT }),
    aspect_ratio: optionalWord('aspect_ratio', ['16:9', '9:16', '1:1'], '16:9'),
  },
  bodyError,
);

/** What text2video takes, read. */
export type TextToVideoFields = z.output<typeof textToVideoSchema>;
