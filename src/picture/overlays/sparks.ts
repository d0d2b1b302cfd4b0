import { yuv } from './draw-sprite.ts';
import type { Overlay } from './overlay.ts';
import { particles } from './particles.ts';

/** Bright streaks that fly up. */
export const sparks: Overlay = {
  kind: 'sparks',
  phrases: 'spark,flying sparks'.split(','),
  create: (wish, stage) =>
    particles(
      {
        shape: 'soft',
        colours: [yuv(255, 215, 140), yuv(255, 180, 80)],
        glows: true,
        count: 420,
        size: [0.006, 0.011],
        breadth: 0.5,
        opacity: 1,
        speed: [0.5, -1.3],
        spread: 0.6,
        stray: [0.05, 0.9],
        spin: 0,
        shutter: 1 / 30,
        blink: 1.6,
      },
      wish,
      stage,
    ),
};
