import { deriveSeed } from '../../../random.ts';
import { mixColours } from '../canvas/colour.ts';
import { paintAurora } from '../parts/aurora.ts';
import { paintGradient } from '../parts/sky.ts';
import { paintStars } from '../parts/stars.ts';
import type { Easel, Scene } from '../scene.ts';
import { paintSnowLand } from './snow.ts';

/** Northern lights over a snowy land. */
export const aurora: Scene = {
  name: 'aurora',
  words: ['aurora', 'aurora borealis', 'northern light', 'polar light', 'southern light'],
  time: 'night',
  weather: 'clear',
  season: 'winter',
  view: () => ({ horizon: 0.7, eye: 6 }),
  light: () => ({ hidesDisc: true }),
  film: () => ({ bloomThreshold: 0.5, bloom: 0.3 }),
  pivot: 20,
  paint(easel) {
    const { canvas, seed } = easel;
    const dark = darkened(easel);
    paintGradient(dark);
    paintStars(canvas, 1, deriveSeed(seed, 'stars'));
    paintSnowLand(dark);
  },
  live: {
    motions: ['clouds'],
    paint(easel) {
      paintAurora(easel, deriveSeed(easel.seed, 'aurora'));
    },
  },
};

/** The sky is dark beside the lights, and they colour what they shine on. */
function darkened(easel: Easel): Easel {
  const { light } = easel;
  const glow = [0.16, 0.4, 0.3] as const;
  return {
    ...easel,
    light: {
      ...light,
      ramp: light.ramp.map((value) => value * 0.5),
      keyColour: mixColours(light.keyColour, glow, 0.7),
      glow: [0, 0, 0] as const,
    },
  };
}
