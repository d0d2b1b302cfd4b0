import { between } from '../../random.ts';
import { moments } from './parts/moments.ts';
import { addAt, addBurst, glide, hill, seconds } from './parts/mono.ts';

/** A heart: the valves shut twice a beat, "lub" 30–45 Hz and a third of the beat later "dub", shorter and higher. */
export const heartbeat = moments({
  name: 'heartbeat',
  summary: 'A heart that beats, heard from inside.',
  variants: ['heart'],
  loudness: -20,
  words: { strong: 'heartbeat heart-beat heart-pound', weak: 'heart pulse' },
  gap: 0.86,
  draw(_parameters, random) {
    const samples = seconds(0.7);
    for (const [time, pitch, length, gain] of [
      [0, 46, 0.15, 1],
      [0.29, 62, 0.11, 0.7],
    ] as const) {
      const thump = glide(
        length,
        (part) => pitch * (1.5 - 0.7 * part),
        (part) => hill(part, 0.12, 0.85) ** 1.5,
        [0.4, 0.2],
      );
      addAt(samples, thump, time, gain * between(random, 0.9, 1));
      addBurst(
        samples,
        time,
        { frequency: 110, resonance: 0.8, attack: 0.015, decay: 0.1, gain: gain * 0.5 },
        random,
      );
    }
    return samples;
  },
});
