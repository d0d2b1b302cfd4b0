import { between } from '../../random.ts';
import { driftCurve } from '../dsp/drift.ts';
import { StateVariableFilter } from '../dsp/filter.ts';
import { brownNoise, pinkNoise } from '../dsp/noise.ts';
import { panGains } from '../dsp/pan.ts';
import { narrow } from '../dsp/width.ts';
import { createStereo, SAMPLE_RATE } from '../samples.ts';
import type { EventSound } from './sound.ts';

/** Thunder: a crack, then the rolling of the lightning's further parts, darker and later. */
export const thunder: EventSound = {
  kind: 'event',
  name: 'thunder',
  summary: 'Claps of thunder that roll away.',
  variants: ['near', 'far'],
  loudness: -17,
  words: {
    strong: 'thunder thunderstorm lightning thunderclap thunderous thunder-roar thunder-rumble',
    weak: 'storm stormy',
    variants: { far: 'distant far distance faraway away' },
  },
  schedule(seconds, { density }, random) {
    const events = [];
    const gap = 9 - 5 * density;
    for (let time = between(random, 0.3, Math.min(2, seconds / 3)); time < seconds - 0.5; ) {
      events.push({ time, strength: between(random, 0.6, 1), pan: between(random, -0.5, 0.5) });
      time += gap * between(random, 0.8, 1.4);
    }
    return events;
  },
  render(length, { variant }, events, random) {
    const samples = createStereo(length);
    const far = variant === 'far';
    for (const event of events) {
      const from = Math.round(event.time * SAMPLE_RATE);
      const count = Math.min(length - from, Math.round((far ? 9 : 7) * SAMPLE_RATE));
      if (count <= 0) continue;
      const [leftGain, rightGain] = panGains(event.pan * 0.6);
      const roll = driftCurve(count, 3.5, random, 3);
      for (const [channel, gain] of [
        [samples.left, leftGain],
        [samples.right, rightGain],
      ] as const) {
        const noise = pinkNoise(count, random);
        const deep = brownNoise(count, random);
        const own = driftCurve(count, 5, random, 3);
        const tearing = driftCurve(count, 45, random, 2);
        const filter = new StateVariableFilter(2000, 0.6);
        const rumble = new StateVariableFilter(110, 0.7);
        for (let index = 0; index < count; index++) {
          const time = index / SAMPLE_RATE;
          if ((index & 31) === 0) {
            filter.tune(far ? 90 + 260 * Math.exp(-time / 1.2) : 100 + 3200 * Math.exp(-time / 0.3), 0.6);
          }
          const attack = Math.min(1, time / (far ? 0.5 : 0.008));
          const crack = far ? 0 : 1.6 * Math.exp(-time / 0.22) * (0.3 + 1.4 * tearing[index]! ** 2);
          const swells = (roll[index]! * 0.7 + own[index]! * 0.3) ** 2.2;
          const level =
            attack * (crack + (0.15 + 3.2 * swells) * Math.exp(-time / 2.6)) * gain * event.strength;
          channel[from + index]! +=
            (filter.lowPass(noise[index]!) + rumble.lowPass(deep[index]!) * 0.5) * level * 0.5;
        }
      }
    }
    narrow(samples, 0.6);
    return samples;
  },
};
