import { yuv } from './draw-sprite.ts';
import type { Overlay } from './overlay.ts';
import { particles } from './particles.ts';

/** Small lights that wander and glow up now and then. */
export const fireflies: Overlay = {
  kind: 'fireflies',
  phrases: 'firefly,fireflies,glowworm'.split(','),
  create: (wish, stage) =>
    particles(
      {
        shape: 'glow',
        colours: [yuv(205, 255, 80), yuv(245, 250, 110)],
        glows: true,
        count: 110,
        size: [0.022, 0.045],
        breadth: 1,
        opacity: 1,
        speed: [0.02, -0.01],
        spread: 0.9,
        stray: [0.09, 0.16],
        spin: 0,
        shutter: 0,
        blink: 0.4,
      },
      wish,
      stage,
    ),
};
