import { between } from '../../random.ts';
import { moments } from './parts/moments.ts';
import { addAt, addBurst, glide, hill, seconds } from './parts/mono.ts';
import { through } from './parts/throat.ts';

/** Small high voices, and things that sound like them. */
export const squeak = moments({
  name: 'squeak',
  summary: 'A mouse or a rubber toy that squeaks, a snake that rattles.',
  variants: ['mouse', 'toy', 'snake', 'dolphin'],
  loudness: -22,
  words: {
    strong: 'squeak mouse-squeak rat-squeak rattlesnake snake-rattle',
    weak: 'rodent rat hamster chipmunk squirrel snake rattle squeal otter chinchilla ferret dolphin squeaky',
    variants: {
      mouse: 'mouse rat rodent hamster chipmunk squirrel chinchilla ferret otter',
      toy: 'toy rubber balloon squeaky shoe',
      snake: 'snake rattle rattlesnake',
      dolphin: 'dolphin',
    },
  },
  gap: { mouse: 0.6, toy: 1, snake: 2, dolphin: 0.8 },
  draw({ variant }, random) {
    if (variant === 'snake') {
      const samples = seconds(1.7);
      for (let time = 0; time < 1.6; time += between(random, 0.015, 0.019)) {
        const gain = 0.8 * hill(time / 1.6, 0.15, 0.3);
        addBurst(samples, time, { frequency: 9000, resonance: 1, attack: 0.001, decay: 0.01, gain }, random);
      }
      return samples;
    }
    const samples = seconds(0.7);
    const low = variant === 'toy' ? 900 : variant === 'dolphin' ? 5000 : 3200;
    const calls = variant === 'toy' ? 1 : 1 + Math.floor(random() * 4);
    for (let call = 0; call < calls; call++) {
      const base = low * between(random, 0.85, 1.3);
      const length = variant === 'toy' ? between(random, 0.15, 0.3) : between(random, 0.05, 0.12);
      const pitch =
        variant === 'toy' ? through(base, base * 1.6, base * 0.9) : through(base * 0.8, base * 1.2, base);
      const overtones = variant === 'toy' ? [0.6, 0.5, 0.3, 0.2] : [0.25, 0.08];
      addAt(
        samples,
        glide(length, pitch, (part) => hill(part, 0.15, 0.3), overtones),
        call * 0.14,
        1,
      );
    }
    return samples;
  },
});
