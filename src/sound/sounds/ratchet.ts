import { between } from '../../random.ts';
import { moments } from './parts/moments.ts';
import { addAt, addBurst, seconds, strikeOnce } from './parts/mono.ts';

const pawl = [
  { ratio: 1, gain: 1, decay: 0.018 },
  { ratio: 2.6, gain: 0.7, decay: 0.013 },
  { ratio: 4.7, gain: 0.4, decay: 0.008 },
];

/** Teeth that pass one after the other: a zip runs faster and faster, a ratchet at the pace of a hand. */
export const ratchet = moments({
  name: 'ratchet',
  summary: 'A zip, a ratchet, a winch.',
  variants: ['zipper', 'ratchet'],
  loudness: -23,
  words: {
    strong: 'zipper zip unzip ratchet winch wind-up-toy crank fishing-reel',
    weak: 'gear pawl wrench reel pawn',
    variants: { zipper: 'zipper zip unzip jacket bag', ratchet: 'ratchet winch gear crank wind wrench reel' },
  },
  gap: { zipper: 1.6, ratchet: 1.4 },
  draw({ variant }, random) {
    const zip = variant === 'zipper';
    const length = zip ? between(random, 0.35, 0.8) : between(random, 0.6, 1);
    const samples = seconds(length + 0.1);
    const from = zip ? between(random, 60, 90) : 14;
    const to = zip ? between(random, 170, 240) : 22;
    for (let time = 0; time < length; ) {
      const part = time / length;
      const rate = from + (to - from) * part;
      const pitch = (zip ? 2300 + 1500 * part : 1250) * between(random, 0.92, 1.08);
      const gain = between(random, 0.6, 1);
      addAt(samples, strikeOnce(pawl, pitch, 0.0003, 0.04, random), time, gain);
      addBurst(
        samples,
        time,
        { frequency: pitch * 2.2, resonance: 0.9, attack: 0.0003, decay: 0.005, gain: gain * 0.7 },
        random,
      );
      time += between(random, 0.93, 1.07) / rate;
    }
    return samples;
  },
});
