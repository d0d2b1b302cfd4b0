import { between } from '../../random.ts';
import { betweenOctaves } from './parts/chance.ts';
import { moments } from './parts/moments.ts';
import { addAt, addBurst, glide, hill, seconds } from './parts/mono.ts';

/** Things that give way: a cork, a balloon, something soft that is squeezed, a spring. */
export const pop = moments({
  name: 'pop',
  summary: 'A pop, a cork, a squelch, a spring, a balloon that bursts.',
  variants: ['pop', 'squelch', 'balloon', 'spring'],
  loudness: -19,
  words: {
    strong:
      'pop cork squelch squish balloon-pop balloon-burst boing squeeze champagne uncork splat slime ' +
      'inflate-pop jelly',
    weak: 'balloon spring',
    variants: {
      pop: 'pop cork champagne',
      squelch: 'squelch squish squeeze slime mud splat jelly',
      balloon: 'balloon burst',
      spring: 'boing spring trampoline bounce',
    },
  },
  follows: 'hit',
  gap: { pop: 1.2, squelch: 1.3, balloon: 2, spring: 1.5 },
  draw({ variant }, random) {
    const samples = seconds(0.9);
    if (variant === 'squelch') {
      const length = between(random, 0.3, 0.5);
      for (let wet = 0; wet < 34; wet++) {
        const part = wet / 34;
        const blob = {
          frequency: betweenOctaves(random, 260, 900) * (1 + part),
          resonance: 5,
          attack: 0.006,
          decay: between(random, 0.02, 0.05),
          gain: between(random, 0.2, 0.9),
        };
        addBurst(samples, part * length, blob, random);
      }
      addAt(
        samples,
        glide(
          0.12,
          (part) => 260 + 420 * part,
          (part) => hill(part, 0.1, 0.5),
        ),
        length,
        0.6,
      );
      return samples;
    }
    if (variant === 'spring') {
      const pitch = between(random, 120, 160);
      return glide(
        0.9,
        (part) => pitch * (1 + 0.28 * Math.sin(2 * Math.PI * 13 * part) * (1 - part)),
        (part) => hill(part, 0.005, 0.95) ** 1.5,
        [0.8, 0.6, 0.6, 0.4, 0.3, 0.2],
      );
    }
    if (variant === 'balloon') {
      addBurst(samples, 0, { frequency: 1500, resonance: 0.5, attack: 0.0003, decay: 0.05, gain: 3 }, random);
      addBurst(samples, 0, { frequency: 260, resonance: 0.7, attack: 0.001, decay: 0.09, gain: 1.6 }, random);
      // The skin flies apart.
      addBurst(
        samples,
        0.003,
        { frequency: 850, resonance: 0.6, attack: 0.004, decay: 0.22, gain: 1.3 },
        random,
      );
      return samples;
    }
    const pitch = between(random, 380, 620);
    addAt(
      samples,
      glide(
        0.07,
        (part) => pitch * (0.7 + 1.1 * part),
        (part) => hill(part, 0.04, 0.85) ** 1.4,
        [0.3, 0.1],
      ),
      0,
      1,
    );
    addBurst(
      samples,
      0,
      { frequency: 2400, resonance: 0.8, attack: 0.0004, decay: 0.012, gain: 0.6 },
      random,
    );
    return samples;
  },
});
