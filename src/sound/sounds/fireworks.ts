import { between } from '../../random.ts';
import { betweenOctaves } from './parts/chance.ts';
import { moments } from './parts/moments.ts';
import { addBurst, hill, seconds } from './parts/mono.ts';

/** A firework: the report of the shell, and stars that crackle. */
export const fireworks = moments({
  name: 'fireworks',
  summary: 'Fireworks that burst and crackle, firecrackers.',
  variants: ['shell', 'crackers'],
  loudness: -17,
  words: {
    strong: 'firework fireworks firecracker new-year-eve pyrotechnic sparkler',
    weak: 'celebration rocket',
    variants: { crackers: 'firecracker sparkler chinese', shell: 'firework fireworks' },
  },
  gap: { shell: 1.4, crackers: 1.6 },
  draw({ variant }, random) {
    const samples = seconds(2.6);
    if (variant === 'crackers') {
      for (let time = 0; time < 1.2; time += between(random, 0.02, 0.11)) {
        const gain = between(random, 0.5, 1.5);
        addBurst(
          samples,
          time,
          {
            frequency: betweenOctaves(random, 900, 3600),
            resonance: 0.7,
            attack: 0.0004,
            decay: 0.035,
            gain,
          },
          random,
        );
      }
      return samples;
    }
    addBurst(samples, 0, { frequency: 95, resonance: 0.7, attack: 0.004, decay: 0.5, gain: 3.4 }, random);
    addBurst(samples, 0, { frequency: 750, resonance: 0.5, attack: 0.001, decay: 0.2, gain: 2.2 }, random);
    const stars = 60 + Math.floor(random() * 90);
    for (let star = 0; star < stars; star++) {
      const late = 0.35 + random() ** 0.8 * 1.6;
      const gain = Math.min(0.9, 0.1 * (random() + 0.01) ** -0.5) * hill((late - 0.3) / 1.8, 0.15, 0.5);
      addBurst(
        samples,
        late,
        { frequency: betweenOctaves(random, 2400, 9500), resonance: 1.1, attack: 0.0003, decay: 0.009, gain },
        random,
      );
    }
    return samples;
  },
});
