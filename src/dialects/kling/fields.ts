import { type ZodType, z } from 'zod';

/** What the schemas of all of Kling's requests share. Every message is a sentence that names the field. */

/** The published limit of prompts, in characters. */
export const MOST_PROMPT = 2_500;
export const MOST_URL = 4_096;

export const bodyError = { error: 'The body must be a JSON object.' };

/** An empty text counts as not given. */
export function blankIsAbsent(value: unknown): unknown {
  return value === '' || value === null ? undefined : value;
}

/** A text that may be left out; it is empty then. */
export function optionalText(field: string, most: number): ZodType<string> {
  const error = `${field} must be a text of at most ${most} characters.`;
  return z.preprocess((value) => blankIsAbsent(value) ?? '', z.string({ error }).max(most, { error }));
}

/** One of a few words that may be left out. */
export function optionalWord<const Words extends readonly [string, ...string[]]>(
  field: string,
  words: Words,
  absent: Words[number],
): ZodType<Words[number]> {
  const error = `${field} must be one of ${words.join(', ')}.`;
  return z.preprocess((value) => blankIsAbsent(value) ?? absent, z.enum(words, { error }));
}

/** What every request takes. */
export const commonFields = {
  callback_url: optionalText('callback_url', MOST_URL),
  external_task_id: optionalText('external_task_id', 200),
};

function wholeNumber(field: string, most: number, absent: number): ZodType<number> {
  const error = `${field} must be a whole number from 1 to ${most}.`;
  return z.preprocess(
    (value) =>
      typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : (blankIsAbsent(value) ?? absent),
    z.int({ error }).min(1, { error }).max(most, { error }),
  );
}

/** The query of a list. */
export const pageSchema = z.object({
  pageNum: wholeNumber('pageNum', 1_000, 1),
  pageSize: wholeNumber('pageSize', 500, 30),
});

/** The query of `/account/costs`. */
export const costsSchema = z.object({
  start_time: z.unknown(),
  end_time: z.unknown(),
  resource_pack_name: optionalText('resource_pack_name', 200),
});
