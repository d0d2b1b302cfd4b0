import { smoothstep } from '../pixels/smoothstep.ts';
import { type Grade, type Look, mixLooks, plain } from './grade.ts';

/**
 * A grade that goes from the picture's own colours to a look, and is there when the clip ends.
 *
 * @param look unless it is to be gentle; gentler wishes go part of the way, but never less than 60 %
 */
export function towards(kind: string, phrases: string, look: Partial<Look>): Grade {
  return {
    kind,
    phrases: phrases.split(','),
    create: ({ strength }) => {
      const goal = mixLooks(plain, { ...plain, ...look }, 0.6 + 0.4 * Math.min(1, 2 * strength));
      return ({ progress }) => mixLooks(plain, goal, smoothstep(0, 0.85, progress));
    },
  };
}
