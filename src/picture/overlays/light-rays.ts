import { between, createRandom } from '../../random.ts';
import { smoothstep } from '../pixels/smoothstep.ts';
import { yuv } from './draw-sprite.ts';
import { shine } from './light.ts';
import type { Overlay } from './overlay.ts';

/** Beams that fan out from the sun, or from beyond the upper edge, and slowly change. */
export const lightRays: Overlay = {
  kind: 'lightRays',
  phrases:
    'light ray,sun ray,god ray,sunbeam,rays of light,rays of sunlight,beams of light,light beam,light shaft,shafts of light'.split(
      ',',
    ),
  create: (wish, { seed, aspectRatio }) => {
    const random = createRandom(seed);
    const side = random() < 0.5 ? 0.15 : 0.85;
    const beams = Array.from({ length: 4 }, (_, index) => ({
      count: 7 + 5 * index,
      drift: between(random, -0.25, 0.25),
      phase: between(random, 0, 2 * Math.PI),
    }));
    const colour = yuv(255, 236, 190);
    return (moment) => {
      const x = moment.sun ? moment.sun.x * aspectRatio : side * aspectRatio;
      const y = moment.sun ? moment.sun.y : -0.25;
      shine(moment, colour, (atX, atY) => {
        const angle = Math.atan2(atY - y, atX - x);
        const distance = Math.hypot(atX - x, atY - y);
        let sum = 0;
        for (const { count, drift, phase } of beams) {
          sum += Math.sin(count * angle + drift * moment.seconds * 2 + phase);
        }
        const beam = smoothstep(-0.2, 2.4, sum);
        return (
          beam *
          (0.3 + 0.5 * wish.strength) *
          moment.share *
          smoothstep(0.02, 0.3, distance) *
          Math.exp(-1.1 * distance)
        );
      });
    };
  },
};
