import { between } from '../../random.ts';
import { addPanned } from '../dsp/pan.ts';
import { createStereo, SAMPLE_RATE } from '../samples.ts';
import { addBubble } from './parts/bubble.ts';
import { betweenOctaves } from './parts/chance.ts';
import { addBurst, seconds } from './parts/mono.ts';
import type { EventSound } from './sound.ts';

/** How large: the slap's frequency in Hz, seconds of spray, bubbles, and the share of their level at its end. */
const sizes: Record<string, { slap: number; spray: number; bubbles: number; lowest: number; tail: number }> =
  {
    splash: { slap: 420, spray: 0.7, bubbles: 110, lowest: 380, tail: 0.4 },
    swim: { slap: 600, spray: 0.45, bubbles: 70, lowest: 450, tail: 0.4 },
    dive: { slap: 190, spray: 1.1, bubbles: 190, lowest: 160, tail: 0.4 },
    puddle: { slap: 800, spray: 0.2, bubbles: 35, lowest: 700, tail: 0.1 },
  };

/** A splash: the slap on the surface, the cavity that closes with a gulp, spray that falls back as drops. */
export const splash: EventSound = {
  kind: 'event',
  name: 'splash',
  summary: 'Something falls into water, swims, dives, steps into a puddle.',
  variants: ['splash', 'swim', 'dive', 'puddle'],
  loudness: -20,
  words: {
    strong:
      'splash swim dive paddle wade splatter plunge water-splash splash-water cannonball jump-into-water fish-jump',
    weak: 'pool puddle slosh ski wash',
    variants: {
      swim: 'swim paddle wade slosh',
      dive: 'dive plunge whale cannonball',
      puddle: 'puddle boots step',
      splash: 'splash',
    },
  },
  follows: 'hit',
  schedule(length, { pace, density, variant }, random) {
    const gap =
      (variant === 'swim' ? 0.85 : variant === 'dive' ? 3.5 : 1.5) * (1.5 - density) * (1.3 - 0.6 * pace);
    const events = [];
    for (let time = 0.35; time < length - 0.3; time += gap * between(random, 0.75, 1.25)) {
      events.push({ time, strength: between(random, 0.7, 1), pan: between(random, -0.3, 0.3) });
    }
    return events;
  },
  render(length, { variant }, events, random) {
    const samples = createStereo(length);
    const size = sizes[variant] ?? sizes.splash!;
    for (const { time, strength, pan } of events) {
      const body = seconds(size.spray + 0.4);
      addBurst(
        body,
        0,
        { frequency: size.slap, resonance: 0.6, attack: 0.006, decay: 0.16, gain: 1.5 },
        random,
      );
      addBurst(
        body,
        0.01,
        { frequency: 2600, resonance: 0.5, attack: 0.03, decay: size.spray * 0.6, gain: 0.9 },
        random,
      );
      addBurst(
        body,
        0.05,
        { frequency: 6200, resonance: 0.6, attack: size.spray * 0.2, decay: size.spray, gain: 0.25 },
        random,
      );
      addPanned(samples, body, Math.round(time * SAMPLE_RATE), strength, pan);
      for (let bubble = 0; bubble < size.bubbles; bubble++) {
        const late = random() ** 1.6;
        const at = Math.round((time + 0.04 + late * size.spray) * SAMPLE_RATE);
        const pitch = betweenOctaves(random, size.lowest * (1 + 2 * late), 5200);
        addBubble(
          samples,
          at,
          pitch,
          strength * 0.2 * random() ** 1.5 * (1 - (1 - size.tail) * late),
          between(random, 0, 0.15),
          pan + between(random, -0.5, 0.5),
        );
      }
    }
    return samples;
  },
};
