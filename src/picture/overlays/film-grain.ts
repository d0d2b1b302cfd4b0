import { createRandom, deriveSeed } from '../../random.ts';
import type { Overlay } from './overlay.ts';

/** Grain of film, new in every frame. */
export const filmGrain: Overlay = {
  kind: 'filmGrain',
  phrases: 'film grain,grainy,grain,vintage film,old film,retro film,16mm,8mm,super 8,vhs'.split(','),
  create: (wish, { seed }) => {
    const random = createRandom(seed);
    let isReady = false;
    return ({ kernel, place, seconds, share, frame }) => {
      if (!isReady) {
        // The sum of three is close enough to a normal distribution; ±36 at most.
        for (let at = 0; at < kernel.grain.length; at++) {
          kernel.grain[at] = 24 * (random() + random() + random() - 1.5);
        }
        isReady = true;
      }
      const place256 = createRandom(deriveSeed(seed, seconds.toFixed(4)));
      const startX = 8 * Math.floor(32 * place256());
      const startY = Math.floor(256 * place256());
      // Finer pixels need stronger grain to look alike.
      const size = Math.sqrt(frame.height / 1080);
      kernel.drawGrain(place, startX, startY, Math.round(128 * share * (0.4 + 0.9 * wish.strength) * size));
    };
  },
};
