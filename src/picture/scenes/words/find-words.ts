import { type Token, tokenize } from '../../direct/tokens.ts';
import type { Scene } from '../scene.ts';
import { isHarmless } from './harmless.ts';
import { type Sense, senseOf } from './lexicon.ts';
import { stemsOf } from './stems.ts';

/** A word or phrase of a prompt that says something about the picture. */
export interface Finding {
  /** As it stands in the prompt. */
  text: string;
  /** Positions of its words, [first, end). */
  first: number;
  end: number;
  sense: Sense;
  /** Scenes that it names outright, and scenes that it names only when nothing else is named. */
  scenes: readonly Scene[];
  hints: readonly Scene[];
  /** "No people", "without clouds". */
  isDenied: boolean;
}

const LONGEST = 5;

/** What was found in a prompt, and the words that nobody here understands: `toaster`. */
export interface Findings {
  findings: Finding[];
  unread: string[];
}

/** Finds everything in a prompt that says something, the longest phrase first at each place. */
export function findWords(prompt: string, scenes: readonly Scene[]): Findings {
  const tokens = tokenize(prompt);
  const named = index(scenes, ({ words }) => words);
  const hinted = index(scenes, ({ hints }) => hints ?? []);
  const findings: Finding[] = [];
  let at = 0;
  while (at < tokens.length) {
    const finding = findAt(prompt, tokens, at, named, hinted);
    if (finding) findings.push(finding);
    at = finding?.end ?? at + 1;
  }
  for (const finding of findings) finding.isDenied = isDenied(tokens, finding, findings);
  const unread = tokens
    .filter(
      (token, place) =>
        !findings.some(({ first, end }) => place >= first && place < end) && !isHarmless(token),
    )
    .map(({ word }) => word);
  return { findings, unread };
}

function index(scenes: readonly Scene[], words: (scene: Scene) => readonly string[]): Map<string, Scene[]> {
  const table = new Map<string, Scene[]>();
  for (const scene of scenes) {
    for (const word of words(scene)) table.set(word, [...(table.get(word) ?? []), scene]);
  }
  return table;
}

function findAt(
  prompt: string,
  tokens: Token[],
  first: number,
  named: Map<string, Scene[]>,
  hinted: Map<string, Scene[]>,
): Finding | undefined {
  for (let length = Math.min(LONGEST, tokens.length - first); length > 0; length--) {
    const end = first + length;
    if (tokens[end - 1]!.clause !== tokens[first]!.clause) continue;
    const phrases = phrasesOf(tokens.slice(first, end));
    const senses = phrases.flatMap((phrase) => senseOf(phrase) ?? []);
    const strong = phrases.flatMap((phrase) => named.get(phrase) ?? []);
    const weak = phrases.flatMap((phrase) => hinted.get(phrase) ?? []);
    if (senses.length + strong.length + weak.length === 0) continue;
    return {
      text: prompt.slice(tokens[first]!.start, tokens[end - 1]!.end),
      first,
      end,
      sense: Object.assign({}, ...senses),
      scenes: strong,
      hints: weak,
      isDenied: false,
    };
  }
  return undefined;
}

/** The forms under which a phrase may stand in a lexicon: the last word, or every word, may be in the plural. */
function phrasesOf(tokens: Token[]): string[] {
  const words = tokens.map(({ word }) => word);
  const last = words.at(-1)!;
  const start = words.slice(0, -1);
  const stemmed = start.map((word) => stemsOf(word).at(-1)!);
  return stemsOf(last).flatMap((stem) => [[...start, stem].join(' '), [...stemmed, stem].join(' ')]);
}

const negators = new Set('no not without never none nobody neither minus lacking zero avoid'.split(' '));
const links = new Set(
  'a an the any of or and nor visible other more single to be is are in sight'.split(' '),
);

/**
 * Whether a finding is denied: `no people`, `without cars or people`, `free of clouds`, `cloud-free`, `isn't raining`.
 * A denial reaches over what else is named, and over a comma only in a list that goes on with `or`.
 */
function isDenied(tokens: Token[], { first, end }: Finding, findings: readonly Finding[]): boolean {
  const next = tokens[end];
  if (next?.word === 'free' && next.clause === tokens[first]!.clause && tokens[end + 1]?.word !== 'of')
    return true;
  for (let at = first - 1; at >= 0; at--) {
    const { word, clause, sentence } = tokens[at]!;
    if (sentence !== tokens[first]!.sentence) return false;
    if (clause !== tokens[at + 1]!.clause) {
      const goesOn = tokens
        .slice(at + 1)
        .some((token) => token.sentence === sentence && /^n?or$/.test(token.word));
      if (!goesOn) return false;
    }
    if (negators.has(word) || word.endsWith("n't") || (word === 'free' && tokens[at + 1]?.word === 'of'))
      return true;
    const isNamed = findings.some((other) => at >= other.first && at < other.end);
    if (!links.has(word) && !isNamed) return false;
    // "No wind and waves crash": what follows `and` with its own article or as a new scene is not denied.
    if (word === 'and' && !/^n?or$/.test(tokens[at - 2]?.word ?? '')) return false;
  }
  return false;
}
