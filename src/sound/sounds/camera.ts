import { between } from '../../random.ts';
import { moments } from './parts/moments.ts';
import { addAt, addBurst, glide, hill, seconds, strikeOnce } from './parts/mono.ts';

const mirrorModes = [
  { ratio: 1, gain: 1, decay: 0.03 },
  { ratio: 1.8, gain: 0.7, decay: 0.025 },
  { ratio: 3.6, gain: 0.5, decay: 0.015 },
];

/** A reflex camera: the mirror goes up, the curtain runs, the mirror comes down; then the next film is wound. */
export const camera = moments({
  name: 'camera',
  summary: 'The shutter of a camera.',
  variants: ['shutter'],
  loudness: -22,
  words: {
    strong: 'camera-shutter shutter take-photo take-picture photograph snapshot paparazzi photo-shoot-click',
    weak: 'flashbulb',
  },
  gap: 1.6,
  draw(_parameters, random) {
    const samples = seconds(0.6);
    const open = between(random, 0.07, 0.1);
    for (const [time, pitch, gain] of [
      [0, 620, 0.8],
      [0.018, 2100, 0.4],
      [open, 740, 1],
      [open + 0.03, 1700, 0.5],
    ] as const) {
      addAt(
        samples,
        strikeOnce(mirrorModes, pitch * between(random, 0.96, 1.04), 0.0006, 0.12, random),
        time,
        gain,
      );
      addBurst(
        samples,
        time,
        { frequency: 4200, resonance: 0.8, attack: 0.0008, decay: 0.016, gain },
        random,
      );
    }
    const motor = glide(
      0.22,
      (part) => 360 + 260 * part,
      (part) => hill(part, 0.2, 0.2),
      [0.7, 0.5, 0.4, 0.3],
    );
    addAt(samples, motor, open + 0.06, 0.06);
    return samples;
  },
});
