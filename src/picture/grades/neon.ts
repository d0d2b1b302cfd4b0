import type { Grade } from './grade.ts';

/** Coloured signs that change: the tint wanders from magenta to blue and back, over deeper colours. */
export const neon: Grade = {
  kind: 'neon',
  phrases: 'neon,neon light,neon glow,cyberpunk,neon lights flicker'.split(','),
  create: ({ strength }, seed) => {
    const start = seed % 7;
    return ({ seconds }) => {
      const share = Math.min(1, seconds / 1.2);
      const turn = 1.1 * seconds + start;
      const amount = share * (8 + 12 * strength);
      return {
        exposure: 1 - 0.22 * share,
        contrast: 1 + 0.1 * share,
        saturation: 1 + 0.35 * share,
        blue: amount * (0.75 + 0.25 * Math.sin(1.7 * turn)),
        red: amount * Math.sin(turn) * 0.9,
      };
    };
  },
};
