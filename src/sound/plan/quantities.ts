import type { Word } from './words.ts';

const numbers = new Map<string, number>(
  Object.entries({
    one: 1,
    single: 1,
    once: 1,
    two: 2,
    twice: 2,
    double: 2,
    three: 3,
    thrice: 3,
    four: 4,
    five: 5,
    six: 6,
    seven: 7,
    eight: 8,
    nine: 9,
    ten: 10,
  }),
);

/** Words after which something new begins. */
const sequels = new Set([
  'then',
  'afterwards',
  'afterward',
  'followed',
  'finally',
  'later',
  'next',
  'before',
]);

/**
 * How often the thing named at these words happens: a number just before them ("three loud knocks") or "twice" and
 * "five times" soon after ("knocks twice"). Undefined: nobody says.
 */
export function findCount(words: readonly Word[], first: number, last: number): number | undefined {
  const clause = words[first]!.clause;
  for (let place = first - 1; place >= Math.max(0, first - 2); place--) {
    if (words[place]!.clause !== clause) break;
    const count = numbers.get(words[place]!.text);
    if (count !== undefined) return count;
  }
  for (let place = last + 1; place <= last + 3; place++) {
    const word = words[place];
    if (word === undefined || word.clause !== clause) break;
    if (word.text === 'once' || word.text === 'twice' || word.text === 'thrice')
      return numbers.get(word.text);
    if (word.text === 'times') return numbers.get(words[place - 1]!.text);
  }
  return undefined;
}

/** The part of the story that each word belongs to: 0 until the first "then" or "followed by", and so on. */
export function findParts(words: readonly Word[]): number[] {
  let part = 0;
  return words.map((word) => {
    if (sequels.has(word.text)) part++;
    return part;
  });
}
