import { isPaceWord, readPace } from './pace.ts';
import type { Wish } from './shot.ts';
import { clauseBounds, type Token } from './tokens.ts';
import { articles, contrasts, isAdverb, negators } from './vocabulary.ts';

/** Something that a prompt may ask for by name: a motion, an overlay, a grade. */
export interface Wishable {
  readonly kind: string;
  /** Lower case; a word stands for its plural too; several words are a phrase. */
  readonly phrases: readonly string[];
  /** Words that let it happen without naming it. */
  readonly hints?: readonly string[];
}

/** A wish, the words that made it, and whether it is denied. */
export interface Asked<Item extends Wishable> {
  item: Item;
  wish: Wish;
  isNegated: boolean;
}

/** How strong nature is said to be, beside the words of pace. */
const forces = new Map<string, number>();
for (const [strength, list] of [
  [0.2, 'calm quiet thin sparse faint tranquil serene peaceful few'],
  [0.3, 'light lightly mild tender small'],
  [0.8, 'thick dense many rough choppy rushing roaring blowing windy swirling'],
  [0.9, 'heavy heavily pouring torrential crashing lots hard blazing bright'],
  [1, 'stormy storm raging wild furious fierce howling violent blizzard downpour'],
] as const) {
  for (const word of list.split(' ')) forces.set(word, strength);
}

/** Phrases that name something else. */
const traps = [
  'snow covered,snow capped,snow white,sky blue,sea food,water bottle,water colour,water color,water glass,glass of water',
  'hot water,rain coat,rain forest,rain boots,cloud computing,camp fire site,fire place,fire truck,fire hydrant,fire fighter',
  'wave at,waves at,waves his,waves her,waves to,waving at,leaves the,leaves her,leaves his,leaves for,leaves a,dust off',
  'spark plug,hair cut,sun set table,grass snake,in the dust,night stand,night club,night gown,warm hearted,warm up,tree house',
  'over the snow,across the snow,on the snow,lightning bug,lightning fast,smoke free,smoke alarm,fog lights,neon green,neon sign,confetti cake,swimming pool,car pool,pool table',
  'holds its breath,holds her breath,holds his breath,hold your breath',
  'steam train,steam engine,steam locomotive,steam boat,steam ship,water tower,water mill,grass skirt,fire engine',
]
  .join(',')
  .split(',')
  .map((phrase) => ({ words: phrase.split(' ') }));

/** Words that after or before certain others name something else, while the others keep their meaning. */
const otherwise: readonly { word: RegExp; after?: Set<string>; before?: Set<string> }[] = [
  {
    word: /^wav(es?|ing)$/,
    after: wordsOf(
      'grass grasses wheat corn reeds flag flags banner hair scarf curtain curtains palm palms tree trees he she i they ' +
        'man men woman women girl girls boy boys child children kid kids baby people person hand hands mum mom dad ' +
        'mother father grandma grandpa friend friends heat sound is are',
    ),
  },
  { word: /^rippl(es?|ing)$/, after: wordsOf('field fields wheat grass silk fabric dress flag') },
  { word: /^breath(es?|ing)?$/, before: wordsOf('fire flames smoke steam life taking') },
  {
    word: /^(sleeping|asleep)$/,
    before: wordsOf(
      'lake sea town village city valley forest mountain mountains garden house houses earth world',
    ),
  },
];

function wordsOf(list: string): Set<string> {
  return new Set(list.split(' '));
}

/** "Ripples like water", "falls like a rain of gold"; not "I would like rain". */
function isLikened(tokens: Token[], index: number): boolean {
  const like = articles.has(tokens[index - 1]?.word ?? '') ? index - 2 : index - 1;
  if (tokens[like]?.word !== 'like' || tokens[like].clause !== tokens[index]!.clause) return false;
  return !/^(i|we|you|would|i'd|we'd|they|should|please|looks?|feels?)$/.test(tokens[like - 1]?.word ?? 'i');
}

function meansOther(tokens: Token[], index: number): boolean {
  const { word, clause } = tokens[index]!;
  if (isLikened(tokens, index)) return true;
  const neighbour = (at: number) => (tokens[at]?.clause === clause ? tokens[at].word : '');
  return otherwise.some(
    (entry) =>
      entry.word.test(word) &&
      (entry.after?.has(neighbour(index - 1)) || entry.before?.has(neighbour(index + 1))),
  );
}

/**
 * Finds what a prompt asks for, each kind once, in the order of the words. Of two names for the same words the longer one
 * counts: "falling leaves" are not "leaves". Words of force beside it make it strong or gentle.
 */
