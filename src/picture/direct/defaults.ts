import { between, createRandom, deriveSeed, type Random } from '../../random.ts';
import type { CameraMove } from './shot.ts';

type Plain = Pick<CameraMove, 'kind'> & Pick<Partial<CameraMove>, 'direction'>;

/** Tells whether a move is unwanted. */
export type IsUnwanted = (move: Plain) => boolean;

const whole: CameraMove['span'] = [0, 1];

/** What the camera does unasked, the best first. Going in keeps the eye on the picture and shows depth. */
const candidates: ((random: Random) => Plain)[] = [
  () => ({ kind: 'dolly', direction: 'in' }),
  (random) => ({ kind: 'orbit', direction: leftOrRight(random) }),
  (random) => ({ kind: 'truck', direction: leftOrRight(random) }),
  () => ({ kind: 'pedestal', direction: 'up' }),
  (random) => ({ kind: 'pan', direction: leftOrRight(random) }),
  () => ({ kind: 'tilt', direction: 'up' }),
];

/** What goes well with another move. */
const companions: ((random: Random) => Plain)[] = [
  (random) => ({ kind: 'truck', direction: leftOrRight(random) }),
  (random) => ({ kind: 'orbit', direction: leftOrRight(random) }),
  () => ({ kind: 'pedestal', direction: 'up' }),
  () => ({ kind: 'pedestal', direction: 'down' }),
  () => ({ kind: 'dolly', direction: 'in' }),
];

/** Left or right, evenly. */
export function leftOrRight(random: Random): 'left' | 'right' {
  return random() < 0.5 ? 'left' : 'right';
}

/**
 * The shot for a prompt that says nothing about the camera: a move of less than half strength (0.34–0.46), so that who
 * fills the picture stays in it, and a slight drift (0.07–0.14) that differs from seed to seed; `static` when every move
 * is unwanted.
 */
export function defaultMoves(seed: number, isUnwanted: IsUnwanted): CameraMove[] {
  const random = createRandom(deriveSeed(seed, 'default shot'));
  const move = candidates.map((create) => create(random)).find((candidate) => !isUnwanted(candidate));
  if (!move) return [{ kind: 'static', strength: 0, span: whole, easing: 'ease', why: 'negative prompt' }];
  const main: CameraMove = {
    ...move,
    strength: between(random, 0.34, 0.46),
    span: whole,
    easing: 'ease',
    why: `default: ${describe(move)}`,
  };
  const drift = companion([main], random, isUnwanted);
  if (!drift) return [main];
  const strength = between(random, 0.07, 0.14);
  return [
    main,
    { ...drift, strength, span: whole, easing: 'ease', why: `default: drift, ${describe(drift)}` },
  ];
}

/**
 * A gentle second component (strength 0.25) for a shot, of a kind that it does not have; undefined when none is
 * wanted.
 */
export function extension(moves: CameraMove[], seed: number, isUnwanted: IsUnwanted): CameraMove | undefined {
  const random = createRandom(deriveSeed(seed, 'extended shot'));
  const move = companion(moves, random, isUnwanted);
  return move && { ...move, strength: 0.25, span: whole, easing: 'ease', why: `extended: ${describe(move)}` };
}

function companion(moves: CameraMove[], random: Random, isUnwanted: IsUnwanted): Plain | undefined {
  const isNew = ({ kind }: Plain) =>
    moves.every((move) => move.kind !== kind && !looksAlike(move.kind, kind));
  const free = companions.map((create) => create(random)).filter((move) => isNew(move) && !isUnwanted(move));
  return free[Math.floor(random() * free.length)];
}

/** Pairs of moves that add up to one bigger move, or cancel out, in the eye. */
function looksAlike(one: CameraMove['kind'], other: CameraMove['kind']): boolean {
  const pairs = [
    ['zoom', 'dolly'],
    ['pan', 'truck'],
    ['pan', 'orbit'],
    ['truck', 'orbit'],
    ['tilt', 'pedestal'],
  ];
  return pairs.some((pair) => pair.includes(one) && pair.includes(other));
}

function describe({ kind, direction }: Plain): string {
  return direction ? `${kind} ${direction}` : kind;
}
