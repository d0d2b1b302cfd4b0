import { expect, test } from 'vitest';
import { dropFilmLanguage } from './film-language.ts';
import { findDenied } from './negation.ts';
import { readWords, stem } from './words.ts';

test.each([
  ['crashing', 'crash'],
  ['crashes', 'crash'],
  ['running', 'run'],
  ['waves', 'wave'],
  ['waving', 'wav'],
  ['leaves', 'leaf'],
  ['gently', 'gent'],
  ['rainy', 'rainy'],
  ['cities', 'city'],
])('the stem of “%s” is “%s” or shared with its kin', (word, expected) => {
  expect(stem(word).replace(/e$/, '')).toBe(expected.replace(/e$/, '').replace(/ent$/, 'ent'));
});

test('commas, full stops and “but” part clauses', () => {
  expect(readWords('Rain, no wind. Birds but not gulls').map((word) => word.clause)).toEqual([
    0, 1, 1, 2, 3, 3,
  ]);
});

test('apostrophes and hyphens part words', () => {
  expect(readWords("bird's-eye don't").map((word) => word.text)).toEqual(['bird', 'eye', 'not']);
});

const left = (text: string) =>
  dropFilmLanguage(readWords(text))
    .map((word) => word.text)
    .join(' ');

test.each([
  ['camera pans left over the bank', 'over the bank'],
  ['slow pan left over the sea', 'over the sea'],
  ['Cinematic tracking shot, the camera slowly zooms in', 'the'],
  ["a bird's eye view of a village", 'a of a village'],
  ['crash zoom on his face', 'on his face'],
  ['a dog runs along the camera’s left', 'a dog runs along the'],
  ['dynamic camera movement through a forest', 'through a forest'],
  ['cut to a river', 'a river'],
])('of “%s” remains “%s”', (text, remains) => {
  expect(left(text)).toBe(remains);
});

const denied = (text: string) => {
  const words = readWords(text);
  const flags = findDenied(words);
  return words.filter((_, place) => flags[place]).map((word) => word.text);
};

test('denials end with their clause, with “and” after “no”, and with “only”', () => {
  expect(denied('no music, heavy rain')).toEqual(['no', 'music']);
  expect(denied('no music and heavy rain')).toEqual(['no', 'music']);
  expect(denied('without birds and wind, rain')).toEqual(['without', 'birds', 'and', 'wind']);
  expect(denied('no music only rain')).toEqual(['no', 'music']);
  expect(denied("don't add birds but rain")).toEqual(['not', 'add', 'birds']);
});
