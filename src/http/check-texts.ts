import type { FastifyRequest } from 'fastify';
import { StillroarError } from '../errors.ts';

/**
 * Whether every text in a JSON value, names of fields included, is one that can be kept: PostgreSQL's `text` has no
 * U+0000, and half of a surrogate pair is no character at all. Nesting costs no stack.
 */
export function hasOnlyText(value: unknown): boolean {
  const waiting: unknown[] = [value];
  while (waiting.length > 0) {
    const one = waiting.pop();
    if (typeof one === 'string') {
      if (one.includes('\0') || !one.isWellFormed()) return false;
    } else if (Array.isArray(one)) {
      for (const inner of one) waiting.push(inner);
    } else if (typeof one === 'object' && one !== null && !ArrayBuffer.isView(one)) {
      for (const [name, inner] of Object.entries(one)) waiting.push(name, inner);
    }
  }
  return true;
}

/** @throws StillroarError `invalid-request` when a text of the request is none */
export async function checkTexts({ body, query, params }: FastifyRequest): Promise<void> {
  if (hasOnlyText([query, params, body])) return;
  throw new StillroarError(
    'invalid-request',
    'The request contains a text with U+0000 or with half of a surrogate pair. Leave such characters out.',
  );
}
