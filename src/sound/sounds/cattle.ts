import { between } from '../../random.ts';
import { moments } from './parts/moments.ts';
import { addAt, hill, seconds } from './parts/mono.ts';
import { cry, type Throat, through } from './parts/throat.ts';

const throats: Record<'cow' | 'sheep' | 'pig', Throat> = {
  cow: {
    formants: [
      [280, 2.5, 1],
      [720, 4, 0.6],
      [1500, 5, 0.25],
    ],
    breath: 0.08,
    rough: [28, 0.15],
  },
  sheep: {
    formants: [
      [700, 3, 0.8],
      [1500, 5, 1],
      [2700, 6, 0.5],
    ],
    breath: 0.12,
    rough: [9, 0.7],
  },
  pig: {
    formants: [
      [420, 2, 1],
      [1100, 2.5, 0.8],
      [2300, 3, 0.5],
    ],
    breath: 0.9,
    rough: [42, 0.9],
  },
};

/** Animals of a farm: the long moo, the trembling bleat, the grunts of a pig. */
export const cattle = moments({
  name: 'cattle',
  summary: 'Cows that moo, sheep and goats that bleat, pigs that grunt.',
  variants: ['cow', 'sheep', 'pig'],
  loudness: -20,
  words: {
    strong:
      'moo bleat oink goat-bleat sheep-bleat pig-oink pig-grunt animal-grunt animal-snort animal-bleat ' +
      'animal-oink domestic-animal animal-vocalize lamb-vocalize',
    weak: 'cow cattle bull sheep goat lamb pig livestock bison farm-animal grunt snort deer elk camel yak',
    variants: {
      cow: 'moo cow cattle bull bison yak elk',
      sheep: 'bleat sheep goat lamb baa',
      pig: 'oink pig grunt snort hog boar',
    },
  },
  gap: { cow: 3, sheep: 1.5, pig: 1.1 },
  draw({ variant }, random) {
    if (variant === 'sheep') {
      const base = between(random, 260, 380);
      return cry(throats.sheep, between(random, 0.6, 1), through(base, base * 1.12, base * 0.9), random);
    }
    if (variant === 'pig') {
      const samples = seconds(0.9);
      let time = 0;
      for (let grunt = 0; grunt < 3; grunt++) {
        const base = between(random, 90, 140);
        const length = between(random, 0.12, 0.22);
        addAt(
          samples,
          cry(throats.pig, length, through(base, base * 1.3, base), random),
          time,
          between(random, 0.6, 1),
        );
        time += length + between(random, 0.04, 0.1);
      }
      return samples;
    }
    const base = between(random, 95, 130);
    const pitch = through(base, base * 1.25, base * 1.4, base * 1.35, base * 0.95);
    return cry(throats.cow, between(random, 1.4, 2.1), pitch, random, (part) => hill(part, 0.25, 0.3));
  },
});
