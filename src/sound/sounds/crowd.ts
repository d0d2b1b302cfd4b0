import { between, type Random } from '../../random.ts';
import { driftCurve } from '../dsp/drift.ts';
import { bandPass, highPass, lowPass, StateVariableFilter } from '../dsp/filter.ts';
import { pinkNoise } from '../dsp/noise.ts';
import { addPanned, addStereo } from '../dsp/pan.ts';
import { reverberate } from '../dsp/reverb.ts';
import { Sawtooth } from '../dsp/sawtooth.ts';
import { narrow } from '../dsp/width.ts';
import { createStereo, SAMPLE_RATE, type StereoSamples } from '../samples.ts';
import type { TextureSound } from './sound.ts';

/** First, second and third formant in Hz of vowels (Peterson & Barney, 1952, men): i, e, a, o, u, schwa. */
const vowels: readonly (readonly [number, number, number])[] = [
  [270, 2290, 3010],
  [530, 1840, 2480],
  [730, 1090, 2440],
  [570, 840, 2410],
  [300, 870, 2240],
  [490, 1350, 1690],
];

/** A murmur of many people, none of them to be understood. */
export const crowd: TextureSound = {
  kind: 'texture',
  name: 'crowd',
  summary: 'Many people who talk at once.',
  variants: ['indoors'],
  loudness: -24,
  render(length, { density }, random) {
    const room = createStereo(length);
    const talkers = 8 + Math.round(10 * density);
    for (let talker = 0; talker < talkers; talker++) {
      const pan = between(random, -0.95, 0.95);
      addPanned(room, talk(length, random), 0, between(random, 0.15, 1) ** 1.5, pan);
    }
    const wet = reverberate(room, { decay: 0.9, damping: 4000, delay: 0.012 });
    for (const channel of [room.left, room.right]) lowPass(channel, 3400, 0.6);
    addStereo(room, wet, 0, 0.9);
    addBabble(room, random);
    narrow(room, 0.4);
    return room;
  },
};

/** One person: phrases and pauses, syllables that glide from vowel to vowel, hissed consonants between them. */
function talk(length: number, random: Random): Float32Array {
  const samples = new Float32Array(length);
  const woman = random() < 0.5;
  const voice = woman ? between(random, 170, 235) : between(random, 95, 145);
  const throat = woman ? 1.16 : 1;
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
    at += Math.floor(between(random, 0.15, 1.4) * SAMPLE_RATE);
  }
  return samples;
}

/** The people too far to be heard one by one: noise with the spectrum and the rhythm of speech. */
function addBabble(samples: StereoSamples, random: Random): void {
  const length = samples.left.length;
  for (const channel of [samples.left, samples.right]) {
    const low = bandPass(pinkNoise(length, random), 300, 0.6);
    const high = highPass(bandPass(pinkNoise(length, random), 1500, 0.7), 700);
    const syllables = driftCurve(length, 4.5, random, 2);
    const murmur = driftCurve(length, 0.6, random, 2);
    for (let index = 0; index < length; index++) {
      const talk = 0.3 + 1.4 * syllables[index]! * syllables[index]!;
      channel[index]! +=
        (low[index]! * 0.1 + high[index]! * 0.025 * talk) * talk * (0.6 + 0.8 * murmur[index]!);
    }
  }
}
