import type { ZodType, z } from 'zod';
import { StillroarError } from '../errors.ts';

/** At most so many wrong fields are named in one answer. */
const MOST_PROBLEMS = 5;

/**
 * Reads a body by its schema, whose messages are whole sentences that name the field.
 * @throws StillroarError `invalid-field` with the sentences of everything that is wrong
 */
export function validate<Schema extends ZodType>(schema: Schema, body: unknown): z.output<Schema> {
  const result = schema.safeParse(body);
  if (result.success) return result.data;
  const { issues } = result.error;
  const sentences = [...new Set(issues.map(({ message }) => message))].slice(0, MOST_PROBLEMS);
  const problems = issues.map(({ path, message }) => ({ field: path.join('.'), message }));
  const field = problems[0]?.field;
  throw new StillroarError('invalid-field', sentences.join(' '), { problems, ...(field && { field }) });
}
