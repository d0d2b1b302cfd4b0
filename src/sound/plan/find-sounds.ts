import { dropFilmLanguage } from './film-language.ts';
import { idioms, type LexiconEntry, lexicon } from './lexicon.ts';
import { findModifier, type Modifier } from './modifiers.ts';
import { findDenied } from './negation.ts';
import { findCount, findParts } from './quantities.ts';
import { phraseKey, readWords, type Word } from './words.ts';

/** A sound that a text asks for. */
export interface FoundSound {
  generator: string;
  /** Undefined: the words do not tell. */
  variant: string | undefined;
  modifier: Modifier;
  /** How often an event is heard, when the words say so: "three knocks". */
  count: number | undefined;
  /** Which part of the clip it begins in: a "then" before its words begins the next. */
  part: number;
  /** The words that asked, as written. */
  words: string;
}

interface Meaning {
  entry: LexiconEntry;
  strong: boolean;
}

/** More words than this are in no phrase. */
const LONGEST_PHRASE = 4;

/** What each phrase means; idioms mean nothing, and hide the words inside them. */
const meanings = new Map<string, Meaning[]>(idioms.split(' ').map((phrase) => [phraseKey(phrase), []]));
for (const entry of lexicon) {
  for (const [list, strong] of [
    [entry.strong, true],
    [entry.weak ?? '', false],
  ] as const) {
    for (const phrase of list.split(' ').filter(Boolean)) {
      const key = phraseKey(phrase);
      meanings.set(key, [...(meanings.get(key) ?? []), { entry, strong }]);
    }
  }
}

interface Match {
  first: number;
  last: number;
  meanings: readonly Meaning[];
}

/**
 * The sounds that a text asks for, in its order, each once, in numbered parts of which the first is 0. `aboutSound` is true for a text that speaks of nothing but
 * sound; weak words count then.
 */
export function findSounds(text: string, aboutSound: boolean): FoundSound[] {
  const words = dropFilmLanguage(readWords(text));
  const denied = findDenied(words);
  const matches = findMatches(words);
  const refused = new Set<LexiconEntry>();
  const named = new Set<LexiconEntry>();
  for (const match of matches) {
    for (const { entry, strong } of match.meanings) {
      if (denied[match.first]) refused.add(entry);
      else if (strong || aboutSound) named.add(entry);
    }
  }
  const taken = (place: number) =>
    matches.some((match) => match.meanings.length > 0 && place >= match.first && place <= match.last);
  const parts = findParts(words);
  const found = new Map<string, FoundSound>();
  for (const match of matches) {
    for (const { entry } of match.meanings) {
      if (!named.has(entry) || refused.has(entry)) continue;
      const modifier = findModifier(words, match.first, match.last, taken);
      const known = found.get(entry.generator);
      if (known !== undefined) {
        known.modifier = { ...modifier, ...known.modifier };
        continue;
      }
      found.set(entry.generator, {
        generator: entry.generator,
        variant: nearestVariant(entry, words, match),
        modifier,
        count: findCount(words, match.first, match.last),
        part: parts[match.first]!,
        words: words
          .slice(match.first, match.last + 1)
          .map((word) => word.text)
          .join(' '),
      });
    }
  }
  // Parts in which nothing sounds do not count.
  const heard = [...new Set([...found.values()].map(({ part }) => part))].sort((a, b) => a - b);
  return [...found.values()].map((sound) => ({ ...sound, part: heard.indexOf(sound.part) }));
}

function findMatches(words: readonly Word[]): Match[] {
  const matches: Match[] = [];
  for (let first = 0; first < words.length; ) {
    let length = Math.min(LONGEST_PHRASE, words.length - first);
    let found: Meaning[] | undefined;
    for (; length > 0; length--) {
      const phrase = words.slice(first, first + length);
      if (phrase.at(-1)!.clause !== phrase[0]!.clause) continue;
      found = meanings.get(phrase.map((word) => word.stem).join('-'));
      if (found !== undefined) break;
    }
    if (found === undefined) {
      first++;
      continue;
    }
    matches.push({ first, last: first + length - 1, meanings: found });
    first += length;
  }
  return matches;
}

/** The variant whose words stand nearest to the match; its own words count. Later variants win a draw. */
function nearestVariant(entry: LexiconEntry, words: readonly Word[], match: Match): string | undefined {
  let nearest: string | undefined;
  let shortest = Number.POSITIVE_INFINITY;
  for (const [variant, list] of Object.entries(entry.variants ?? {})) {
    const stems = new Set(list.split(' ').map(phraseKey));
    words.forEach((word, place) => {
      const distance = Math.max(match.first - place, place - match.last, 0);
      if (stems.has(word.stem) && distance <= shortest) {
        shortest = distance;
        nearest = variant;
      }
    });
  }
  return nearest;
}
