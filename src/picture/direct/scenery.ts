import { grades } from '../grades/index.ts';
import { motions } from '../motions/index.ts';
import { overlays } from '../overlays/index.ts';
import type { Brief } from './direct.ts';
import type { Shot, Wish } from './shot.ts';
import { type Token, tokenize } from './tokens.ts';
import { type Asked, findWishes, type Wishable } from './wish.ts';

/** How strongly things move of which nothing was said. */
const AMBIENT_STRENGTH = 0.3;

/** The same in a picture that is known to have it. */
const OWN_STRENGTH = 0.45;

/**
 * Finds what happens in a picture besides the camera: motions, overlays and grades that the prompt names and does not deny
 * and that the negative prompt does not name. A prompt that names none gets what moves by itself in such a picture, as
 * gently as it can be overlooked; {@link isUnasked} tells it apart.
 */
export function findScenery({
  prompt,
  negativePrompt,
  extendPrompt,
  own,
}: Brief): Omit<Shot, 'seed' | 'moves'> {
  const tokens = tokenize(prompt);
  const all: Wishable[] = [...motions, ...overlays, ...grades];
  const asked = findWishes(prompt, tokens, all);
  const unwanted = tokenize(negativePrompt);
  const forbidden = new Set(findWishes(negativePrompt, unwanted, all).map(({ item }) => item.kind));
  for (const { item, isNegated } of asked) if (isNegated) forbidden.add(item.kind);
  const wanted = asked.filter(({ item }) => !forbidden.has(item.kind));
  const of = (items: readonly Wishable[]): Wish[] =>
    wanted.filter(({ item }: Asked<Wishable>) => items.includes(item)).map(({ wish }) => wish);
  const mayMove =
    !forbidsMovement(unwanted) &&
    !holdsStill(tokens) &&
    (own !== undefined || wanted.length === 0 || extendPrompt);
  const goesOn = ({ kind, isAmbient }: { kind: string; isAmbient?: boolean }) =>
    mayMove && !forbidden.has(kind) && (own ? own.includes(kind) : isAmbient === true);
  const strength = own ? OWN_STRENGTH : AMBIENT_STRENGTH;
  const withOwn = (items: readonly (Wishable & { isAmbient?: boolean })[]): Wish[] => {
    const named = of(items);
    const unnamed = items.filter((item) => goesOn(item) && named.every(({ kind }) => kind !== item.kind));
    return [...named, ...unnamed.map(({ kind }): Wish => ({ kind, strength, why: `default: ${kind}` }))];
  };
  return { motions: withOwn(motions), overlays: withOwn(overlays), grades: of(grades) };
}

/** Whether nobody asked for it: when its region is not in the picture, nobody has to be told. */
export function isUnasked({ why }: Wish): boolean {
  return why.startsWith('default') || why.startsWith('hint');
}

const rest =
  /\b(nothing (else )?(moves|changes|is moving)|(everything|all) (else )?(stays?|remains?|is) (\w+ly )?(still|frozen|motionless|static|unmoving)|no other (movement|motion|animation)s?|only the camera (moves|is moving))\b/;

/** "Nothing else moves": what is named may, and nothing by itself. */
function holdsStill(tokens: Token[]): boolean {
  return rest.test(tokens.map(({ word }) => word).join(' '));
}

/** A negative prompt against "motion" or "movement" as such. */
function forbidsMovement(tokens: Token[]): boolean {
  return tokens.some(({ word, clause }, index) => {
    const isAlone = tokens[index - 1]?.clause !== clause && tokens[index + 1]?.clause !== clause;
    return isAlone && /^(motion|movement|animation)$/.test(word);
  });
}
