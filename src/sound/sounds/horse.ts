import { between } from '../../random.ts';
import type { Mode } from '../dsp/modal.ts';
import { addPanned } from '../dsp/pan.ts';
import { createStereo, SAMPLE_RATE } from '../samples.ts';
import { addAt, addBurst, hill, seconds, strikeOnce } from './parts/mono.ts';
import { cry, type Throat } from './parts/throat.ts';
import type { EventSound } from './sound.ts';

const hoof: readonly Mode[] = [
  { ratio: 1, gain: 1, decay: 0.07 },
  { ratio: 1.9, gain: 0.7, decay: 0.055 },
  { ratio: 3.3, gain: 0.5, decay: 0.04 },
  { ratio: 5.1, gain: 0.25, decay: 0.03 },
];
const horseThroat: Throat = {
  formants: [
    [750, 3, 1],
    [1600, 4, 0.9],
    [3100, 5, 0.6],
  ],
  breath: 0.15,
  rough: [15, 0.45],
};

/** Footfalls within one stride, in strides: walk in four, trot in two, gallop in three and a leap. */
const gaits = {
  walk: { falls: [0, 0.25, 0.5, 0.75], strides: 0.95 },
  trot: { falls: [0, 0.04, 0.5, 0.54], strides: 1.4 },
  gallop: { falls: [0, 0.14, 0.28, 0.4], strides: 2.1 },
};

/** A horse: hooves in the rhythm of its gait, or its neigh. An event is one footfall or one neigh. */
export const horse: EventSound = {
  kind: 'event',
  name: 'horse',
  summary: 'The hooves of a horse, by gait, or its neigh.',
  variants: ['hard', 'soft', 'neigh'],
  loudness: -20,
  words: {
    strong: 'hoof gallop clop trot horse-walk horse-run neigh whinny horse-trot horse-ride canter bray',
    weak: 'horse pony donkey cavalry carriage',
    variants: {
      hard: 'street cobblestone pavement stone road clop trot carriage hoof',
      soft: 'grass sand beach field dirt meadow gallop',
      neigh: 'neigh whinny bray',
    },
  },
  schedule(length, { pace, variant }, random) {
    const events = [];
    if (variant === 'neigh') {
      for (let time = 0.4; time < length - 0.4; time += between(random, 3, 4.5)) {
        events.push({ time, strength: 1, pan: between(random, -0.2, 0.2) });
      }
      return events;
    }
    const gait = pace < 0.35 ? gaits.walk : pace < 0.75 ? gaits.trot : gaits.gallop;
    for (let stride = 0.25; stride < length; stride += between(random, 0.97, 1.03) / gait.strides) {
      for (const [foot, fall] of gait.falls.entries()) {
        const time = stride + fall / gait.strides;
        if (time < length - 0.1) {
          events.push({ time, strength: between(random, 0.7, 1), pan: foot % 2 === 0 ? -0.1 : 0.1 });
        }
      }
    }
    return events;
  },
  render(length, { variant }, events, random) {
    const samples = createStereo(length);
    for (const { time, strength, pan } of events) {
      const at = Math.round(time * SAMPLE_RATE);
      addPanned(
        samples,
        variant === 'neigh' ? neigh(random) : footfall(variant === 'soft', random),
        at,
        strength,
        pan,
      );
    }
    return samples;
  },
};

function footfall(soft: boolean, random: () => number): Float32Array {
  const samples = seconds(0.3);
  if (soft) {
    addAt(samples, strikeOnce(hoof, between(random, 70, 95), 0.006, 0.3, random), 0, 1);
    addBurst(
      samples,
      0.004,
      { frequency: 420, resonance: 0.6, attack: 0.008, decay: 0.12, gain: 0.5 },
      random,
    );
    return samples;
  }
  addAt(samples, strikeOnce(hoof, between(random, 520, 690), 0.0008, 0.3, random), 0, 0.6);
  addAt(samples, strikeOnce(hoof, between(random, 130, 160), 0.003, 0.3, random), 0, 0.7);
  addBurst(
    samples,
    0.01,
    { frequency: 2800, resonance: 0.8, attack: 0.004, decay: 0.03, gain: 0.25 },
    random,
  );
  return samples;
}

function neigh(random: () => number): Float32Array {
  const top = between(random, 1100, 1500);
  const pitch = (part: number) =>
    top *
    (0.55 + 0.45 * Math.sin(Math.PI * Math.min(1, part * 1.4)) ** 0.7) *
    (1 - 0.45 * part) *
    (1 + 0.07 * Math.sin(2 * Math.PI * 11 * part * (1 + part)));
  return cry(horseThroat, between(random, 1.3, 1.8), pitch, random, (part) => hill(part, 0.08, 0.6));
}
