import { yuv } from './draw-sprite.ts';
import type { Overlay } from './overlay.ts';
import { particles } from './particles.ts';

/** Glowing flakes that rise from a fire. */
export const embers: Overlay = {
  kind: 'embers',
  phrases: 'ember,glowing embers,cinder,ashes,ash'.split(','),
  create: (wish, stage) =>
    particles(
      {
        shape: 'soft',
        colours: [yuv(255, 150, 40), yuv(255, 110, 25), yuv(255, 190, 80)],
        glows: true,
        count: 520,
        size: [0.007, 0.016],
        breadth: 1,
        opacity: 1,
        speed: [0.07, -0.3],
        spread: 0.5,
        stray: [0.04, 0.5],
        spin: 0,
        shutter: 1 / 40,
        blink: 0.9,
      },
      wish,
      stage,
    ),
};
