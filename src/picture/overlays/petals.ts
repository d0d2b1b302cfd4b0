import { yuv } from './draw-sprite.ts';
import type { Overlay } from './overlay.ts';
import { particles } from './particles.ts';

/** Petals that tumble down. */
export const petals: Overlay = {
  kind: 'petals',
  phrases: 'petal,cherry blossom,blossoms falling,sakura,rose petal'.split(','),
  create: (wish, stage) =>
    particles(
      {
        shape: 'leaf',
        colours: [yuv(255, 190, 205), yuv(250, 165, 190), yuv(255, 215, 225)],
        glows: false,
        count: 210,
        size: [0.018, 0.034],
        breadth: 0.6,
        opacity: 0.95,
        speed: [0.14, 0.2],
        spread: 0.35,
        stray: [0.06, 0.4],
        spin: 0.4,
        shutter: 1 / 48,
        blink: 0,
      },
      wish,
      stage,
    ),
};
