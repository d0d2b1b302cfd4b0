import { between } from '../../random.ts';
import { moments } from './parts/moments.ts';
import { addAt, hill, seconds } from './parts/mono.ts';
import { cry, type Throat, through } from './parts/throat.ts';

const baby: Throat = {
  formants: [
    [1100, 4, 1],
    [2300, 5, 0.8],
    [3600, 5, 0.5],
  ],
  breath: 0.12,
  rough: [35, 0.25],
};

/** Crying: the wail of a baby on its breath (400–550 Hz, one a second; Wasz-Höckert, 1968), or sobs. */
export const crying = moments({
  name: 'crying',
  summary: 'A baby that cries, or somebody who sobs.',
  variants: ['baby', 'sob'],
  loudness: -20,
  words: {
    strong:
      'baby-cry child-cry crying-baby woman-cry man-cry infant-cry boy-cry girl-cry cry-loud sob weep whine-baby baby-cry infant-cry bawl',
    weak: 'cry whine infant baby coo-baby',
    variants: {
      baby: 'baby infant toddler child newborn',
      sob: 'sob weep woman man girl boy female male person',
    },
  },
  gap: { baby: 1.35, sob: 1.7 },
  draw({ variant }, random) {
    if (variant === 'baby') {
      const top = between(random, 430, 540);
      const length = between(random, 0.7, 1.1);
      const samples = seconds(length + 0.3);
      addAt(
        samples,
        cry(baby, length, through(top * 0.75, top, top * 1.04, top * 0.95, top * 0.7), random),
        0,
        1,
      );
      const gasp: Throat = { ...baby, breath: 5, rough: [20, 0] };
      addAt(samples, cry(gasp, 0.18, through(600, 700), random), length + 0.06, 0.08);
      return samples;
    }
    const samples = seconds(1.5);
    const base = between(random, 230, 330);
    for (let sob = 0; sob < 4; sob++) {
      const throat: Throat = {
        ...baby,
        formants: [
          [600, 4, 1],
          [1150, 5, 0.5],
          [2500, 6, 0.2],
        ],
        breath: 0.7,
      };
      const pitch = through(base * (1.2 - 0.1 * sob), base * (1 - 0.08 * sob));
      addAt(
        samples,
        cry(throat, 0.19, pitch, random, (part) => hill(part, 0.2, 0.5)),
        sob * between(random, 0.24, 0.3),
        1 - 0.15 * sob,
      );
    }
    return samples;
  },
});
