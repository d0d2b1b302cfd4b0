import { between } from '../../random.ts';
import { moments } from './parts/moments.ts';
import { addBurst, seconds } from './parts/mono.ts';

/** Wings that beat: each stroke pushes air, and its feathers clap and rub as it returns. */
export const wings = moments({
  name: 'wings',
  summary: 'A bird that flaps its wings; something large that does.',
  variants: ['bird', 'large'],
  loudness: -22,
  words: {
    strong: 'wing-flap flap-wing flutter-wing wing-beat beat-wing bird-take-off flap-of-wing',
    weak: 'flap flutter wing',
    variants: { large: 'dragon giant huge eagle large' },
  },
  gap: { bird: 1.6, large: 1.4 },
  draw({ variant }, random) {
    const large = variant === 'large';
    const samples = seconds(1.4);
    const rate = large ? 1.9 : between(random, 7, 11);
    const strokes = large ? 2 : 5 + Math.floor(random() * 5);
    for (let stroke = 0; stroke < strokes; stroke++) {
      const time = stroke / rate;
      const gain = 1 - (0.5 * stroke) / strokes;
      const body = {
        frequency: large ? 180 : 420,
        resonance: 0.6,
        attack: 0.25 / rate,
        decay: 0.5 / rate,
        gain,
      };
      addBurst(samples, time, body, random);
      const feathers = {
        frequency: large ? 1300 : 3200,
        resonance: 0.7,
        attack: 0.004,
        decay: 0.3 / rate,
        gain: gain * 0.6,
      };
      addBurst(samples, time + 0.3 / rate, feathers, random);
    }
    return samples;
  },
});
