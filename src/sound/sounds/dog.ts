import { between } from '../../random.ts';
import { moments } from './parts/moments.ts';
import { addBurst, hill } from './parts/mono.ts';
import { cry, type Throat, through } from './parts/throat.ts';

const dogThroat: Throat = {
  formants: [
    [620, 3, 1],
    [1250, 4, 0.9],
    [2600, 5, 0.5],
    [4200, 5, 0.2],
  ],
  breath: 0.35,
  rough: [70, 0.35],
};

/** A dog: the voice leaps up and falls within a fifth of a second; a howl holds, a growl beats. */
export const dog = moments({
  name: 'dog',
  summary: 'A dog or wolf that barks, growls, howls or whimpers.',
  variants: ['bark', 'small', 'growl', 'howl', 'whimper'],
  loudness: -18,
  words: {
    strong:
      'bark woof growl whimper yelp dog-howl wolf-howl coyote-howl howling-wolf howling-dog snarl bow-wow ' +
      'dog-vocalize dog-growl animal-growl dog-bark dog-pant',
    weak: 'dog puppy canine hound wolf coyote fox terrier bulldog yip dingo pant-dog',
    variants: {
      bark: 'bark dog hound',
      small: 'puppy yip yelp chihuahua terrier small little',
      growl: 'growl snarl',
      howl: 'howl wolf coyote',
      whimper: 'whimper whine',
    },
  },
  gap: { bark: 0.75, small: 0.5, growl: 2.2, howl: 3.6, whimper: 1.2 },
  draw({ variant }, random) {
    if (variant === 'howl') {
      const top = between(random, 420, 560);
      const pitch = through(top * 0.55, top, top * 1.03, top * 0.98, top * 0.6);
      const level = (part: number) => hill(part, 0.2, 0.35);
      return cry(
        { ...dogThroat, breath: 0.06, rough: [5.5, 0.12] },
        between(random, 2, 3),
        pitch,
        random,
        level,
      );
    }
    if (variant === 'growl') {
      const pitch = through(between(random, 85, 105), 115, 90);
      return cry({ ...dogThroat, breath: 0.6, rough: [27, 0.75] }, between(random, 1.2, 2), pitch, random);
    }
    if (variant === 'whimper') {
      const top = between(random, 900, 1300);
      return cry(
        { ...dogThroat, breath: 0.1, rough: [30, 0.1] },
        0.45,
        through(top, top * 1.25, top * 0.7),
        random,
      );
    }
    const small = variant === 'small';
    const top = small ? between(random, 900, 1150) : between(random, 430, 560);
    const length = small ? 0.13 : 0.2;
    const throat: Throat = small
      ? {
          ...dogThroat,
          formants: dogThroat.formants.map(([hertz, q, gain]) => [hertz * 1.6, q, gain] as const),
        }
      : dogThroat;
    const level = (part: number) => hill(part, 0.07, 0.6) ** 1.3;
    const samples = cry(throat, length, through(top * 0.62, top, top * 0.9, top * 0.45), random, level);
    addBurst(samples, 0, { frequency: 1500, resonance: 0.8, attack: 0.01, decay: 0.07, gain: 0.5 }, random);
    return samples;
  },
});
