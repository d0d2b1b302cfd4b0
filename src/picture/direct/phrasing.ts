import type { Mention } from './mentions.ts';
import { isPaceWord } from './pace.ts';
import { clauseBounds, type Token } from './tokens.ts';
import {
  articles,
  cameraNouns,
  conjunctions,
  filmNouns,
  helpers,
  isAdverb,
  openers,
  qualities,
  shotNouns,
} from './vocabulary.ts';

/** The words that belong to a mention. */
export interface Phrase {
  /** Those that may say how the movement is made, in order. */
  words: string[];
  /** Where the phrase stands in the text, [start, end). */
  start: number;
  end: number;
}

const manner = (word: string) => isPaceWord(word) || isAdverb(word) || qualities.has(word);

/**
 * Gathers the words around a mention that describe it, between the mentions before and after it: `slowly` in "slowly,
 * the camera pans left", "pans left very slowly" and "pan left, slow and smooth"; not `fast` in "a fast car".
 */
export function phraseAround(
  tokens: Token[],
  mention: Mention,
  previousEnd: number,
  nextFirst: number,
): Phrase {
  const leading = positionsBefore(tokens, mention.first, previousEnd);
  const trailing = positionsAfter(tokens, mention.end, nextFirst);
  const positions = [...leading, ...range(mention.first, mention.end), ...trailing];
  const described = leading.find((index) => manner(tokens[index]!.word)) ?? mention.first;
  const named = shotNouns.has(tokens[mention.end]?.word ?? '') ? mention.end : mention.end - 1;
  const last = trailing.findLast((index) => isPaceWord(tokens[index]!.word)) ?? named;
  return {
    words: positions.map((index) => tokens[index]!.word),
    start: tokens[described]!.start,
    end: tokens[Math.max(last, named)]!.end,
  };
}

function positionsBefore(tokens: Token[], first: number, previousEnd: number): number[] {
  const [clauseFirst] = clauseBounds(tokens, first);
  let from = first;
  while (from > Math.max(clauseFirst, previousEnd) && leads(tokens[from - 1]!.word)) from--;
  if (from !== clauseFirst || from === 0) return range(from, first);
  // A clause of its own that says nothing but how: "Slowly, the camera …".
  const [before, end] = clauseBounds(tokens, from - 1);
  const isManner = tokens.slice(before, end).every(({ word }) => manner(word) || conjunctions.has(word));
  return before >= previousEnd && isManner ? range(before, first) : range(from, first);
}

function leads(word: string): boolean {
  return (
    manner(word) || articles.has(word) || helpers.has(word) || cameraNouns.has(word) || filmNouns.has(word)
  );
}

function positionsAfter(tokens: Token[], end: number, nextFirst: number): number[] {
  const [, clauseEnd] = clauseBounds(tokens, end - 1);
  const found: number[] = [];
  let index = end;
  for (; index < Math.min(clauseEnd, nextFirst); index++) {
    const { word } = tokens[index]!;
    const next = tokens[index + 1];
    if (conjunctions.has(word) && next && next.clause === tokens[index]!.clause && manner(next.word))
      continue;
    if (conjunctions.has(word) || openers.has(word)) return found;
    const isNear = index === end || found.at(-1) === index - 1;
    const isOfPace = /^(pace|speed|motion|movement|move)$/.test(next?.word ?? '');
    if ((manner(word) && (isNear || isOfPace || isAdverb(word))) || word === 'not') found.push(index);
  }
  if (index !== clauseEnd || index >= tokens.length) return found;
  const [, nextEnd] = clauseBounds(tokens, index);
  const isManner = range(index, nextEnd).every(
    (at) => manner(tokens[at]!.word) || conjunctions.has(tokens[at]!.word),
  );
  return isManner && nextEnd <= nextFirst ? [...found, ...range(index, nextEnd)] : found;
}

function range(from: number, to: number): number[] {
  return Array.from({ length: Math.max(0, to - from) }, (_, offset) => from + offset);
}
