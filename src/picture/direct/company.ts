import { type CameraWord, findCameraWord } from './camera-words.ts';
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
  placePrepositions,
  qualities,
  towardsPrepositions,
} from './vocabulary.ts';

/** Who or what stands before a word. */
export interface Company {
  /**
   * `camera`: the camera is its subject. `start`: nothing, or a word that opens a phrase. `named`: an article, so the
   * word is a noun. `linked`: "and", "then", so what held before holds on. `place`: "in a". `other`: another noun.
   */
  kind: 'camera' | 'start' | 'named' | 'linked' | 'place' | 'other';
  /** Position of the word that decided it; −1 at the start of a text. */
  anchor: number;
  /** Whether a word of motion stands between: "slow", "smooth". */
  isDescribed: boolean;
}

/** Walks back from a word over adverbs and helping verbs to what it belongs to. */
export function readCompany(tokens: Token[], index: number, entry: CameraWord): Company {
  const [first] = clauseBounds(tokens, index);
  let isDescribed = false;
  let anchor = index - 1;
  for (; anchor >= first; anchor--) {
    const { word } = tokens[anchor]!;
    if (cameraNouns.has(word) || (!describes(word) && !passes(word))) break;
    isDescribed ||= describes(word);
  }
  const kind = kindAt(tokens, anchor, first, entry);
  // "Dolly in then pan left": what follows "then" begins anew, unless the camera is still its subject.
  const isNext = tokens.slice(anchor + 1, index).some(({ word }) => word === 'then');
  const begins = isNext && (kind === 'place' || kind === 'other');
  return { kind: begins ? 'linked' : kind, anchor, isDescribed };
}

function kindAt(tokens: Token[], anchor: number, first: number, entry: CameraWord): Company['kind'] {
  if (anchor < first) return cameraBeforeCommas(tokens, anchor) ? 'camera' : 'start';
  const { word } = tokens[anchor]!;
  const before = tokens[anchor - 1]?.word ?? '';
  if (openers.has(word)) return 'start';
  if (articles.has(word)) {
    if (!placePrepositions.has(before)) return 'named';
    // "moves in a slow arc" goes on about the movement.
    return findCameraWord(tokens[anchor - 2]?.word ?? '') ? 'linked' : 'place';
  }
  if (isCameraSubject(tokens, anchor)) return 'camera';
  if (entry.trust === 'film' && filmNouns.has(word)) return 'camera';
  if (conjunctions.has(word) || (word === 'it' && entry.trust === 'film')) return 'linked';
  return placePrepositions.has(word) ? 'place' : 'other';
}

/** "The camera slowly, gently moves": commas between adverbs part nothing. "Aerial view, flying": nor does this one. */
function cameraBeforeCommas(tokens: Token[], last: number): boolean {
  let at = last;
  while (at >= 0 && (isAdverb(tokens[at]!.word) || isPaceWord(tokens[at]!.word))) at--;
  return tokens[at]?.sentence === tokens[last + 1]?.sentence && isCameraSubject(tokens, at);
}

/** Whether the noun is the camera, and not something that somebody looks at or walks towards. */
export function isCameraSubject(tokens: Token[], index: number): boolean {
  if (!cameraNouns.has(tokens[index]?.word ?? '')) return false;
  let before = index - 1;
  while (articles.has(tokens[before]?.word ?? '') || qualities.has(tokens[before]?.word ?? '')) before--;
  const isSameClause = tokens[before]?.clause === tokens[index]!.clause;
  return !(isSameClause && towardsPrepositions.has(tokens[before]!.word));
}

function describes(word: string): boolean {
  const isOfFilm = /^(smooth|cinematic|sweeping|horizontal|vertical|lateral)$/.test(word);
  return isAdverb(word) || isPaceWord(word) || isOfFilm || /wards?$/.test(word);
}

function passes(word: string): boolean {
  return helpers.has(word) || qualities.has(word) || word === 'left' || word === 'right';
}
