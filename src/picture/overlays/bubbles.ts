import { yuv } from './draw-sprite.ts';
import type { Overlay } from './overlay.ts';
import { particles } from './particles.ts';

/** Bubbles that rise. */
export const bubbles: Overlay = {
  kind: 'bubbles',
  phrases: 'bubble,soap bubble'.split(','),
  create: (wish, stage) =>
    particles(
      {
        shape: 'bubble',
        colours: [yuv(225, 240, 255), yuv(250, 225, 255), yuv(225, 255, 240)],
        glows: false,
        count: 90,
        size: [0.012, 0.05],
        breadth: 1,
        opacity: 0.75,
        speed: [0.03, -0.16],
        spread: 0.4,
        stray: [0.03, 0.3],
        spin: 0,
        shutter: 0,
        blink: 0,
      },
      wish,
      stage,
    ),
};
