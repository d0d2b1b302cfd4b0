import { createRandom, deriveSeed, type Random } from '../../random.ts';
import type { MoveSense } from './camera-words.ts';
import { defaultMoves, extension, type IsUnwanted, leftOrRight } from './defaults.ts';
import { findMentions, type Mention } from './mentions.ts';
import { readPace } from './pace.ts';
import { phraseAround } from './phrasing.ts';
import { findScenery } from './scenery.ts';
import { arrange, type Told } from './sequence.ts';
import type { CameraMove, Shot } from './shot.ts';
import { type Token, tokenize } from './tokens.ts';

/** What the director goes by. */
export interface Brief {
  /** Any words. */
  prompt: string;
  /** What must not happen: `camera shake, zoom, rain`. */
  negativePrompt: string;
  /** Adds a gentle second movement where the prompt asks for at most one, and what moves by itself in such a picture. */
  extendPrompt: boolean;
  /** 0 … 2³¹ − 1; decides what the words leave open. */
  seed: number;
  /** Motions and overlays that go on in the picture by themselves. Default: what does so wherever it is found. */
  own?: readonly string[];
}

/**
 * Decides what happens in a clip. The same brief gives the same shot; see {@link directCamera}, {@link findScenery}.
 */
export function direct(brief: Brief): Shot {
  return { seed: brief.seed, moves: directCamera(brief), ...findScenery(brief) };
}

/**
 * Decides what the camera does. The same brief gives the same shot; other seeds differ in what the prompt leaves open:
 * the side of a pan, or the whole shot when nothing is said.
 */
function directCamera({ prompt, negativePrompt, extendPrompt, seed }: Brief): CameraMove[] {
  const tokens = tokenize(prompt);
  const mentions = findMentions(tokens, false);
  const unwanted = findMentions(tokenize(negativePrompt), true);
  const isUnwanted = forbiddenBy(unwanted);
  const isDenied = forbiddenBy(mentions.filter((mention) => mention.isNegated && !mention.isVague));
  const isOutOfPlace: IsUnwanted = (move) => isUnwanted(move) || isDenied(move);

  const random = createRandom(deriveSeed(seed, 'open directions'));
  const told = tell(prompt, tokens, clearest(mentions), random)
    .map(({ mention, moves }) => ({ mention, moves: moves.filter((move) => !isUnwanted(move)) }))
    .filter(({ moves }) => moves.length > 0);
  const asked = arrange(told, tokens);
  if (asked.length === 0) {
    const stillness = holdsCamera(prompt);
    if (stillness)
      return [{ kind: 'static', strength: 0, span: [0, 1], easing: 'ease', why: `prompt: "${stillness}"` }];
    const moves = defaultMoves(seed, (move) => isOutOfPlace(move) || looksLike(move, isOutOfPlace));
    const isStatic = moves[0]!.kind === 'static';
    const more = extendPrompt && !isStatic ? extension(moves, seed, isOutOfPlace) : undefined;
    return more ? [...moves, more] : moves;
  }
  const mayExtend = extendPrompt && asked.length === 1 && asked[0]!.kind !== 'static';
  const more = mayExtend ? extension(asked, seed, isOutOfPlace) : undefined;
  return more ? [...asked, more] : asked;
}

const pictureRests =
  /\b(freeze frame|cinemagraph|nothing moves|only the (?!camera)\w+( \w+)? moves?|(the )?background (stays? )?still)\b/i;

/** The words by which nothing, or nothing but one thing, is to move: then neither does the camera, unless it is told to. */
function holdsCamera(prompt: string): string | undefined {
  return pictureRests.exec(prompt)?.[0];
}

/** What is asked for: "the camera moves" counts only alone, and "the camera does not move" asks for stillness. */
function clearest(mentions: Mention[]): Mention[] {
  const asked = mentions.flatMap((mention): Mention[] => {
    if (!mention.isNegated) return [mention];
    return mention.isVague ? [{ ...mention, moves: [['static']], isNegated: false, isVague: false }] : [];
  });
  const clear = asked.filter(({ isVague }) => !isVague);
  return clear.length > 0 ? clear : asked.slice(0, 1);
}

/** Turns mentions into moves, each with its pace and its words. */
function tell(prompt: string, tokens: Token[], mentions: Mention[], random: Random): Told[] {
  return mentions.map((mention, index) => {
    const previousEnd = mentions[index - 1]?.end ?? 0;
    const nextFirst = mentions[index + 1]?.first ?? tokens.length;
    const { words, start, end } = phraseAround(tokens, mention, previousEnd, nextFirst);
    const pace = readPace(words);
    const why = `prompt: "${prompt.slice(start, end)}"`;
    const moves = mention.moves.map((sense): CameraMove => {
      const move = moveOf(sense, random);
      return { ...move, ...pace, ...(move.kind === 'static' && { strength: 0 }), span: [0, 1], why };
    });
    return { mention, moves };
  });
}

function moveOf([kind, direction]: MoveSense, random: Random): Pick<CameraMove, 'kind' | 'direction'> {
  if (direction === undefined) return { kind };
  if (direction === 'either') return { kind, direction: leftOrRight(random) };
  if (direction === 'either turn') {
    return { kind, direction: leftOrRight(random) === 'left' ? 'counterclockwise' : 'clockwise' };
  }
  return { kind, direction };
}

/** What mentions forbid. One against all camera movement leaves only `static`; one against `static` forbids just that. */
function forbiddenBy(mentions: Mention[]): IsUnwanted {
  const forbidsAll = mentions.some(({ isVague }) => isVague);
  return ({ kind, direction }) => {
    if (forbidsAll && kind !== 'static') return true;
    return mentions.some(({ moves, hasHeading, isVague }) =>
      moves.some(([other, heading]) => !isVague && other === kind && (!hasHeading || heading === direction)),
    );
  };
}

/** Who wants no zoom would not want to be driven in unasked either. */
const looksLike = ({ kind }: Pick<CameraMove, 'kind'>, isUnwanted: IsUnwanted): boolean =>
  (kind === 'dolly' && isUnwanted({ kind: 'zoom', direction: 'in' })) ||
  (kind === 'truck' && isUnwanted({ kind: 'pan' })) ||
  (kind === 'pedestal' && isUnwanted({ kind: 'tilt', direction: 'up' }));
