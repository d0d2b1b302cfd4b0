import { between, createRandom } from '../../random.ts';
import { yuv } from './draw-sprite.ts';
import { shine } from './light.ts';
import type { Overlay } from './overlay.ts';

/** Light that gets into an old camera: warm stains that wander in from the edges and go. */
export const lightLeaks: Overlay = {
  kind: 'lightLeaks',
  phrases: 'light leak,film burn,light leaking'.split(','),
  create: (wish, { seed, aspectRatio }) => {
    const random = createRandom(seed);
    const leaks = [yuv(255, 120, 40), yuv(255, 60, 50), yuv(255, 190, 90)].map((colour) => ({
      colour,
      x: random() < 0.5 ? -0.1 : aspectRatio + 0.1,
      y: between(random, 0, 1),
      reach: between(random, 0.35, 0.7),
      rate: between(random, 0.1, 0.22),
      phase: between(random, 0, 2 * Math.PI),
    }));
    return (moment) => {
      for (const { colour, x, y, reach, rate, phase } of leaks) {
        const turn = 2 * Math.PI * rate * moment.seconds + phase;
        const strength = moment.share * (0.2 + 0.5 * wish.strength) * Math.max(0, Math.sin(turn));
        if (strength < 0.01) continue;
        const atY = y + 0.3 * Math.sin(0.7 * turn);
        shine(moment, colour, (px, py) => {
          const dx = (px - x) / reach;
          const dy = (py - atY) / (1.4 * reach);
          return strength * Math.exp(-dx * dx - dy * dy);
        });
      }
    };
  },
};
