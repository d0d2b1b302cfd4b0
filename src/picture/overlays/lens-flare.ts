import { drawSprite, yuv } from './draw-sprite.ts';
import { shine } from './light.ts';
import type { Overlay } from './overlay.ts';

/** Ghosts of the lens on the line through the sun and the middle: how far along it (1 is the sun), size, colour. */
const ghosts = [
  { along: 0.55, size: 0.03, colour: yuv(120, 255, 190), opacity: 0.27 },
  { along: 0.3, size: 0.055, colour: yuv(255, 200, 120), opacity: 0.17 },
  { along: -0.2, size: 0.04, colour: yuv(140, 190, 255), opacity: 0.22 },
  { along: -0.55, size: 0.09, colour: yuv(255, 160, 120), opacity: 0.15 },
  { along: -0.9, size: 0.05, colour: yuv(170, 140, 255), opacity: 0.2 },
] as const;

/** The sun's glare in the lens: a glow around it, a streak, and ghosts that swing to the other side as it moves. */
export const lensFlare: Overlay = {
  kind: 'lensFlare',
  phrases: 'lens flare,sun flare,anamorphic flare,flare'.split(','),
  create: (wish, { seed, aspectRatio }) => {
    const side = seed % 2 === 0 ? 0.2 : 0.8;
    const warm = yuv(255, 225, 170);
    return (moment) => {
      const { frame, seconds, share } = moment;
      const x = moment.sun?.x ?? side + 0.02 * Math.sin(seconds);
      const y = moment.sun?.y ?? 0.12;
      const power = share * (0.5 + wish.strength) * (1 + 0.06 * Math.sin(5.3 * seconds));
      shine(moment, warm, (atX, atY) => {
        const dx = atX - x * aspectRatio;
        const dy = atY - y;
        const glow = Math.exp(-22 * (dx * dx + dy * dy));
        const streak = Math.exp(-1800 * dy * dy - 2 * Math.abs(dx));
        return power * (0.16 * glow + 0.14 * streak);
      });
      for (const { along, size, colour, opacity } of ghosts) {
        drawSprite(frame, {
          shape: 'disc',
          x: (0.5 + (x - 0.5) * along) * frame.width,
          y: (0.5 + (y - 0.5) * along) * frame.height,
          halfLength: size * frame.height,
          halfBreadth: size * frame.height,
          angle: 0,
          colour,
          opacity: opacity * power,
          glows: true,
        });
      }
    };
  },
};
