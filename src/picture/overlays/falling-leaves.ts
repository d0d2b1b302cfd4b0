import { yuv } from './draw-sprite.ts';
import type { Overlay } from './overlay.ts';
import { particles } from './particles.ts';

/** Autumn leaves that tumble down. */
export const leaves: Overlay = {
  kind: 'leaves',
  phrases:
    'falling leaf,falling leaves,leaves falling,leaves fall,leaves drift,drifting leaves,leaves blowing,leaves blow,lets go of its leaves,blowing leaves,leaves swirling,swirling leaves'.split(
      ',',
    ),
  create: (wish, stage) =>
    particles(
      {
        shape: 'leaf',
        colours: [yuv(205, 110, 30), yuv(180, 70, 25), yuv(220, 165, 50), yuv(140, 90, 35)],
        glows: false,
        count: 120,
        size: [0.024, 0.05],
        breadth: 0.5,
        opacity: 1,
        speed: [0.18, 0.22],
        spread: 0.35,
        stray: [0.08, 0.35],
        spin: 0.35,
        shutter: 1 / 48,
        blink: 0,
      },
      wish,
      stage,
    ),
};
