import { between } from '../../random.ts';
import { addPanned } from '../dsp/pan.ts';
import { createStereo, SAMPLE_RATE } from '../samples.ts';
import { addAt, addBurst, seconds, strikeOnce } from './parts/mono.ts';
import type { EventSound } from './sound.ts';

const wheelModes = [
  { ratio: 1, gain: 1, decay: 0.045 },
  { ratio: 1.7, gain: 0.6, decay: 0.035 },
  { ratio: 2.9, gain: 0.7, decay: 0.03 },
  { ratio: 5.3, gain: 0.4, decay: 0.018 },
];

/** Beats per second, and the case's pitch in Hz. */
const clocks = {
  wall: { rate: 2, pitch: 1900 },
  watch: { rate: 5, pitch: 4200 },
  grandfather: { rate: 1, pitch: 800 },
} as const;

/** A clock: each beat of the escapement is three clicks within 15 ms (unlock, impulse, drop); tick and tock differ. */
export const clock: EventSound = {
  kind: 'event',
  name: 'clock',
  summary: 'A clock or a watch that ticks; a metronome.',
  variants: ['wall', 'watch', 'grandfather'],
  loudness: -25,
  indoors: true,
  words: {
    strong: 'tick-tock tick clock metronome stopwatch countdown',
    weak: 'watch tock time-bomb timer',
    variants: {
      wall: 'clock wall',
      watch: 'watch stopwatch pocket',
      grandfather: 'grandfather pendulum metronome',
    },
  },
  schedule(length, { variant }) {
    const { rate } = clocks[variant as keyof typeof clocks] ?? clocks.wall;
    const count = Math.max(0, Math.floor((length - 0.2) * rate));
    return Array.from({ length: count }, (_, beat) => ({
      time: 0.2 + beat / rate,
      strength: beat % 2 === 0 ? 1 : 0.75,
      pan: 0,
    }));
  },
  render(length, { variant }, events, random) {
    const samples = createStereo(length);
    const { pitch } = clocks[variant as keyof typeof clocks] ?? clocks.wall;
    for (const [beat, { time, strength, pan }] of events.entries()) {
      const tick = seconds(0.12);
      const height = pitch * (beat % 2 === 0 ? 1 : 0.84);
      for (const [after, gain] of [
        [0, 0.5],
        [0.006, 1],
        [0.015, 0.7],
      ] as const) {
        addAt(
          tick,
          strikeOnce(wheelModes, height, 0.0003, 0.1, random),
          after * between(random, 0.95, 1.05),
          gain,
        );
        addBurst(
          tick,
          after,
          { frequency: height * 2.4, resonance: 1, attack: 0.0003, decay: 0.006, gain: gain * 0.4 },
          random,
        );
      }
      addPanned(samples, tick, Math.round(time * SAMPLE_RATE), strength, pan);
    }
    return samples;
  },
};
