import { between } from '../../random.ts';
import { moments } from './parts/moments.ts';
import { hill } from './parts/mono.ts';
import { cry, type Throat, through } from './parts/throat.ts';

const mouth: Throat = {
  formants: [
    [780, 4, 1],
    [1350, 6, 0.9],
    [2800, 6, 0.6],
    [3900, 5, 0.3],
  ],
  breath: 0.2,
  rough: [42, 0.3],
};

/** Voices at their limit. */
export const shout = moments({
  name: 'shout',
  summary: 'Somebody screams, shouts or groans.',
  variants: ['shout', 'scream', 'groan'],
  loudness: -18,
  words: {
    strong: 'scream shriek yell shout groan moan battle-cry holler wail-person',
    weak: 'exclaim squeal wail battle',
    variants: {
      scream: 'scream shriek squeal wail',
      shout: 'yell shout holler exclaim',
      groan: 'groan moan',
    },
  },
  gap: { shout: 1.7, scream: 2.4, groan: 2 },
  draw({ variant }, random) {
    if (variant === 'scream') {
      const top = between(random, 950, 1350);
      const throat: Throat = { ...mouth, rough: [65, 0.5] };
      return cry(throat, between(random, 0.8, 1.5), through(top * 0.7, top, top * 1.05, top * 0.8), random);
    }
    const base = variant === 'groan' ? between(random, 105, 150) : between(random, 210, 330);
    const throat: Throat =
      variant === 'groan'
        ? {
            ...mouth,
            formants: [
              [480, 4, 1],
              [1000, 6, 0.5],
            ],
            rough: [30, 0.25],
          }
        : mouth;
    const length = variant === 'groan' ? between(random, 0.8, 1.4) : between(random, 0.35, 0.7);
    return cry(throat, length, through(base * 0.8, base * 1.25, base * 1.1, base * 0.7), random, (part) =>
      hill(part, 0.12, 0.4),
    );
  },
});
