import { createRandom } from '../../random.ts';
import { type Grade, plain } from './grade.ts';

/** How often a second the light changes. */
const RATE = 14;

/** A lamp that fails now and then, differently in every clip. */
export const flicker: Grade = {
  kind: 'flicker',
  phrases:
    'flickering light,flickering lamp,lights flicker,light flickers,flickering lighting,flickering,strobe'.split(
      ',',
    ),
  create: ({ strength }, seed) => {
    const random = createRandom(seed);
    const values = Array.from({ length: 256 }, () => (random() < 0.3 ? random() : 0.08 * random()));
    const depth = 0.25 + 0.45 * strength;
    return ({ seconds }) => {
      const at = seconds * RATE;
      const index = Math.floor(at);
      const dimmed =
        values[index % 256]! + (values[(index + 1) % 256]! - values[index % 256]!) * (at - index);
      return { ...plain, exposure: 1 - depth * dimmed * Math.min(1, 2 * seconds) };
    };
  },
};
