import type { CameraWord } from './camera-words.ts';
import { readCompany } from './company.ts';
import { isPaceWord } from './pace.ts';
import { clauseBounds, type Token } from './tokens.ts';
import { cameraNouns, helpers, isAdverb, openers, qualities, shotNouns } from './vocabulary.ts';

/** A word that may move the camera, where it stands. */
export interface Candidate {
  tokens: Token[];
  /** Position of the word. */
  index: number;
  entry: CameraWord;
  /** Position after the word and its headings. */
  end: number;
  hasHeading: boolean;
  /** Whether an earlier word of this sentence or the one before has been taken for the camera's. */
  continues: boolean;
  /** A negative prompt names what it does not want, and says nothing else. */
  isList: boolean;
}

/**
 * Whether a word that may move a camera does: "boats zoom past", "a pan on the stove" and "she is rolling dough" move
 * none. Decided as a reader would: by the subject before the word, what it is joined to, and its form.
 */
export function speaksOfCamera(candidate: Candidate): boolean {
  const { tokens, index, entry, continues, isList } = candidate;
  const { kind, anchor, isDescribed } = readCompany(tokens, index, entry);
  if (kind === 'camera') return true;
  if (fillsClause(candidate) && (isList || fillsPrompt(candidate))) return true;
  if (entry.trust !== 'subject' && namesShot(candidate)) return true;
  if (kind === 'place') return false;
  if (kind === 'linked' && continues) return true;
  if (entry.trust === 'subject') return kind === 'start' && isTurnOrder(candidate);
  if (kind !== 'other' && objectIsCamera(tokens, index)) return true;
  if (entry.trust === 'plain') return isPlainMove(candidate, kind, isDescribed);
  return isFilmMove(candidate, kind, anchor, isDescribed);
}

/** "Roll clockwise, neon light": only a camera is told to turn by the clock. */
function isTurnOrder({ tokens, index, end, entry }: Candidate): boolean {
  const turns = tokens.slice(index + 1, end).some(({ word }) => word.endsWith('clockwise'));
  return turns && tokens[index]!.word === entry.forms[0];
}

/** Everybody's verbs: orders ("move closer"), a prompt that begins with them, and described nouns ("a slow rise up"). */
function isPlainMove(
  { tokens, index, entry, hasHeading, continues }: Candidate,
  kind: string,
  isDescribed: boolean,
): boolean {
  if (kind === 'named') return isDescribed && hasHeading;
  if (kind === 'other') return false;
  const isOrder = tokens[index]!.word === entry.forms[0] || index === 0;
  return isOrder ? hasHeading : continues;
}

/** Words of film-making: by themselves, unless they are things as well or belong to another subject. */
function isFilmMove(
  { tokens, index, entry, hasHeading }: Candidate,
  kind: string,
  anchor: number,
  isDescribed: boolean,
): boolean {
  const isThing = entry.isThing === true && tokens[index]!.word === entry.forms[0];
  const isMotion = isDescribed && !(isThing && entry.isHeavy);
  if (kind === 'other') return hasHeading && !isThing && !entry.isBodily && !agrees(tokens, index, anchor);
  if (kind !== 'named') return !isThing || hasHeading || isMotion;
  const isOpened = openers.has(tokens[anchor - 1]?.word ?? '');
  return isThing
    ? isMotion || (hasHeading && (isOpened || isDescribed))
    : hasHeading || isDescribed || isOpened;
}

/** `tracking shot`, `zoom out effect`; a truck that moves is none. */
function namesShot({ tokens, index, end, entry }: Candidate): boolean {
  return [index + 1, end].some((next) => {
    const noun = tokens[next];
    if (!noun || noun.clause !== tokens[index]!.clause || !shotNouns.has(noun.word)) return false;
    return !entry.isThing || !/^(move|moves|motion)$/.test(noun.word);
  });
}

/** `pan the camera left`, `movement of the camera`. */
function objectIsCamera(tokens: Token[], index: number): boolean {
  let next = index + 1;
  while (/^(of|the)$/.test(tokens[next]?.word ?? '')) next++;
  return tokens[next]?.word === 'camera' && tokens[next]!.clause === tokens[index]!.clause;
}

/** Whether the clause holds nothing but the camera word and what goes with it: `fast zoom`. */
function fillsClause({ tokens, index, end }: Candidate): boolean {
  const [first, clauseEnd] = clauseBounds(tokens, index);
  const goesAlong = ({ word }: Token) =>
    isPaceWord(word) || isAdverb(word) || qualities.has(word) || cameraNouns.has(word) || helpers.has(word);
  return tokens.slice(first, index).every(goesAlong) && tokens.slice(end, clauseEnd).every(goesAlong);
}

function fillsPrompt({ tokens }: Candidate): boolean {
  return tokens[0]!.clause === tokens.at(-1)!.clause;
}

/** Whether noun and verb belong together: `boats zoom`, `the car zooms`, `she is panning`. */
function agrees(tokens: Token[], index: number, anchor: number): boolean {
  const noun = tokens[anchor]!.word;
  const verb = tokens[index]!.word;
  if (verb.endsWith('s')) return true;
  const between = tokens.slice(anchor + 1, index).map(({ word }) => word);
  if (verb.endsWith('ing') && between.some((word) => /^(is|are|be|being)$/.test(word))) return true;
  return /^(i|you|they|he|she|it)$/.test(noun) || (noun.endsWith('s') && !noun.endsWith('ss'));
}
