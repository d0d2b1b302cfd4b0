import type { FamilyName, Heading } from './camera-words.ts';
import { clauseBounds, type Token } from './tokens.ts';
import { isAdverb, qualities } from './vocabulary.ts';

/** The headings that follow a camera word. */
export interface HeadingsRead {
  headings: Heading[];
  /** Whether they come one after the other (`in and out`) or together (`left and up`). */
  inTurn: boolean;
  /** Position after the last word read. */
  end: number;
}

const headingWords: Record<string, Heading> = {};
for (const [heading, list] of [
  ['left', 'left leftward leftwards'],
  ['right', 'right rightward rightwards'],
  ['up', 'up upward upwards skyward skywards'],
  ['down', 'down downward downwards'],
  [
    'in',
    'in into inward inwards forward forwards ahead closer nearer toward towards through onto over above',
  ],
  ['out', 'out outward outwards back backward backwards away'],
  ['clockwise', 'clockwise'],
  ['counterclockwise', 'counterclockwise anticlockwise'],
  ['around', 'around round'],
  ['along', 'along across past sideways laterally horizontally'],
] as const) {
  for (const word of list.split(' ')) headingWords[word] = heading;
}

/** Words that may stand between a camera word and its heading: `pans slowly from the left to the right`. */
const between = new Set(
  'to the from straight directly further all way camera lens view shot very and then'.split(' '),
);
const determiners = new Set('the a an this that his her my our their its'.split(' '));
const paths = new Set(
  'street road path river corridor hallway hall aisle tunnel alley trail track lane stairs stairway staircase bridge valley canyon'.split(
    ' ',
  ),
);
const opposite: Partial<Record<Heading, Heading>> = {
  left: 'right',
  right: 'left',
  up: 'down',
  down: 'up',
  in: 'out',
  out: 'in',
  clockwise: 'counterclockwise',
  counterclockwise: 'clockwise',
};

/** Reads the headings after the camera word that ends before `from`. */
export function readHeadings(tokens: Token[], from: number, family: FamilyName): HeadingsRead | null {
  const first = nextHeading(tokens, from, family, 5, false);
  if (!first) return null;
  const headings = [first.heading];
  let { end } = first;
  const pair = pairAt(tokens, first.end - 1, family);
  if (pair) return { headings: pair, inTurn: true, end: first.end + 2 };

  if (first.heading === 'around') {
    const turn = turnAfter(tokens, end);
    return { headings: [turn?.heading ?? 'around'], inTurn: false, end: turn?.end ?? end };
  }
  let inTurn = false;
  for (;;) {
    // `left to right`: where it goes counts, not where it comes from.
    const target = tokens[end]?.word === 'to' ? nextHeading(tokens, end, family, 2, false) : null;
    if (target && target.heading === opposite[headings.at(-1)!]) {
      headings[headings.length - 1] = target.heading;
      end = target.end;
      continue;
    }
    const connected = /^(and|then)$/.test(tokens[end]?.word ?? '');
    const next = connected ? nextHeading(tokens, end, family, 4, true) : null;
    if (!next || next.heading === headings.at(-1)) return { headings, inTurn, end };
    const passed = tokens.slice(end, next.end).some(({ word }) => word === 'then');
    inTurn ||= passed || next.heading === opposite[headings.at(-1)!];
    headings.push(next.heading);
    end = next.end;
  }
}

/** Reads a heading that stands directly before the word at `index`: `leftward pan`, `right-to-left pan`. */
export function headingBefore(tokens: Token[], index: number): Heading | null {
  const { word, clause } = tokens[index - 1] ?? { word: '', clause: -1 };
  if (clause !== tokens[index]!.clause || !/(ward|wards|left|right|clockwise|sideways)$/.test(word))
    return null;
  return headingWords[word] ?? null;
}

/** The way around, if it comes later in the clause: `around the tower clockwise`. */
function turnAfter(tokens: Token[], from: number): { heading: Heading; end: number } | null {
  const [, clauseEnd] = clauseBounds(tokens, from - 1);
  for (let index = from; index < clauseEnd; index++) {
    const heading = headingWords[tokens[index]!.word];
    const isReversed = /^(counter|anti)$/.test(tokens[index - 1]!.word);
    if (heading === 'counterclockwise' || isReversed) return { heading: 'counterclockwise', end: index + 1 };
    if (heading === 'clockwise') return { heading, end: index + 1 };
  }
  return null;
}

/** `back and forth`, `side to side`. */
function pairAt(tokens: Token[], index: number, family: FamilyName): Heading[] | null {
  const phrase = tokens
    .slice(index, index + 3)
    .map(({ word }) => word)
    .join(' ');
  if (phrase !== 'back and forth' && phrase !== 'side to side') return null;
  return /^(zoom|dolly|push|pull)$/.test(family) && phrase === 'back and forth'
    ? ['in', 'out']
    : ['left', 'right'];
}

function nextHeading(
  tokens: Token[],
  from: number,
  family: FamilyName,
  reach: number,
  mayCross: boolean,
): { heading: Heading; end: number } | null {
  const start = tokens[from - 1]!;
  for (let index = from; index < Math.min(tokens.length, from + reach); index++) {
    const { word, clause } = tokens[index]!;
    if (clause !== start.clause && !(mayCross && /^(and|then)$/.test(tokens[from]!.word))) return null;
    if (word === 'side' && pairAt(tokens, index, family)) return { heading: 'left', end: index + 1 };
    const turned = /^(counter|anti)$/.test(word) && tokens[index + 1]?.word === 'clockwise';
    if (turned) return { heading: 'counterclockwise', end: index + 2 };
    const heading = Object.hasOwn(headingWords, word) ? senseOf(tokens, index, family) : undefined;
    if (heading) return { heading, end: index + 1 };
    const mayPass =
      between.has(word) || isAdverb(word) || qualities.has(word) || word === 'toward' || word === 'towards';
    if (heading === null || !mayPass) return null;
  }
  return null;
}

/** What a heading word means here: null when it means something else, undefined when a better word follows. */
function senseOf(tokens: Token[], index: number, family: FamilyName): Heading | null | undefined {
  const { word } = tokens[index]!;
  const next = tokens[index + 1]?.word ?? '';
  const afterNext = tokens[index + 2]?.word ?? '';
  const isTravel = family === 'travel';
  if ((word === 'over' || word === 'above') && !isTravel) return null;
  if (word === 'toward' || word === 'towards') {
    const target = headingWords[next === 'the' ? afterNext : next];
    return target && /left|right/.test(target) ? undefined : 'in';
  }
  if (word === 'back' && Object.hasOwn(headingWords, next) && next !== 'from') return undefined;
  if (word === 'right' && /^(now|there|after|before|into|through|next)$/.test(next)) return null;
  if (word === 'in' && determiners.has(next) && !/^(zoom|dolly|push|pull)$/.test(family)) return null;
  if (isTravel && (word === 'up' || word === 'down')) {
    if (determiners.has(next) && paths.has(afterNext)) return 'in';
    if (word === 'up' && (next === 'close' || next === 'to')) return 'in';
  }
  return headingWords[word]!;
}
