import { type ZodType, z } from 'zod';
import { nearest } from '../../nearest.ts';

/** What the schemas of all native requests share. Every message is a sentence that names the field. */

export const MOST_URL = 4_096;
export const MOST_PROMPT = 5_000;
/** A picture, a sound or a video inside the request, as base64 in a `data:` URL. */
export const MOST_DATA = 30_000_000;
/** Most bytes of a body that may carry such. */
export const TASK_BODY_LIMIT = 64_000_000;

/** Null and an empty text count as not given. */
function blankIsAbsent(value: unknown): unknown {
  return value === '' || value === null ? undefined : value;
}

/** A field that may be left out; what the schema's own messages lack is said by `error`. */
export function optional<Schema extends ZodType>(schema: Schema) {
  return z.preprocess(blankIsAbsent, schema.optional());
}

/** A text that may be left out. */
export function text(field: string, most: number) {
  const error = `${field} must be a text of at most ${most} characters.`;
  return optional(z.string({ error }).max(most, { error }));
}

/** One of a few words that may be left out. */
export function word<const Words extends readonly [string, ...string[]]>(field: string, words: Words) {
  return optional(z.enum(words, { error: `${field} must be one of ${words.join(', ')}.` }));
}

/** Several of a few words, separated by commas. */
export function words<const Words extends readonly [string, ...string[]]>(field: string, known: Words) {
  const error = `${field} takes ${known.join(', ')}, or several of them separated by commas.`;
  return optional(
    z
      .string({ error })
      .transform((list) => list.split(','))
      .pipe(z.array(z.enum(known, { error }))),
  );
}

/** A whole number within limits that may be left out. */
export function whole(field: string, least: number, most: number) {
  const error = `${field} must be a whole number from ${least} to ${most}.`;
  return optional(z.int({ error }).min(least, { error }).max(most, { error }));
}

/** The same in the query, where everything is a text. */
export function wholeText(field: string, least: number, most: number, absent: number) {
  const error = `${field} must be a whole number from ${least} to ${most}.`;
  return z.preprocess(
    (value) => (typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : (value ?? absent)),
    z.int({ error }).min(least, { error }).max(most, { error }),
  );
}

/** True or false; may be left out. */
export function flag(field: string) {
  return optional(z.boolean({ error: `${field} must be true or false.` }));
}

/** A moment in ISO 8601 that may be left out. */
export function moment(field: string) {
  const error = `${field} must be a time in ISO 8601, such as 2026-03-01T12:00:00Z.`;
  return optional(
    z
      .string({ error })
      .refine((value) => !Number.isNaN(Date.parse(value)), { error })
      .transform((value) => new Date(value)),
  );
}

/** A cursor: the `next` of an earlier page. */
export const cursor = optional(
  z.string().regex(/^\d{1,18}$/, { error: 'after must be the "next" of an earlier page, as it came.' }),
);

/** An object that takes these fields and no others: a misspelt one is named, with the nearest that exists. */
export function strictObject<Shape extends Record<string, ZodType>>(shape: Shape) {
  const known = Object.keys(shape);
  return z.strictObject(shape, {
    error: (issue) => {
      if (issue.code !== 'unrecognized_keys') return 'The body must be a JSON object.';
      const [name = ''] = issue.keys;
      const suggestion = nearest(name, known);
      return `There is no field ${name.slice(0, 60)}.${suggestion ? ` Did you mean ${suggestion}?` : ''}`;
    },
  });
}
