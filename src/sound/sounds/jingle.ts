import { between } from '../../random.ts';
import type { Mode } from '../dsp/modal.ts';
import { betweenOctaves } from './parts/chance.ts';
import { moments } from './parts/moments.ts';
import { addAt, seconds, strikeOnce } from './parts/mono.ts';

const discModes: readonly Mode[] = [
  { ratio: 1, gain: 1, decay: 0.24 },
  { ratio: 1.73, gain: 0.6, decay: 0.18 },
  { ratio: 2.33, gain: 0.6, decay: 0.15 },
  { ratio: 3.91, gain: 0.4, decay: 0.1 },
];

/** Lowest and highest pitch in Hz, how many touches, and in how many seconds. */
const kinds: Record<string, readonly [number, number, number, number]> = {
  keys: [3200, 7800, 22, 0.8],
  coins: [2600, 5600, 9, 0.7],
  chain: [1100, 3400, 30, 1],
  cutlery: [1500, 4200, 7, 0.7],
  dishes: [1300, 2900, 6, 0.8],
};

/** Small things of metal or china that knock against one another: each touch rings at its own pitch (Cook's PhISEM). */
export const jingle = moments({
  name: 'jingle',
  summary: 'Keys, coins, a chain, cutlery, dishes.',
  variants: ['keys', 'coins', 'chain', 'cutlery', 'dishes'],
  loudness: -23,
  words: {
    strong:
      'jingle key-jingle coin chain-rattle cutlery silverware dish-clink dishes tableware clattering-dish rattle-chain tambourine cheer-glass',
    weak: 'key chain plate fork spoon bracelet money',
    variants: {
      keys: 'key jingle bracelet',
      coins: 'coin money',
      chain: 'chain shackle rattle',
      cutlery: 'cutlery silverware fork spoon knife',
      dishes: 'dish plate tableware dishes ceramic',
    },
  },
  gap: 1.3,
  draw({ variant }, random) {
    const [low, high, touches, span] = kinds[variant] ?? kinds.keys!;
    const samples = seconds(span + 0.5);
    const things = Array.from({ length: 5 }, () => betweenOctaves(random, low, high));
    for (let touch = 0; touch < touches; touch++) {
      const late = random() ** 1.4;
      const pitch = things[Math.floor(random() * things.length)]! * between(random, 0.98, 1.02);
      addAt(
        samples,
        strikeOnce(discModes, pitch, 0.0002, 0.4, random),
        late * span,
        random() ** 1.5 * (1 - 0.5 * late),
      );
    }
    return samples;
  },
});
