import { between } from '../../random.ts';
import { materialModes } from '../dsp/modal.ts';
import { addPanned } from '../dsp/pan.ts';
import { createStereo, SAMPLE_RATE } from '../samples.ts';
import { addAt, addBurst, seconds, strikeOnce } from './parts/mono.ts';
import type { EventSound } from './sound.ts';

const capModes = [
  { ratio: 1, gain: 1, decay: 0.03 },
  { ratio: 2.2, gain: 0.6, decay: 0.022 },
  { ratio: 3.9, gain: 0.4, decay: 0.016 },
];

const ironModes = materialModes.metal.map((mode) => ({ ...mode, decay: mode.decay * 0.14 }));

/** A keyboard: every key goes down and up, bursts of words and the pauses of thought; a typewriter's types hit paper. */
export const keyboard: EventSound = {
  kind: 'event',
  name: 'keyboard',
  summary: 'Somebody types on a keyboard or a typewriter.',
  variants: ['computer', 'typewriter'],
  loudness: -24,
  indoors: true,
  words: {
    strong: 'keyboard type typing typewriter keyboard-tap laptop-type coding-at',
    weak: 'laptop',
    variants: { computer: 'computer laptop keyboard', typewriter: 'typewriter' },
  },
  schedule(length, { pace }, random) {
    const events = [];
    const rate = 4 + 6 * pace;
    for (let time = 0.25; time < length - 0.1; ) {
      const word = 3 + Math.floor(random() * 7);
      for (let key = 0; key < word && time < length - 0.1; key++) {
        events.push({ time, strength: between(random, 0.5, 1), pan: between(random, -0.3, 0.3) });
        time += between(random, 0.6, 1.5) / rate;
      }
      time += random() < 0.25 ? between(random, 0.4, 0.9) : between(random, 0.05, 0.2);
    }
    return events;
  },
  render(length, { variant }, events, random) {
    const samples = createStereo(length);
    const typewriter = variant === 'typewriter';
    for (const { time, strength, pan } of events) {
      const key = seconds(0.4);
      const body = typewriter ? between(random, 480, 620) : between(random, 900, 1500);
      addAt(key, strikeOnce(capModes, body, 0.0008, 0.2, random), 0, typewriter ? 1.2 : 0.5);
      addBurst(
        key,
        0,
        {
          frequency: typewriter ? 3600 : 2600,
          resonance: 0.9,
          attack: 0.0006,
          decay: 0.018,
          gain: typewriter ? 1.4 : 0.7,
        },
        random,
      );
      // The table, or the frame of iron, is struck through the keys.
      const frame = typewriter ? between(random, 210, 260) : between(random, 170, 220);
      addAt(key, strikeOnce(materialModes.wood, frame, 0.0025, 0.35, random), 0.001, typewriter ? 1.6 : 0.9);
      if (typewriter)
        addAt(key, strikeOnce(ironModes, between(random, 1150, 1350), 0.0008, 0.35, random), 0.002, 0.35);
      const up = between(random, 0.06, 0.11);
      addAt(key, strikeOnce(capModes, body * 1.5, 0.0008, 0.1, random), up, 0.18);
      addBurst(key, up, { frequency: 4200, resonance: 1, attack: 0.0006, decay: 0.01, gain: 0.25 }, random);
      addPanned(samples, key, Math.round(time * SAMPLE_RATE), strength, pan);
    }
    return samples;
  },
};
