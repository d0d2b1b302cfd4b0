import type { Shot } from '../../picture/direct/shot.ts';
import type { MotionWishes } from '../engine.ts';

/** The shot with the camera's moves that were given outright, if any, and everything at the wanted strength. */
export function applyMotion<Directed extends Pick<Shot, 'moves' | 'motions'>>(
  shot: Directed,
  { camera, strength = 1 }: MotionWishes = {},
): Directed {
  const scale = <Part extends { strength: number }>(part: Part): Part => ({
    ...part,
    strength: Math.min(1, part.strength * strength),
  });
  return { ...shot, moves: (camera ?? shot.moves).map(scale), motions: shot.motions.map(scale) };
}
