import { between } from '../../random.ts';
import { moments } from './parts/moments.ts';
import { addAt, hill, seconds } from './parts/mono.ts';
import { cry, type Throat, through } from './parts/throat.ts';

/** Pitch in Hz and size of the throat. */
const people = { woman: [300, 1.15], man: [165, 1], child: [430, 1.35] } as const;

/**
 * Somebody who laughs: voiced puffs of 80 ms, five a second, that start high and fall (Bachorowski, Smoski & Owren,
 * "The acoustic features of human laughter", JASA 2001).
 */
export const laughter = moments({
  name: 'laughter',
  summary: 'People who laugh or giggle.',
  variants: ['woman', 'man', 'child'],
  loudness: -20,
  words: {
    strong: 'laugh laughter giggle chuckle guffaw',
    weak: 'snicker',
    variants: {
      man: 'man male men guy he',
      woman: 'woman female women girl she',
      child: 'child kid baby toddler boy children',
    },
  },
  gap: 2.2,
  draw({ variant }, random) {
    const [voice, size] = people[variant as keyof typeof people] ?? people.woman;
    const samples = seconds(2.4);
    const pitch = voice * between(random, 0.9, 1.25);
    const rate = between(random, 4.4, 5.4);
    const puffs = 4 + Math.floor(random() * 6);
    const throat: Throat = {
      formants: [
        [640 * size, 5, 1],
        [1220 * size, 8, 0.7],
        [2500 * size, 8, 0.35],
      ],
      breath: 0.4,
      rough: [20, 0.1],
    };
    for (let puff = 0; puff < puffs; puff++) {
      const part = puff / puffs;
      const top = pitch * (1.25 - 0.45 * part) * between(random, 0.94, 1.06);
      const gain = hill((puff + 1) / (puffs + 1), 0.2, 0.9) * between(random, 0.8, 1);
      const time = puff / rate;
      const breathy: Throat = { ...throat, breath: 7, rough: [20, 0] };
      addAt(samples, cry(breathy, 0.07, through(top, top), random), time, gain * 0.12);
      addAt(
        samples,
        cry(throat, between(random, 0.08, 0.13), through(top * 1.05, top, top * 0.82), random, (at) =>
          hill(at, 0.15, 0.5),
        ),
        time + 0.05,
        gain,
      );
    }
    return samples;
  },
});
