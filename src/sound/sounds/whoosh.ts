import { between, type Random } from '../../random.ts';
import { StateVariableFilter } from '../dsp/filter.ts';
import { pinkNoise } from '../dsp/noise.ts';
import { panGains } from '../dsp/pan.ts';
import { createStereo, SAMPLE_RATE, type StereoSamples } from '../samples.ts';
import type { EventSound, SoundEvent } from './sound.ts';

/** Length in seconds, band in Hz at the ends and at the middle, and Q of what moves the air. */
const movers = {
  air: { seconds: 0.8, slow: 220, fast: 1700, resonance: 0.9 },
  blade: { seconds: 0.34, slow: 900, fast: 5200, resonance: 1.8 },
  deep: { seconds: 1.5, slow: 90, fast: 520, resonance: 0.8 },
};

/** Something that passes through the air: loudest and brightest when it is nearest, at the event's time. */
export const whoosh: EventSound = {
  kind: 'event',
  name: 'whoosh',
  summary: 'Something that sweeps past: air, a blade, something large.',
  variants: ['air', 'blade', 'deep'],
  loudness: -20,
  words: {
    strong:
      'whoosh swoosh swish katana samurai sword swordfight blade ' +
      'slash fly-past fly-by flies-past zoom-past speed-past rush-past sweep-past warp teleport',
    weak: 'sweep swing swipe throw arrow spin',
    variants: {
      blade: 'katana samurai sword blade slash swordfight dagger axe scissors arrow',
      deep: 'giant huge massive dragon spaceship ship monster planet enormous',
    },
  },
  follows: 'move',
  schedule(seconds, { density }, random) {
    const events: SoundEvent[] = [];
    for (let time = Math.min(0.8, seconds * 0.3); time < seconds - 0.3; ) {
      events.push({ time, strength: between(random, 0.7, 1), pan: between(random, -0.4, 0.4) });
      time += between(random, 1.6, 2.6) * (1.5 - density);
    }
    return events;
  },
  render(length, { pace, variant }, events, random) {
    const samples = createStereo(length);
    const mover = variant === 'blade' || variant === 'deep' ? movers[variant] : movers.air;
    for (const event of events) addSweep(samples, event, mover, 1.4 - 0.8 * pace, random);
    return samples;
  },
};

function addSweep(
  samples: StereoSamples,
  event: SoundEvent,
  mover: (typeof movers)[keyof typeof movers],
  stretch: number,
  random: Random,
): void {
  const length = samples.left.length;
  const count = Math.round(mover.seconds * stretch * between(random, 0.9, 1.1) * SAMPLE_RATE);
  const from = Math.round(event.time * SAMPLE_RATE - count * 0.55);
  const noise = pinkNoise(count, random);
  const filter = new StateVariableFilter(mover.slow, mover.resonance);
  const edge = new StateVariableFilter(mover.slow, mover.resonance * 3);
  const direction = random() < 0.5 ? -1 : 1;
  let leftGain = 0;
  let rightGain = 0;
  let level = 0;
  for (let index = 0; index < count; index++) {
    if ((index & 15) === 0) {
      const part = index / count;
      // Comes faster than it goes: the peak lies at 55 %.
      const phase = part < 0.55 ? part / 1.1 : 0.5 + (part - 0.55) / 0.9;
      const near = Math.sin(Math.PI * phase);
      level = near ** 2.5 * event.strength;
      filter.tune(mover.slow + (mover.fast - mover.slow) * near ** 2, mover.resonance);
      edge.tune((mover.slow + (mover.fast - mover.slow) * near ** 2) * 1.5, mover.resonance * 3);
      [leftGain, rightGain] = panGains(event.pan + direction * (part - 0.55) * 1.1);
    }
    const at = from + index;
    if (at < 0 || at >= length) continue;
    const air = noise[index]!;
    const sample = (filter.bandPass(air) + edge.bandPass(air) * 0.5) * level;
    samples.left[at]! += sample * leftGain;
    samples.right[at]! += sample * rightGain;
  }
}
