import { yuv } from './draw-sprite.ts';
import type { Overlay } from './overlay.ts';
import { particles } from './particles.ts';

/** Gold dust and glitter: small stars that hang in the air, sink a little and flash up now and then. */
export const sparkles: Overlay = {
  kind: 'sparkles',
  phrases:
    'sparkle,glitter,golden particle,gold particle,golden dust,gold dust,magic dust,magical dust,fairy dust,stardust,star dust,magic particle,magical particle,glowing particle,light particle'.split(
      ',',
    ),
  create: (wish, stage) =>
    particles(
      {
        shape: 'glint',
        colours: [yuv(255, 190, 70), yuv(255, 215, 120), yuv(255, 240, 200)],
        glows: true,
        count: 230,
        size: [0.014, 0.03],
        breadth: 1,
        opacity: 1,
        speed: [0.02, 0.03],
        spread: 0.8,
        stray: [0.02, 0.2],
        spin: 0,
        shutter: 0,
        blink: 0.55,
      },
      wish,
      stage,
    ),
};