export function findWishes<Item extends Wishable>(
  text: string,
  tokens: Token[],
  items: readonly Item[],
): Asked<Item>[] {
  const names = items
    .flatMap((item) => [
      ...item.phrases.map((phrase) => ({ item, words: phrase.split(' '), source: 'prompt' })),
      ...(item.hints ?? []).map((hint) => ({ item, words: hint.split(' '), source: 'hint' })),
    ])
    .sort((one, other) => other.words.length - one.words.length);
  const byBeginning = indexByBeginning(names);
  const nameWords = new Set(names.flatMap(({ words }) => words.flatMap(formsOf)));
  const isName = (word: string) => nameWords.has(word);
  const found = new Map<string, Asked<Item>>();
  for (let index = 0; index < tokens.length; ) {
    const { word } = tokens[index]!;
    const trap = trapsByBeginning.get(word)?.find(({ words }) => matches(tokens, index, words))?.words;
    const named = meansOther(tokens, index) ? [] : (byBeginning.get(word) ?? []);
    const name = trap ? undefined : named.find(({ words }) => matches(tokens, index, words));
    const end = index + (trap ?? name?.words ?? [word]).length;
    // One word may hint at several things: the wind at grass and at hair.
    const same = named.filter(({ words }) => words.join(' ') === name?.words.join(' '));
    for (const { item, source } of same) {
      const before = found.get(item.kind);
      const outranks = source === 'prompt' && before?.wish.why.startsWith('hint');
      // A thousand repetitions say no more than the first, and must not cost more.
      if (before && !before.isNegated && !outranks) continue;
      const isNegated = isDenied(tokens, index, isName);
      if (!before || !isNegated || outranks) {
        const [from, to] = surroundings(tokens, index, end);
        const wish: Wish = {
          kind: item.kind,
          strength: forceOf(tokens.slice(from, to).map(({ word }) => word)),
          ...directionOf(tokens, end),
          why: `${source}: "${text.slice(tokens[from]!.start, tokens[to - 1]!.end)}"`,
        };
        found.set(item.kind, { item, wish, isNegated });
      }
    }
    index = end;
  }
  return [...found.values()];
}

/** A name's word and its plurals. */
function formsOf(name: string): string[] {
  return [name, `${name}s`, `${name}es`];
}

function isForm(word: string, name: string): boolean {
  return word.startsWith(name) && ['', 's', 'es'].includes(word.slice(name.length));
}

/** Names by the words that they may begin with, in the order of the list. */
function indexByBeginning<Name extends { words: string[] }>(names: readonly Name[]): Map<string, Name[]> {
  const index = new Map<string, Name[]>();
  for (const name of names) {
    for (const form of formsOf(name.words[0]!)) {
      const list = index.get(form);
      if (list) list.push(name);
      else index.set(form, [name]);
    }
  }
  return index;
}

const trapsByBeginning = indexByBeginning(traps);

function matches(tokens: Token[], index: number, words: string[]): boolean {
  return words.every((word, offset) => {
    const token = tokens[index + offset];
    return token !== undefined && isForm(token.word, word) && token.clause === tokens[index]!.clause;
  });
}

const isForce = (word: string) => forces.has(word) || isPaceWord(word) || isAdverb(word);
const joins = new Set('and or any very extremely really more'.split(' '));

/** The words of force before it, and the adverbs after it: "heavy rain", "rain falls gently". */
function surroundings(tokens: Token[], index: number, end: number): [from: number, to: number] {
  const [first, last] = clauseBounds(tokens, index);
  let from = index;
  while (from > first && (isForce(tokens[from - 1]!.word) || joins.has(tokens[from - 1]!.word))) from--;
  while (joins.has(tokens[from]!.word)) from++;
  let to = end;
  for (let next = end; next < Math.min(last, end + 4); next++) {
    if (isForce(tokens[next]!.word)) to = next + 1;
    else if (articles.has(tokens[next]!.word) || /^(and|with|camera)$/.test(tokens[next]!.word)) break;
  }
  return [Math.min(from, index), to];
}

function forceOf(words: string[]): number {
  const named = words.flatMap((word) => forces.get(word) ?? []);
  const { strength } = readPace(words);
  const weak = [...named, strength].filter((value) => value < 0.5);
  return weak.length > 0 ? Math.min(...weak) : Math.max(strength, ...named);
}

function directionOf(tokens: Token[], end: number): Pick<Wish, 'direction'> {
  for (let next = end; next < tokens.length && tokens[next]!.clause === tokens[end - 1]!.clause; next++) {
    const { word } = tokens[next]!;
    if (/^(and|camera|while)$/.test(word)) return {};
    const side = /^(left|right)(wards?)?$/.exec(word)?.[1];
    if (side !== 'left' && side !== 'right') continue;
    const before = tokens[articles.has(tokens[next - 1]!.word) ? next - 2 : next - 1]?.word;
    const comesFrom = before === 'from' || tokens[next + 1]?.word === 'to';
    return { direction: comesFrom === (side === 'left') ? 'right' : 'left' };
  }
  return {};
}

/** "No rain", "without any heavy rain or snow". */
function isDenied(tokens: Token[], index: number, isName: (word: string) => boolean): boolean {
  for (let at = index - 1; at >= 0; at--) {
    const { word, sentence } = tokens[at]!;
    if (sentence !== tokens[index]!.sentence || contrasts.has(word)) return false;
    if (negators.has(word)) return true;
    const passes = isForce(word) || articles.has(word) || /^(or|nor|the|of)$/.test(word) || isName(word);
    if (!passes) return false;
  }
  return false;
}
