import { between } from '../../random.ts';
import { lowPass } from '../dsp/filter.ts';
import { Sawtooth } from '../dsp/sawtooth.ts';
import { moments } from './parts/moments.ts';
import { hill, seconds } from './parts/mono.ts';

/** Tones in Hz, length in seconds, cutoff in Hz and whether it comes twice. A train's chord is Nathan K5LA's (B major sixth). */
const horns: Record<
  string,
  { tones: readonly number[]; length: number; cutoff: number; twice: boolean; rise: number }
> = {
  car: { tones: [410, 512], length: 0.45, cutoff: 4200, twice: true, rise: 0.03 },
  truck: { tones: [175, 220, 262], length: 1.1, cutoff: 2600, twice: false, rise: 0.06 },
  train: { tones: [311, 370, 415, 494, 622], length: 1.9, cutoff: 3400, twice: true, rise: 0.1 },
  ship: { tones: [82, 123], length: 3, cutoff: 900, twice: false, rise: 0.25 },
  reverse: { tones: [1250], length: 0.45, cutoff: 1700, twice: false, rise: 0.02 },
  air: { tones: [392, 494, 587], length: 0.9, cutoff: 6500, twice: true, rise: 0.03 },
  bicycle: { tones: [330], length: 0.22, cutoff: 5200, twice: true, rise: 0.08 },
};

/** Horns: reeds and diaphragms, rich in harmonics, in the chords of their makers. */
export const horn = moments({
  name: 'horn',
  summary: 'The horn of a car, truck, train, ship or bicycle; the beep of reversing.',
  variants: ['car', 'truck', 'train', 'ship', 'reverse', 'air', 'bicycle'],
  loudness: -18,
  words: {
    strong:
      'honk horn foghorn train-horn train-whistle ship-horn car-horn air-horn reverse-beep reversing-beep ' +
      'toot vuvuzela train-whistling whistle-train boat-horn horn-blow blow-horn horn-is-blow whistle-blow ' +
      'steam-whistle horn-beep horn-sound',
    weak: 'blare bicycle-bell',
    variants: {
      car: 'car honk taxi vehicle traffic',
      truck: 'truck bus lorry',
      train: 'train railroad locomotive railway',
      ship: 'ship foghorn boat harbor ferry',
      reverse: 'reverse reversing',
      air: 'air vuvuzela stadium',
      bicycle: 'bicycle clown bike',
    },
  },
  gap: { car: 2.4, truck: 3.2, train: 4.5, ship: 6, reverse: 0.95, air: 3, bicycle: 2 },
  draw({ variant }, random) {
    const { tones, length, cutoff, twice, rise } = horns[variant] ?? horns.car!;
    const blast = length * between(random, 0.85, 1.15);
    const samples = seconds(twice ? blast * 2.4 : blast + 0.1);
    const saws = tones.map((hertz) => ({
      hertz: hertz * between(random, 0.997, 1.003),
      saw: new Sawtooth(random()),
    }));
    for (const [start, share] of twice
      ? ([
          [0, 0.7],
          [1.05, 1],
        ] as const)
      : ([[0, 1]] as const)) {
      const from = Math.round(start * blast * 48_000);
      const count = Math.round(blast * share * 48_000);
      for (let index = 0; index < count && from + index < samples.length; index++) {
        const part = index / count;
        const level = hill(part, rise, 0.06);
        // Pressure builds up: the pitch comes from a little below and sags at the end.
        const bend = 1 - 0.03 * (1 - Math.min(1, part / (rise * 2))) - 0.02 * Math.max(0, part - 0.92) * 12;
        let sum = 0;
        for (const { hertz, saw } of saws) sum += saw.next(hertz * bend);
        samples[from + index]! += (sum / saws.length + (random() - 0.5) * 0.06) * level;
      }
    }
    return lowPass(samples, cutoff, 0.9);
  },
});
