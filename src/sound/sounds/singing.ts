import { between } from '../../random.ts';
import { addPanned, addStereo } from '../dsp/pan.ts';
import { reverberate } from '../dsp/reverb.ts';
import { createStereo, SAMPLE_RATE } from '../samples.ts';
import { hill } from './parts/mono.ts';
import { cry, type Throat, through } from './parts/throat.ts';
import type { TextureSound } from './sound.ts';

/** Formants of sung vowels in Hz (a, o, u) with the singer's own near 3 kHz (Sundberg, 1974). */
const vowels = [
  [680, 1080, 2900],
  [450, 780, 2850],
  [330, 700, 2800],
] as const;

/** Steps of a pentatonic scale in semitones. */
const steps = [0, 2, 4, 7, 9, 12];

/** People who sing on vowels: notes of one key, 5.5 Hz vibrato, no words. */
export const singing: TextureSound = {
  kind: 'texture',
  name: 'singing',
  summary: 'Somebody who sings or hums without words; a choir.',
  variants: ['woman', 'man', 'child', 'choir', 'hum'],
  loudness: -21,
  words: {
    strong: 'sing singer choir vocal chorus yodel opera humming-voice hum-tune hum-song yodelling',
    weak: 'chant croon vocalist',
    variants: {
      woman: 'woman female girl soprano lady',
      man: 'man male opera tenor',
      child: 'child kid children',
      choir: 'choir chorus people group chant church',
      hum: 'hum',
    },
  },
  render(length, { variant, pace }, random) {
    const samples = createStereo(length);
    const choir = variant === 'choir';
    const low = variant === 'man' ? 131 : variant === 'child' ? 330 : 247;
    const notes: { time: number; seconds: number; step: number }[] = [];
    let place = 2;
    for (let time = 0.2; time < length / SAMPLE_RATE; ) {
      const seconds = (choir ? 1.6 : 0.55) * between(random, 0.8, 1.6) * (1.4 - 0.8 * pace);
      place = Math.max(0, Math.min(steps.length - 1, place + Math.floor(random() * 5) - 2));
      notes.push({ time, seconds, step: steps[place]! });
      time += seconds;
    }
    for (let singer = 0; singer < (choir ? 7 : 1); singer++) {
      const register = choir ? [0.5, 0.5, 0.75, 1, 1, 1.5, 1.5][singer]! : 1;
      const tuning = choir ? between(random, 0.994, 1.006) : 1;
      const pan = choir ? (singer - 3) / 4 : 0;
      for (const { time, seconds, step } of notes) {
        const hertz = low * register * tuning * 2 ** (step / 12);
        const vowel = vowels[Math.floor(random() * vowels.length)]!;
        const throat: Throat = {
          formants: [
            [vowel[0], 5, 1],
            [vowel[1], 8, 0.5],
            [vowel[2], 8, variant === 'hum' ? 0.03 : 0.3],
          ],
          breath: 0.06,
          rough: [5.5, 0.1],
        };
        const glideIn = through(hertz * 0.97, hertz);
        const pitch = (part: number) =>
          glideIn(Math.min(1, part * 6)) *
          (1 + 0.012 * Math.min(1, part * 3) * Math.sin(2 * Math.PI * 5.5 * part * seconds));
        const sung = cry(throat, seconds * 1.05, pitch, random, (part) => hill(part, 0.12, 0.18));
        addPanned(samples, sung, Math.round((time + (choir ? random() * 0.04 : 0)) * SAMPLE_RATE), 0.3, pan);
      }
    }
    const room = choir
      ? { decay: 2.6, damping: 4500, delay: 0.03 }
      : { decay: 1, damping: 4500, delay: 0.015 };
    addStereo(samples, reverberate(samples, room), 0, choir ? 0.8 : 0.3);
    return samples;
  },
};
