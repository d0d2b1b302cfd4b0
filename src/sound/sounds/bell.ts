import { between, type Random } from '../../random.ts';
import type { Mode } from '../dsp/modal.ts';
import { betweenOctaves } from './parts/chance.ts';
import { moments } from './parts/moments.ts';
import { addAt, seconds, strikeOnce } from './parts/mono.ts';

/** Partials of a church bell against its prime: hum, prime, tierce (a minor third), quint, nominal (Lehr, 1986). */
const churchModes: readonly Mode[] = [
  { ratio: 0.5, gain: 0.7, decay: 9 },
  { ratio: 0.503, gain: 0.4, decay: 8 },
  { ratio: 1, gain: 0.8, decay: 6 },
  { ratio: 1.19, gain: 0.9, decay: 5 },
  { ratio: 1.506, gain: 0.35, decay: 3.5 },
  { ratio: 2, gain: 1, decay: 3 },
  { ratio: 2.006, gain: 0.5, decay: 2.8 },
  { ratio: 2.51, gain: 0.35, decay: 1.6 },
  { ratio: 3.01, gain: 0.4, decay: 1.3 },
  { ratio: 4.17, gain: 0.3, decay: 0.8 },
  { ratio: 5.43, gain: 0.2, decay: 0.5 },
];
const barModes: readonly Mode[] = [
  { ratio: 1, gain: 1, decay: 1.8 },
  { ratio: 2.756, gain: 0.35, decay: 0.9 },
  { ratio: 5.404, gain: 0.2, decay: 0.4 },
];
const bowlModes: readonly Mode[] = [
  { ratio: 1, gain: 1, decay: 9 },
  { ratio: 1.004, gain: 0.8, decay: 9 },
  { ratio: 2.71, gain: 0.5, decay: 6 },
  { ratio: 2.722, gain: 0.4, decay: 6 },
  { ratio: 5.1, gain: 0.25, decay: 3.5 },
  { ratio: 8, gain: 0.1, decay: 2 },
];

/** Bells, from the church's to the bicycle's; chimes; bowls and gongs. */
export const bell = moments({
  name: 'bell',
  summary: 'Church bells, a doorbell, a hand bell, wind chimes, a singing bowl, a gong.',
  variants: ['church', 'doorbell', 'hand', 'chimes', 'bowl', 'gong'],
  loudness: -20,
  words: {
    strong:
      'bell chime church-bell doorbell gong singing-bowl wind-chime cowbell sleigh-bell bell-ring toll-bell carillon',
    weak: 'ring ding toll church jingle-bell temple',
    variants: {
      church: 'church tower cathedral toll',
      doorbell: 'doorbell door dong',
      hand: 'hand small bicycle cowbell sleigh tinkle desk alarm ding shop jingle bell',
      chimes: 'chime wind',
      bowl: 'bowl singing meditation',
      gong: 'gong',
    },
  },
  gap: { church: 1.9, doorbell: 3.2, hand: 1.1, chimes: 0.65, bowl: 5, gong: 5 },
  draw({ variant }, random) {
    if (variant === 'doorbell') {
      const samples = seconds(2.5);
      addAt(samples, strikeOnce(barModes, 659, 0.002, 2, random), 0, 1);
      addAt(samples, strikeOnce(barModes, 523, 0.002, 2, random), 0.55, 1);
      return samples;
    }
    return ring(variant, random);
  },
});

function ring(variant: string, random: Random): Float32Array {
  if (variant === 'hand') return strikeOnce(barModes, between(random, 1950, 2300), 0.0004, 2, random);
  if (variant === 'chimes') {
    // Tubes tuned to a pentatonic scale.
    const step = [0, 2, 4, 7, 9, 12][Math.floor(random() * 6)]!;
    return strikeOnce(barModes, 1320 * 2 ** (step / 12), 0.0008, 2.5, random);
  }
  if (variant === 'bowl') return strikeOnce(bowlModes, betweenOctaves(random, 215, 235), 0.006, 6, random);
  if (variant === 'gong') {
    const modes = Array.from({ length: 26 }, (_, mode) => ({
      ratio: 1 + mode * 0.47 * between(random, 0.96, 1.04),
      gain: 1 / (1 + mode * 0.16),
      decay: 7 / (1 + mode * 0.12),
    }));
    return strikeOnce(modes, 92, 0.006, 6, random);
  }
  return strikeOnce(churchModes, between(random, 0.998, 1.002) * 290, 0.0012, 6, random);
}
