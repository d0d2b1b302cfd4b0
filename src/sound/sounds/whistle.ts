import { between } from '../../random.ts';
import { moments } from './parts/moments.ts';
import { addAt, addBurst, glide, hill, seconds } from './parts/mono.ts';
import { through } from './parts/throat.ts';

/** A whistle: an almost pure tone and the breath around it; the pea of a referee's beats it 30 times a second. */
export const whistle = moments({
  name: 'whistle',
  summary: 'Somebody who whistles, a referee’s whistle, a kettle.',
  variants: ['lips', 'referee', 'kettle'],
  loudness: -21,
  words: {
    strong: 'whistle person-whistle referee-whistle kettle-whistle catcall',
    weak: 'referee kettle',
    variants: { lips: 'person man lips tune', referee: 'referee coach', kettle: 'kettle steam tea' },
  },
  gap: { lips: 1.6, referee: 2, kettle: 4 },
  draw({ variant }, random) {
    const samples = seconds(variant === 'kettle' ? 4 : 1.5);
    if (variant === 'kettle') {
      const tone = glide(3.8, through(1500, 2300, 2450, 2480), (part) => hill(part, 0.35, 0.1), [0.12]);
      addAt(samples, tone, 0, 1);
      addBurst(samples, 0, { frequency: 5200, resonance: 0.8, attack: 1.2, decay: 2.6, gain: 0.3 }, random);
      return samples;
    }
    if (variant === 'referee') {
      const length = between(random, 0.4, 0.9);
      const beat = (part: number) =>
        hill(part, 0.03, 0.05) * (0.65 + 0.35 * Math.sin(2 * Math.PI * 32 * part * length));
      addAt(
        samples,
        glide(length, () => 2900 * between(random, 0.99, 1.01), beat, [0.2]),
        0,
        1,
      );
      addBurst(samples, 0, { frequency: 3000, resonance: 2, attack: 0.01, decay: length, gain: 0.2 }, random);
      return samples;
    }
    let time = 0;
    let pitch = between(random, 1000, 1500);
    for (let note = 0; note < 3 + Math.floor(random() * 3); note++) {
      const next = pitch * 2 ** ((Math.floor(random() * 9) - 4) / 12);
      const length = between(random, 0.16, 0.35);
      addAt(
        samples,
        glide(length, through(pitch * 0.96, next, next), (part) => hill(part, 0.15, 0.25), [0.04]),
        time,
        1,
      );
      addBurst(
        samples,
        time,
        { frequency: next * 1.5, resonance: 1, attack: 0.03, decay: length, gain: 0.06 },
        random,
      );
      pitch = next;
      time += length * 0.95;
    }
    return samples;
  },
});
