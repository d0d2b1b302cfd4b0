import { expect, test } from 'vitest';
import { hasOnlyText } from './check-texts.ts';

test('finds what is no text, however deep and in names too', () => {
  expect(hasOnlyText({ prompt: 'Grüße 🦁', list: [1, null, true, ['x']] })).toBe(true);
  for (const text of ['\0', 'a\0b', '\ud800', 'a\udc00', '\udc00\ud800']) {
    expect(hasOnlyText(text)).toBe(false);
    expect(hasOnlyText({ deep: [{ er: [text] }] })).toBe(false);
    expect(hasOnlyText({ [text]: 1 })).toBe(false);
  }
  let deep: unknown = '\0';
  for (let level = 0; level < 200_000; level++) deep = [deep];
  expect(hasOnlyText(deep)).toBe(false);
});
