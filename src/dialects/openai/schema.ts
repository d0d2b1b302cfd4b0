import { z } from 'zod';

/** A picture of at most 50 MB comes inside the form. */
export const FORM_LIMIT = 60_000_000;

const LONGEST_PROMPT = 5_000;
const number = (low: number, high: number) => z.coerce.number().int().min(low).max(high).optional();

/** A creation. Forms bring texts for numbers, and files as `data:` URLs. */
export const createSchema = z.object({
  prompt: z.string().trim().min(1).max(LONGEST_PROMPT),
  model: z.string().max(200).optional(),
  /** A picture: in a form a file, in JSON an object with its URL. The video begins with it. */
  input_reference: z.union([z.string(), z.object({ image_url: z.string() })]).optional(),
  /** The same, as forms spell it. */
  'input_reference[image_url]': z.string().optional(),
  seconds: z.coerce.number().min(1).max(60).optional(),
  size: z
    .string()
    .regex(/^\d{2,5}x\d{2,5}$/, 'size must be width and height, such as 1280x720')
    .optional(),
  seed: number(0, 2 ** 31 - 1),
  negative_prompt: z.string().max(LONGEST_PROMPT).optional(),
});

/** A creation as read. */
export type CreateFields = z.output<typeof createSchema>;

/** The list's page. */
export const pageSchema = z.object({
  limit: z.coerce.number().int().min(1).max(100).default(20),
  after: z.string().optional(),
  order: z.literal('desc', 'order must be desc: the newest come first here').default('desc'),
});

/** Which file of a video is wanted. */
export const contentSchema = z.object({ variant: z.enum(['video', 'thumbnail']).default('video') });
