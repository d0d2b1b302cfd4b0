import { between } from '../../random.ts';
import { moments } from './parts/moments.ts';
import { addAt, addBurst, seconds, strikeOnce } from './parts/mono.ts';

const springModes = [
  { ratio: 1, gain: 1, decay: 0.02 },
  { ratio: 2.7, gain: 0.6, decay: 0.014 },
  { ratio: 5.1, gain: 0.35, decay: 0.009 },
];

/** Two small parts that meet, and the spring that throws them back. */
export const click = moments({
  name: 'click',
  summary: 'A switch, a mouse button, a pen, a lock, a stapler, fingers that snap.',
  variants: ['switch', 'lock', 'snap'],
  loudness: -24,
  words: {
    strong: 'click mouse-click light-switch finger-snap snap-finger stapler pen-click latch domino dice',
    weak: 'switch button lock snap marble lighter remote',
    variants: {
      switch: 'switch click button pen mouse',
      lock: 'lock latch key stapler door seat belt',
      snap: 'snap finger domino dice marble',
    },
  },
  gap: 1,
  draw({ variant }, random) {
    const samples = seconds(0.4);
    if (variant === 'snap') {
      addBurst(
        samples,
        0,
        { frequency: between(random, 1500, 2300), resonance: 3.5, attack: 0.001, decay: 0.03, gain: 2 },
        random,
      );
      addBurst(
        samples,
        0,
        { frequency: 5000, resonance: 0.8, attack: 0.0005, decay: 0.008, gain: 0.8 },
        random,
      );
      return samples;
    }
    const pitch = (variant === 'lock' ? 900 : 2200) * between(random, 0.9, 1.1);
    const parts = variant === 'lock' ? [0, 0.045, 0.13] : [0, between(random, 0.07, 0.11)];
    for (const [place, time] of parts.entries()) {
      addAt(
        samples,
        strikeOnce(springModes, pitch * (1 + 0.25 * place), 0.0004, 0.1, random),
        time,
        1 - 0.25 * place,
      );
      addBurst(
        samples,
        time,
        { frequency: pitch * 2, resonance: 0.9, attack: 0.0004, decay: 0.008, gain: 0.5 },
        random,
      );
    }
    return samples;
  },
});
