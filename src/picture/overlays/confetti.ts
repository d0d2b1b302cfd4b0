import { yuv } from './draw-sprite.ts';
import type { Overlay } from './overlay.ts';
import { particles } from './particles.ts';

/** Scraps of paper that flutter down. */
export const confetti: Overlay = {
  kind: 'confetti',
  phrases: 'confetti'.split(','),
  create: (wish, stage) =>
    particles(
      {
        shape: 'paper',
        colours: [
          yuv(235, 60, 70),
          yuv(250, 200, 50),
          yuv(60, 150, 235),
          yuv(90, 200, 100),
          yuv(240, 120, 200),
        ],
        glows: false,
        count: 460,
        size: [0.012, 0.02],
        breadth: 0.6,
        opacity: 1,
        speed: [0.06, 0.36],
        spread: 0.4,
        stray: [0.03, 0.7],
        spin: 0.9,
        shutter: 1 / 48,
        blink: 0,
      },
      wish,
      stage,
    ),
};
