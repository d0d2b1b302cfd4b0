import { between } from '../../random.ts';
import { moments } from './parts/moments.ts';
import { addAt, addBurst, glide, hill, seconds } from './parts/mono.ts';

/** A weapon of fiction: a chirp that falls four octaves (as a struck steel cable does), or a humming blade of light. */
export const laser = moments({
  name: 'laser',
  summary: 'A laser shot, a sword of light, something that charges up.',
  variants: ['shot', 'blade', 'charge'],
  loudness: -19,
  words: {
    strong:
      'laser lightsaber blaster plasma-gun ray-gun phaser energy-beam energy-blast sci-fi-weapon laser-beam power-up hologram energy-sword',
    weak: 'beam plasma sci-fi futuristic-weapon',
    variants: {
      shot: 'laser blaster gun ray phaser',
      blade: 'lightsaber saber sword blade',
      charge: 'charge power-up hologram portal energy',
    },
  },
  gap: { shot: 0.7, blade: 1.5, charge: 2.6 },
  draw({ variant }, random) {
    if (variant === 'shot') {
      const top = between(random, 3200, 4600);
      const samples = seconds(0.5);
      addAt(
        samples,
        glide(
          0.38,
          (part) => top * 2 ** (-4 * part ** 0.6),
          (part) => hill(part, 0.01, 0.9),
          [0.5, 0.35, 0.2],
        ),
        0,
        1,
      );
      addBurst(
        samples,
        0,
        { frequency: 3200, resonance: 0.8, attack: 0.001, decay: 0.06, gain: 0.5 },
        random,
      );
      return samples;
    }
    if (variant === 'blade') {
      const base = between(random, 88, 96);
      const swing = (part: number) => base * (1 + 0.5 * Math.sin(Math.PI * part) ** 4);
      const level = (part: number) => hill(part, 0.06, 0.1) * (0.5 + 0.8 * Math.sin(Math.PI * part) ** 4);
      return glide(
        1.4,
        swing,
        (part) => level(part) * (0.8 + 0.2 * Math.sin(part * 160)),
        [0.8, 0.7, 0.5, 0.5, 0.35, 0.3, 0.25, 0.2],
      );
    }
    const level = (part: number) =>
      part ** 0.8 * hill(part, 0.05, 0.04) * (0.75 + 0.25 * Math.sin(60 * part * (1 + 2 * part)));
    return glide(2.2, (part) => 110 * 2 ** (3.2 * part), level, [0.5, 0.4, 0.3, 0.2, 0.15]);
  },
});
