import type { Mention } from './mentions.ts';
import type { CameraMove, Direction } from './shot.ts';
import type { Token } from './tokens.ts';
import { sequenceWords, togetherWords } from './vocabulary.ts';

/** A mention and the moves that came of it. */
export interface Told {
  mention: Mention;
  moves: CameraMove[];
}

const opposites: Partial<Record<Direction, Direction>> = {
  left: 'right',
  right: 'left',
  up: 'down',
  down: 'up',
  in: 'out',
  out: 'in',
  clockwise: 'counterclockwise',
  counterclockwise: 'clockwise',
};

/**
 * Puts moves in time: what is told with "then", in another sentence, or against the move before it comes after it;
 * all else happens together. The clip is divided into equal parts, one for each stage.
 */
export function arrange(told: Told[], tokens: Token[]): CameraMove[] {
  const stages: CameraMove[][] = [];
  told.forEach(({ mention, moves }, index) => {
    const previous = told[index - 1]?.mention;
    const link = previous ? linkBetween(tokens, previous, mention) : 'then';
    const groups = mention.inTurn ? moves.map((move) => [move]) : [moves];
    groups.forEach((group, turn) => {
      const stage = stages.at(-1);
      const isRepeat = stage && group.every((move) => stage.some((other) => isSame(move, other)));
      if (isRepeat) return;
      const clashes = stage?.some((move) =>
        group.some((other) => other.kind === move.kind && contradicts(other, move)),
      );
      if (link === 'after' && turn === 0 && stages.length > 0) stages.splice(-1, 0, group);
      else if (!stage || turn > 0 || link === 'then' || clashes) stages.push(group);
      else stage.push(...group);
    });
  });
  return stages.flatMap((stage, index) => {
    const moving = stage.filter(({ kind }) => kind !== 'static');
    const span: CameraMove['span'] = [index / stages.length, (index + 1) / stages.length];
    return (moving.length > 0 ? moving : stage.slice(0, 1)).map((move) => ({ ...move, span }));
  });
}

function linkBetween(tokens: Token[], one: Mention, other: Mention): 'then' | 'after' | 'together' {
  const between = tokens.slice(one.end, other.first).map(({ word }) => word);
  const after = between.indexOf('after');
  if (after >= 0 && !/^(that|this|which|a|an|the)$/.test(between[after + 1] ?? '')) return 'after';
  if (between.some((word) => sequenceWords.has(word))) return 'then';
  if (between.some((word) => togetherWords.has(word))) return 'together';
  return tokens[one.end - 1]!.sentence === tokens[other.first]!.sentence ? 'together' : 'then';
}

function isSame(one: CameraMove, other: CameraMove): boolean {
  return one.kind === other.kind && one.direction === other.direction;
}

function contradicts(one: CameraMove, other: CameraMove): boolean {
  return one.direction !== undefined && opposites[one.direction] === other.direction;
}
