import { between } from '../../random.ts';
import type { Mode } from '../dsp/modal.ts';
import { moments } from './parts/moments.ts';
import { addAt, addBurst, seconds, strikeOnce } from './parts/mono.ts';

const glassBar: readonly Mode[] = [
  { ratio: 1, gain: 1, decay: 1.1 },
  { ratio: 2.756, gain: 0.3, decay: 0.6 },
  { ratio: 5.404, gain: 0.15, decay: 0.3 },
];

/** Magic: a run of small bars, up or down a whole-tone scale, and the shimmer that follows. */
export const magic = moments({
  name: 'magic',
  summary: 'A spell: sparkles and shimmer.',
  variants: ['sparkle', 'dark'],
  loudness: -22,
  words: {
    strong:
      'magic magical spell wizard fairy-dust sparkle wand enchanted sorcerer pixie fairy teleport glitter-burst',
    weak: 'witch portal glow glitter twinkle',
    variants: { sparkle: 'sparkle fairy dust glitter', dark: 'dark evil curse witch necromancer' },
  },
  gap: { sparkle: 2.6, dark: 3.4 },
  draw({ variant }, random) {
    const samples = seconds(2.4);
    const dark = variant === 'dark';
    const base = dark ? 240 : between(random, 1050, 1250);
    const notes = dark ? 10 : 20;
    for (let note = 0; note < notes; note++) {
      const part = note / notes;
      const pitch =
        base * 2 ** (((dark ? -1 : 1) * note * 2) / 12 / (dark ? 1 : 1.4)) * between(random, 0.995, 1.005);
      addAt(
        samples,
        strikeOnce(glassBar, pitch, 0.0006, 1.3, random),
        part ** 0.8 * 0.9,
        between(random, 0.4, 0.8) * (1 - 0.4 * part),
      );
    }
    for (let spark = 0; spark < 30; spark++) {
      addAt(
        samples,
        strikeOnce(glassBar, base * between(random, 2, 5), 0.0003, 0.5, random),
        0.3 + random() * 1.6,
        0.12 * random(),
      );
    }
    addBurst(
      samples,
      0,
      { frequency: dark ? 500 : 6500, resonance: 0.8, attack: 0.7, decay: 1.4, gain: dark ? 0.7 : 0.07 },
      random,
    );
    return samples;
  },
});
