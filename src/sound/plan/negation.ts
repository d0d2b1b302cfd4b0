import type { Word } from './words.ts';

/** Words that deny what follows. */
const deniers = new Set([
  'no',
  'not',
  'without',
  'never',
  'nor',
  'neither',
  'minus',
  'except',
  'instead',
  'mute',
  'zero',
]);

/** Words that end a denial: "no music, only rain". */
const reversals = new Set(['just', 'only', 'except', 'however', 'yet']);

/**
 * For each word whether it is denied. A denial reaches to the end of its clause; "and" ends it after "no"
 * ("no music and heavy rain") but not after "without" ("without birds and wind").
 */
export function findDenied(words: readonly Word[]): boolean[] {
  let denier: Word | undefined;
  return words.map((word) => {
    if (denier !== undefined) {
      const ended =
        word.clause !== denier.clause ||
        reversals.has(word.text) ||
        (word.text === 'and' && denier.text !== 'without');
      if (ended) denier = undefined;
    }
    if (deniers.has(word.text)) denier = word;
    return denier !== undefined;
  });
}
