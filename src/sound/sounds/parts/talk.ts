import { between, type Random } from '../../../random.ts';
import { StateVariableFilter } from '../../dsp/filter.ts';
import { Sawtooth } from '../../dsp/sawtooth.ts';
import { SAMPLE_RATE } from '../../samples.ts';

/** First, second and third formant in Hz of vowels (Peterson & Barney, 1952, men): i, e, a, o, u, schwa. */
const vowels: readonly (readonly [number, number, number])[] = [
  [270, 2290, 3010],
  [530, 1840, 2480],
  [730, 1090, 2440],
  [570, 840, 2410],
  [300, 870, 2240],
  [490, 1350, 1690],
];

/** Who talks. */
export type Speaker = 'man' | 'woman' | 'child';

/** Lowest and highest pitch in Hz, and the size of the formants against a man's. */
const speakers: Record<Speaker, readonly [lowest: number, highest: number, throat: number]> = {
  man: [95, 145, 1],
  woman: [170, 235, 1.16],
  child: [250, 330, 1.35],
};

/**
 * Somebody who talks, as one channel, with nothing to be understood: phrases and pauses (up to `longestPause` seconds),
 * syllables that glide from vowel to vowel, hissed consonants between them.
 */
export function talk(length: number, speaker: Speaker, longestPause: number, random: Random): Float32Array {
  const samples = new Float32Array(length);
  const [lowest, highest, throat] = speakers[speaker];
  const voice = between(random, lowest, highest);
  const source = new Sawtooth(random());
  const formants = [500, 1500, 2500].map((hertz, place) => new StateVariableFilter(hertz, 5 + 2 * place));
  const hiss = new StateVariableFilter(between(random, 3500, 5500), 1.2);
  let at = -Math.floor(random() * 2 * SAMPLE_RATE);
  let [first, second, third] = vowels[0]!;
  while (at < length) {
    const syllables = 3 + Math.floor(random() * 9);
    const lift = between(random, 0.9, 1.2);
    for (let syllable = 0; syllable < syllables && at < length; syllable++) {
      const count = Math.floor(between(random, 0.11, 0.27) * SAMPLE_RATE);
      const stress = between(random, 0.35, 1);
      const consonant = random() < 0.45 ? between(random, 0.03, 0.09) * SAMPLE_RATE : 0;
      const pitch = voice * (lift - (0.22 * syllable) / syllables) * between(random, 0.93, 1.07);
      const vowel = vowels[Math.floor(random() * vowels.length)]!;
      for (let index = 0; index < count; index++, at++) {
        if (at < 0 || at >= length) continue;
        if ((at & 63) === 0) {
          first += (vowel[0] - first) * 0.05;
          second += (vowel[1] - second) * 0.05;
          third += (vowel[2] - third) * 0.05;
          formants[0]!.tune(first * throat, 5);
          formants[1]!.tune(second * throat, 8);
          formants[2]!.tune(third * throat, 9);
        }
        const part = index / count;
        const level = stress * Math.sin(Math.PI * part) ** 0.7;
        const folds = source.next(pitch * (1 + 0.06 * stress * Math.sin(Math.PI * part)));
        const breath =
          index < consonant
            ? hiss.bandPass(random() - 0.5) * 0.35 * Math.sin((Math.PI * index) / consonant)
            : 0;
        samples[at] =
          level *
            (formants[0]!.bandPass(folds) +
              formants[1]!.bandPass(folds) * 0.5 +
              formants[2]!.bandPass(folds) * 0.25) *
            0.5 +
          breath * stress;
      }
    }
    at += Math.floor(between(random, 0.15, longestPause) * SAMPLE_RATE);
  }
  return samples;
}
