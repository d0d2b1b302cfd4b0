import { isCameraSubject } from './company.ts';
import { clauseBounds, type Token } from './tokens.ts';
import { articles, helpers, isAdverb, negators, qualities } from './vocabulary.ts';

/** Words from `first` to before `end` that say that the camera stands still, or (denied) that it does not. */
export interface Stillness {
  first: number;
  end: number;
  isDenied: boolean;
}

const states = new Set('static still fixed stationary motionless locked unmoving immobile'.split(' '));
const filmed = new Set(
  'camera cam shot shots view viewpoint perspective frame framing position tripod'.split(' '),
);
const sizes = new Set(
  'wide medium close up long angle establishing full extreme macro off down studio portrait'.split(' '),
);
const staying = new Set(
  'stays stay remains remain holds hold keeps stands rests lingers staying remaining held kept'.split(' '),
);
/** States that, alone in a clause of a negative prompt, can only be the camera's. */
const alone = new Set('static stationary motionless still frozen'.split(' '));

/** Finds every place where a prompt says that the camera stands still: "static shot", "the camera stays fixed". */
export function findStillness(tokens: Token[], isList: boolean): Stillness[] {
  const found: Stillness[] = [];
  for (let index = 0; index < tokens.length; index++) {
    const end =
      stateOfShot(tokens, index) ?? stateOfCamera(tokens, index) ?? setPhrase(tokens, index, isList);
    if (end === null) continue;
    found.push({ first: index, end, isDenied: !isList && isDenied(tokens, index, end) });
    index = end - 1;
  }
  return found;
}

/** `static shot`, `fixed wide angle camera`, `locked off shot`. */
function stateOfShot(tokens: Token[], index: number): number | null {
  if (!states.has(tokens[index]!.word)) return null;
  const [, clauseEnd] = clauseBounds(tokens, index);
  for (let next = index + 1; next < Math.min(clauseEnd, index + 5); next++) {
    const { word } = tokens[next]!;
    if (filmed.has(word)) return next + 1;
    if (!sizes.has(word) && !qualities.has(word) && !states.has(word)) return null;
  }
  return null;
}

/** `the camera is completely still`, `keep the camera fixed`, `the camera holds on her face`. */
function stateOfCamera(tokens: Token[], index: number): number | null {
  if (!/^(camera|cam|shot|view|frame)$/.test(tokens[index]!.word)) return null;
  const [, clauseEnd] = clauseBounds(tokens, index);
  let stays = false;
  for (let next = index + 1; next < clauseEnd; next++) {
    const { word } = tokens[next]!;
    const after = tokens[next + 1]?.word ?? '';
    if (states.has(word) || word === 'steady') return isStillDoing(word, after) ? null : next + 1;
    if (stays && word === 'in' && /^(place|position)$/.test(after)) return next + 2;
    if (stays && /^(on|at|for|over)$/.test(word)) return isCameraSubject(tokens, index) ? next : null;
    if (!staying.has(word) && !helpers.has(word) && !isAdverb(word)) return null;
    stays ||= staying.has(word);
  }
  return stays && isCameraSubject(tokens, index) ? clauseEnd : null;
}

/** `still moving` is not still. */
function isStillDoing(word: string, after: string): boolean {
  return word === 'still' && after.endsWith('ing');
}

/** `locked off`, `tripod shot`, and `static` or `no movement` as a whole clause. */
function setPhrase(tokens: Token[], index: number, isList: boolean): number | null {
  const { word } = tokens[index]!;
  const next = tokens[index + 1]?.word ?? '';
  if (/^lock(ed)?$/.test(word) && next === 'off') return index + 2;
  if (word === 'tripod' && next === 'shot') return index + 2;
  const [first, end] = clauseBounds(tokens, index);
  if (index !== first) return null;
  const bare = tokens
    .slice(first, end)
    .map((token) => token.word)
    .filter((part) => !isAdverb(part) && part !== 'very');
  const only = bare.length === 1 ? bare[0]! : '';
  if (only === 'static' || (isList && alone.has(only))) return end;
  const deniesAll = !isList && bare.length === 2 && /^(no|zero|without)$/.test(bare[0]!);
  return deniesAll && /^(movement|motion|movements)$/.test(bare[1]!) ? end : null;
}

function isDenied(tokens: Token[], first: number, end: number): boolean {
  if (/^(movement|motion|movements)$/.test(tokens[end - 1]!.word)) return false;
  if (tokens.slice(first, end).some(({ word }) => negators.has(word))) return true;
  let before = first - 1;
  while (before >= 0 && (articles.has(tokens[before]!.word) || isAdverb(tokens[before]!.word))) before--;
  const token = tokens[before];
  return token !== undefined && token.clause === tokens[first]!.clause && negators.has(token.word);
}
