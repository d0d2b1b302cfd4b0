import { yuv } from './draw-sprite.ts';
import type { Overlay } from './overlay.ts';
import { particles } from './particles.ts';

/** Motes that hang in the light. */
export const dust: Overlay = {
  kind: 'dust',
  phrases: 'dust,dust mote,dust particle,floating particles,particle,pollen'.split(','),
  create: (wish, stage) =>
    particles(
      {
        shape: 'soft',
        colours: [yuv(255, 244, 220)],
        glows: true,
        count: 420,
        size: [0.005, 0.013],
        breadth: 1,
        opacity: 0.8,
        speed: [0.02, -0.012],
        spread: 0.8,
        stray: [0.03, 0.12],
        spin: 0,
        shutter: 1 / 48,
        blink: 0.22,
      },
      wish,
      stage,
    ),
};
