import fc from 'fast-check';
import type { PostRoute } from './world.ts';

/** Anything that JSON can say. */
const anything = fc.oneof(
  fc.string(),
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.integer(),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.boolean(),
  fc.constant(null),
  fc.constantFrom(
    '',
    ' ',
    '0',
    '-1',
    '1e999',
    'NaN',
    'null',
    'true',
    '\u0000',
    '\ud800',
    '../../etc/passwd',
    '%00',
  ),
  fc.constantFrom(2 ** 31, 2 ** 53, -(2 ** 63), 1e308, 5e-324, -0),
  fc.array(fc.oneof(fc.string(), fc.integer()), { maxLength: 5 }),
  fc.object({ maxDepth: 3, maxKeys: 4 }),
);

/** What lies within a field's schema, at its edges, and just beyond them. */
function around(schema: Record<string, unknown>): fc.Arbitrary<unknown> {
  const {
    anyOf,
    enum: words,
    const: only,
    minimum,
    maximum,
    maxLength,
  } = schema as {
    anyOf?: Record<string, unknown>[];
    enum?: unknown[];
    const?: unknown;
    minimum?: number;
    maximum?: number;
    maxLength?: number;
  };
  const choices: fc.Arbitrary<unknown>[] = [];
  if (anyOf) choices.push(fc.oneof(...anyOf.map(around)));
  if (only !== undefined) choices.push(fc.constant(only));
  if (words) choices.push(fc.constantFrom(...words), fc.constantFrom(...words.map(String)));
  for (const edge of [minimum, maximum]) {
    if (edge !== undefined) choices.push(fc.constantFrom(edge, edge - 1, edge + 1, edge + 0.5, String(edge)));
  }
  // The longest texts are for the limits of the body; those have a test of their own.
  if (maxLength !== undefined && maxLength <= 5_000) {
    choices.push(fc.constantFrom('x'.repeat(maxLength), 'x'.repeat(maxLength + 1), 'ü'.repeat(maxLength)));
  }
  return choices.length > 0 ? fc.oneof(...choices) : fc.string();
}

/**
 * Bodies for a route: its example with a few fields left out, at the edges of their schemas, or of a wrong type, and
 * with fields that do not exist; sometimes anything at all.
 */
export function bodiesFor({ fields, example }: PostRoute): fc.Arbitrary<unknown> {
  const names = Object.keys(fields);
  const change = fc
    .constantFrom(...names)
    .chain((name) =>
      fc.tuple(
        fc.constant(name),
        fc.oneof(
          { weight: 5, arbitrary: around(fields[name]!) },
          { weight: 2, arbitrary: anything },
          { weight: 1, arbitrary: fc.constant(undefined) },
        ),
      ),
    );
  const extra = fc.tuple(fc.constantFrom('__proto__', 'constructor', 'toString', 'extra', ''), anything);
  const changed = fc
    .array(fc.oneof({ weight: 9, arbitrary: change }, { weight: 1, arbitrary: extra }), { maxLength: 4 })
    .map((changes) => Object.fromEntries([...Object.entries(example), ...changes]));
  const broken = fc.constantFrom(
    '',
    '{',
    '[]',
    '"x"',
    '{"a":1,}',
    '\ufeff{}',
    '{"__proto__":{"x":1}}',
    'null',
  );
  return fc.oneof(
    { weight: 18, arbitrary: changed.map((body) => JSON.stringify(body)) },
    { weight: 1, arbitrary: anything.map((body) => JSON.stringify(body)) },
    { weight: 1, arbitrary: broken },
  );
}
