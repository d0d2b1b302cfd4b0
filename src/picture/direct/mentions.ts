import { families, findCameraWord, type MoveSense, setPhrases } from './camera-words.ts';
import { headingBefore, readHeadings } from './headings.ts';
import { isNegated } from './negation.ts';
import { speaksOfCamera } from './speaks-of-camera.ts';
import { findStillness } from './stillness.ts';
import type { Token } from './tokens.ts';
import { articles, cameraNouns, helpers, negators, shotNouns, trapPhrases } from './vocabulary.ts';

/** A place in a prompt that speaks of one movement of the camera, or of several in one breath. */
export interface Mention {
  /** Positions of its words, [first, end). */
  first: number;
  end: number;
  moves: MoveSense[];
  /** Whether it says which way; otherwise the directions of its moves are a habit, not a wish. */
  hasHeading: boolean;
  /** Whether the moves come one after the other: `zoom in and out`. */
  inTurn: boolean;
  /** Whether it says that this is not to be. */
  isNegated: boolean;
  /** "The camera moves": it counts only when nothing clearer is said. */
  isVague: boolean;
}

/**
 * Finds what a prompt says about the camera, in the order of its words. `isList`: a negative prompt, where a bare
 * noun is enough and a denial means nothing.
 */
export function findMentions(tokens: Token[], isList: boolean): Mention[] {
  const still = findStillness(tokens, isList);
  const mentions: Mention[] = still.map(({ first, end, isDenied }) => ({
    first,
    end,
    moves: [['static']],
    hasHeading: false,
    inTurn: false,
    isNegated: isDenied,
    isVague: false,
  }));
  let index = 0;
  while (index < tokens.length) {
    const taken = still.find(({ first, end }) => index >= first && index < end);
    const trap = trapPhrases.find((phrase) => matches(tokens, index, phrase));
    const mention = taken || trap ? null : readMention(tokens, index, mentions, isList);
    if (mention) mentions.push(mention);
    index = mention?.end ?? taken?.end ?? index + (trap?.length ?? 1);
  }
  return mentions.sort((one, other) => one.first - other.first);
}

function readMention(tokens: Token[], index: number, earlier: Mention[], isList: boolean): Mention | null {
  const isDenied = () => !isList && isNegated(tokens, index);
  const phrase = setPhrases.find(([words]) => matches(tokens, index, words)) ?? handheldAlone(tokens, index);
  if (phrase) {
    const [words, moves] = phrase;
    const named = shotNouns.has(tokens[index + words.length]?.word ?? '') ? 1 : 0;
    const end = index + words.length + named;
    return {
      first: index,
      end,
      moves,
      hasHeading: false,
      inTurn: false,
      isNegated: isDenied(),
      isVague: false,
    };
  }
  const entry = findCameraWord(tokens[index]!.word);
  if (!entry) return null;
  const family = families[entry.family];
  const before = headingBefore(tokens, index);
  const read = before
    ? { headings: [before], inTurn: false, end: index + 1 }
    : readHeadings(tokens, index + 1, entry.family);
  const moves = (read?.headings ?? []).flatMap((heading): MoveSense[] => {
    const sense = (family.headings as Record<string, MoveSense>)[heading];
    return sense ? [sense] : [];
  });
  const hasHeading = moves.length > 0;
  if (!hasHeading && !family.bare) return null;
  const end = hasHeading ? read!.end : index + 1;
  const { sentence } = tokens[index]!;
  const continues = earlier.some(({ first }) => tokens[first]!.sentence >= sentence - 1 && first < index);
  if (!speaksOfCamera({ tokens, index, entry, end, hasHeading, continues, isList })) return null;
  const isVague = !hasHeading && entry.family === 'travel';
  if (isVague && (isList || isDenied()) && !meansAll(tokens, index)) return null;
  return {
    first: index,
    end,
    moves: hasHeading ? moves : [family.bare!],
    hasHeading,
    inTurn: read?.inTurn ?? false,
    isNegated: isDenied(),
    isVague,
  };
}

/** "No camera movement" is against all movement, "no sudden camera movement" is not. */
function meansAll(tokens: Token[], index: number): boolean {
  let before = index - 1;
  while (cameraNouns.has(tokens[before]?.word ?? '')) before--;
  const token = tokens[before];
  if (token?.clause !== tokens[index]!.clause) return true;
  return negators.has(token.word) || articles.has(token.word) || helpers.has(token.word);
}

/** `handheld` as the last word of its clause, and not a thing in somebody's hand. */
function handheldAlone(tokens: Token[], index: number): [string[], MoveSense[]] | undefined {
  const length = tokens[index]!.word === 'handheld' ? 1 : matches(tokens, index, ['hand', 'held']) ? 2 : 0;
  if (length === 0 || articles.has(tokens[index - 1]?.word ?? '')) return undefined;
  const next = tokens[index + length];
  const isLast = next?.clause !== tokens[index]!.clause || next.word === 'and';
  if (!isLast && !/^(camera|shot|footage|style|look|feel|video|documentary)$/.test(next.word))
    return undefined;
  return [tokens.slice(index, index + length).map(({ word }) => word), [['handheld']]];
}

function matches(tokens: Token[], index: number, phrase: string[]): boolean {
  return phrase.every(
    (word, offset) =>
      tokens[index + offset]?.word === word && tokens[index + offset]!.clause === tokens[index]!.clause,
  );
}
