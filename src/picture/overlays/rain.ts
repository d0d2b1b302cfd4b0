import { yuv } from './draw-sprite.ts';
import type { Overlay } from './overlay.ts';
import { particles } from './particles.ts';

/** Streaks that fall fast, a little aslant; the far ones as fine as a veil. */
export const rain: Overlay = {
  kind: 'rain',
  phrases: 'rain,raining,rainy,rainfall,downpour,drizzle,rainstorm,raindrop'.split(','),
  create: (wish, stage) =>
    particles(
      {
        shape: 'soft',
        colours: [yuv(205, 215, 225)],
        glows: true,
        count: 1500,
        size: [0.012, 0.02],
        breadth: 0.12,
        opacity: 1,
        speed: [0.25, 2.6],
        spread: 0.15,
        stray: [0, 0],
        spin: 0,
        shutter: 1 / 36,
        blink: 0,
      },
      wish,
      stage,
    ),
};
