import { between, type Random } from '../../../random.ts';
import { addPanned } from '../../dsp/pan.ts';
import { createStereo, SAMPLE_RATE } from '../../samples.ts';
import type { EventSound, SoundDescription, SoundEvent, SoundParameters } from '../sound.ts';

/** A sound of which every occurrence can be drawn by itself, as one channel. */
export interface Moments extends SoundDescription, Pick<EventSound, 'follows'> {
  /** Seconds from one to the next, at ordinary density and pace; per variant where they differ. */
  gap: number | Record<string, number>;
  /** One occurrence of the given strength (0–1) from its beginning on; its place and level are added afterwards. */
  draw(parameters: SoundParameters, random: Random, strength: number): Float32Array;
}

/** An event sound made of independent occurrences. */
export function moments({ gap, draw, ...description }: Moments): EventSound {
  return {
    kind: 'event',
    ...description,
    schedule(seconds, parameters, random) {
      const { density, pace, variant } = parameters;
      const usual = typeof gap === 'number' ? gap : (gap[variant] ?? gap[description.variants[0]]!);
      const step = usual * (1.6 - 1.2 * density) * (1.4 - 0.8 * pace);
      const events: SoundEvent[] = [];
      for (
        let time = Math.min(0.5 * between(random, 0.6, 1.2), seconds / 4);
        time < seconds - 0.2;
        time += step * between(random, 0.75, 1.25)
      ) {
        events.push({ time, strength: between(random, 0.7, 1), pan: between(random, -0.2, 0.2) });
      }
      return events;
    },
    render(length, parameters, events, random) {
      const samples = createStereo(length);
      for (const { time, strength, pan } of events) {
        const drawn = draw(parameters, random, strength);
        addPanned(samples, drawn, Math.round(time * SAMPLE_RATE), strength, pan);
      }
      return samples;
    },
  };
}
