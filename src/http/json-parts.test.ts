import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createJsonSplitter } from './json-parts.ts';

/** Reads a JSON text in pieces of so many bytes. */
async function read(json: string | Buffer, piece = 65_536, most = 1_000_000) {
  const splitter = createJsonSplitter(most);
  const bytes = Buffer.from(json);
  for (let at = 0; at < bytes.length; at += piece) {
    const problem = splitter.take(bytes.subarray(at, at + piece));
    if (problem) return { problem };
  }
  const { json: around, restore } = await splitter.finish();
  return { around, value: restore(JSON.parse(around)) };
}

test('gives back what was sent, in whatever pieces it comes', async () => {
  await fc.assert(
    fc.asyncProperty(fc.jsonValue({ maxDepth: 5 }), fc.integer({ min: 1, max: 40 }), async (sent, piece) => {
      expect((await read(JSON.stringify(sent), piece)).value).toEqual(JSON.parse(JSON.stringify(sent)));
    }),
    { numRuns: 300, seed: 3 },
  );
});

test('files in base64 are taken out and put back where they were', async () => {
  const [one, other] = ['A'.repeat(200_000), `data:image/png;base64,${'b/+9'.repeat(60_000)}==`];
  const sent = { image: one, list: [{ prompt: 'Grüße "🦁"\\', image: other }, one], empty: '' };
  for (const piece of [1_000, 16_384, 65_536, 1_000_000]) {
    const { around, value } = await read(JSON.stringify(sent), piece);
    expect(value).toEqual(sent);
    if (piece < 100_000) expect(around!.length).toBeLessThan(300);
  }
});

test('a slash may be escaped, as some programs do', async () => {
  const sent = { image: 'ab/'.repeat(50_000) };
  const { around, value } = await read(JSON.stringify(sent).replaceAll('/', '\\/'));
  expect(value).toEqual(sent);
  expect(around!.length).toBeLessThan(100);
});

test.each([
  ['a long text of umlauts', JSON.stringify({ prompt: 'ü'.repeat(1_000_000) })],
  ['a long text of escapes', `{"prompt":"${'\\u0061'.repeat(500_000)}"}`],
  ['a list of numbers', `[${'1,'.repeat(1_000_000)}1]`],
  ['many short texts', `[${'"a",'.repeat(500_000)}1]`],
  ['no JSON at all', 'x'.repeat(2_000_000)],
])('%s is too large', async (_, json) => {
  expect((await read(json)).problem).toBe('too large');
});

test('nesting has an end', async () => {
  expect((await read('[{"a":'.repeat(51))).problem).toBe('too deep');
  const deep = `${'['.repeat(100)}1${']'.repeat(100)}`;
  expect((await read(deep)).value).toEqual(JSON.parse(deep));
  expect((await read(`["${'['.repeat(500)}"]`)).value).toEqual(['['.repeat(500)]);
});

test('what breaks off or is none is JSON no more than before', async () => {
  for (const json of ['{"a":"b', `{"a":"${'x'.repeat(100_000)}`, '"\\', '{"a":1}}', '', ']]]]', '"a" "b"']) {
    await expect(read(json)).rejects.toThrow(SyntaxError);
  }
});
