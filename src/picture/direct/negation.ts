import { findCameraWord } from './camera-words.ts';
import { isPaceWord } from './pace.ts';
import type { Token } from './tokens.ts';
import {
  articles,
  cameraNouns,
  contrasts,
  filmNouns,
  helpers,
  isAdverb,
  negators,
  qualities,
  shotNouns,
} from './vocabulary.ts';

const fillers = new Set(
  'and or nor of kind sort type to be use in out left right up down around forward backward back closer'.split(
    ' ',
  ),
);

/**
 * Whether the camera word at `index` is denied: `no zoom`, `without panning or tilting`, `does not move`,
 * `instead of zooming`. A denial reaches over what belongs to camera words, over a comma only inside a list that
 * ends with `or`, and never past `but`, `only` or a new subject.
 */
export function isNegated(tokens: Token[], index: number): boolean {
  for (let at = index - 1; at >= 0; at--) {
    const { word, clause, sentence } = tokens[at]!;
    if (sentence !== tokens[index]!.sentence) return false;
    if (clause !== tokens[at + 1]!.clause && !endsWithOr(tokens, at)) return false;
    if (contrasts.has(word)) return word === 'rather' && tokens[at + 1]?.word === 'than';
    if (word === 'of' && tokens[at - 1]?.word === 'instead') return true;
    if (negators.has(word)) return true;
    if (word === 'and' && startsSubject(tokens, at + 1)) return false;
    if (!belongs(word)) return false;
  }
  return false;
}

function belongs(word: string): boolean {
  return (
    fillers.has(word) ||
    word === 'than' ||
    articles.has(word) ||
    cameraNouns.has(word) ||
    filmNouns.has(word) ||
    shotNouns.has(word) ||
    qualities.has(word) ||
    helpers.has(word) ||
    isAdverb(word) ||
    isPaceWord(word) ||
    findCameraWord(word) !== undefined
  );
}

function endsWithOr(tokens: Token[], from: number): boolean {
  const { sentence } = tokens[from]!;
  return tokens.slice(from).some((token) => token.sentence === sentence && /^n?or$/.test(token.word));
}

function startsSubject(tokens: Token[], index: number): boolean {
  const noun = articles.has(tokens[index]?.word ?? '') ? index + 1 : index;
  return cameraNouns.has(tokens[noun]?.word ?? '');
}
