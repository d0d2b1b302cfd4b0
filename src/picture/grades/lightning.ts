import { between, createRandom } from '../../random.ts';
import { type Grade, mixLooks, plain } from './grade.ts';

/** Everything in the light of a bolt: bright, hard, bluish. */
const struck = { exposure: 3.4, contrast: 1.12, saturation: 0.6, blue: 8, red: -3 };
/** How long the light of one stroke lasts, in seconds, until a third is left. */
const DECAY = 0.09;
/** No clip is longer than this many seconds: bolts are drawn for all of it. */
const LONGEST = 60;

/**
 * Lightning beyond the frame: the scene flares up twice, then lies as it was for a while. Never more than three flashes a
 * second, which may bring on seizures (WCAG 2.2, 2.3.1).
 */
export const lightning: Grade = {
  kind: 'lightning',
  phrases:
    'lightning,lightning bolt,lightning strike,flash of lightning,lightning flash,thunderstorm,thunder storm,thunder and lightning'.split(
      ',',
    ),
  create: ({ strength }, seed) => {
    const random = createRandom(seed);
    const strokes: { at: number; light: number }[] = [];
    for (let at = between(random, 0.7, 1.3); at < LONGEST; at += between(random, 1.4, 3.4)) {
      strokes.push({ at, light: between(random, 0.45, 0.7) });
      // The second stroke goes the way of the first, and is the brighter one.
      strokes.push({ at: at + between(random, 0.16, 0.26), light: between(random, 0.75, 1) });
    }
    const brightness = 0.55 + 0.45 * strength;
    return ({ seconds }) => {
      const light = strokes.reduce(
        (most, stroke) =>
          Math.max(most, seconds < stroke.at ? 0 : stroke.light * Math.exp((stroke.at - seconds) / DECAY)),
        0,
      );
      return light < 0.01 ? plain : mixLooks(plain, struck, brightness * light);
    };
  },
};
