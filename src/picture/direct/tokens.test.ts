import { expect, test } from 'vitest';
import { clauseBounds, tokenize } from './tokens.ts';

test('knows where words, clauses and sentences are', () => {
  const text = 'Slow push-in, don’t pan. Then “zoom” out';
  const tokens = tokenize(text);
  expect(tokens.map(({ word }) => word)).toEqual([
    'slow',
    'push',
    'in',
    "don't",
    'pan',
    'then',
    'zoom',
    'out',
  ]);
  expect(tokens.map(({ clause }) => clause)).toEqual([0, 0, 0, 1, 1, 2, 2, 2]);
  expect(tokens.map(({ sentence }) => sentence)).toEqual([0, 0, 0, 0, 0, 1, 1, 1]);
  for (const { word, start, end } of tokens) {
    expect(text.slice(start, end).toLowerCase().replace('’', "'")).toBe(word);
  }
  expect(clauseBounds(tokens, 4)).toEqual([3, 5]);
});

test('reads any script, and nothing from marks', () => {
  expect(tokenize('镜头 推进 — été!').map(({ word }) => word)).toEqual(['镜头', '推进', 'été']);
  expect(tokenize(' … !!')).toEqual([]);
});
