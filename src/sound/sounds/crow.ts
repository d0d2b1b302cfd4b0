import { between } from '../../random.ts';
import { moments } from './parts/moments.ts';
import { addAt, hill, seconds } from './parts/mono.ts';
import { cry, type Throat, through } from './parts/throat.ts';

const crowThroat: Throat = {
  formants: [
    [1150, 4, 0.8],
    [1750, 5, 1],
    [3300, 4, 0.35],
  ],
  breath: 0.45,
  rough: [72, 0.55],
};

/** A crow: two to four hoarse caws. */
export const crow = moments({
  name: 'crow',
  summary: 'Crows and ravens that caw.',
  variants: ['caw'],
  loudness: -20,
  words: { strong: 'crow raven caw rook jackdaw', weak: 'murder-of-crow' },
  gap: 2.4,
  draw(_parameters, random) {
    const samples = seconds(2);
    const top = between(random, 430, 560);
    const caws = 2 + Math.floor(random() * 3);
    let time = 0;
    for (let caw = 0; caw < caws; caw++) {
      const length = between(random, 0.24, 0.36);
      const pitch = through(top * 0.85, top, top * 0.97, top * 0.75);
      addAt(
        samples,
        cry(crowThroat, length, pitch, random, (part) => hill(part, 0.1, 0.35)),
        time,
        1,
      );
      time += length + between(random, 0.1, 0.2);
    }
    return samples;
  },
});
