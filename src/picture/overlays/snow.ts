import { yuv } from './draw-sprite.ts';
import type { Overlay } from './overlay.ts';
import { particles } from './particles.ts';

/** Flakes that sink and stray; the near ones out of focus. */
export const snow: Overlay = {
  kind: 'snow',
  phrases: 'snow,snowing,snowfall,snowflake,snowy,blizzard,snowstorm'.split(','),
  create: (wish, stage) =>
    particles(
      {
        shape: 'soft',
        colours: [yuv(245, 248, 255)],
        glows: false,
        count: 1300,
        size: [0.007, 0.018],
        breadth: 1,
        opacity: 1,
        speed: [0.1, 0.26],
        spread: 0.3,
        stray: [0.03, 0.35],
        spin: 0,
        shutter: 1 / 48,
        blink: 0,
      },
      wish,
      stage,
    ),
};
