import { between } from '../../random.ts';
import { moments } from './parts/moments.ts';
import { hill } from './parts/mono.ts';
import { cry, type Throat, through } from './parts/throat.ts';

const beast: Throat = {
  formants: [
    [260, 2, 1],
    [650, 2.5, 0.9],
    [1350, 3, 0.45],
    [2700, 3, 0.2],
  ],
  breath: 0.8,
  rough: [31, 0.6],
};
const elephant: Throat = {
  formants: [
    [700, 3, 0.8],
    [1400, 3, 1],
    [2500, 3, 0.9],
    [4300, 3, 0.4],
  ],
  breath: 0.35,
  rough: [58, 0.35],
};

/** Large animals and what never lived. */
export const roar = moments({
  name: 'roar',
  summary: 'A lion, bear, monster or dragon that roars; an elephant that trumpets; a whale that sings.',
  variants: ['beast', 'monster', 'elephant', 'whale', 'ape'],
  loudness: -17,
  words: {
    strong:
      'lion-roar bear-growl dragon-roar monster-roar elephant-trumpet whale-song dinosaur-roar bellow ' +
      'beast-roar tiger-roar roaring-lion pant-hoot lion-growl tiger-growl',
    weak:
      'roar lion tiger bear dragon monster dinosaur elephant whale beast cheetah leopard walrus sea-lion ' +
      'monkey chimpanzee gorilla ape gibbon alligator primate',
    variants: {
      beast: 'lion tiger bear cheetah leopard walrus sea-lion beast',
      monster: 'dragon monster dinosaur alligator creature kaiju',
      elephant: 'elephant trumpet',
      whale: 'whale',
      ape: 'monkey chimpanzee gorilla ape gibbon primate',
    },
  },
  gap: { beast: 3, monster: 3.5, elephant: 3, whale: 3.5, ape: 1.2 },
  draw({ variant }, random) {
    if (variant === 'elephant') {
      const base = between(random, 330, 430);
      return cry(
        elephant,
        between(random, 0.9, 1.5),
        through(base * 0.8, base * 1.5, base * 1.6, base),
        random,
      );
    }
    if (variant === 'whale') {
      const base = between(random, 180, 420);
      const song: Throat = {
        ...beast,
        formants: [
          [300, 2, 1],
          [800, 5, 0.4],
        ],
        breath: 0.02,
        rough: [7, 0.2],
      };
      const pitch = through(base, base * between(random, 1.2, 2), base * between(random, 0.7, 1.1));
      return cry(song, between(random, 1.5, 3), pitch, random, (part) => hill(part, 0.3, 0.4));
    }
    if (variant === 'ape') {
      const base = between(random, 350, 520);
      return cry(
        { ...elephant, breath: 0.15 },
        between(random, 0.2, 0.4),
        through(base, base * 1.8, base * 1.2),
        random,
      );
    }
    const size = variant === 'monster' ? 0.6 : 1;
    const base = between(random, 85, 120) * size;
    const throat: Throat = {
      ...beast,
      formants: beast.formants.map(([hertz, q, gain]) => [hertz * (0.5 + 0.5 * size), q, gain] as const),
    };
    const pitch = through(base * 0.8, base * 1.9, base * 1.5, base * 0.7);
    return cry(throat, between(random, 1.4, 2.2) / size ** 0.4, pitch, random, (part) =>
      hill(part, 0.12, 0.6),
    );
  },
});
