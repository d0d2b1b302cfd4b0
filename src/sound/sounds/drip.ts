import { between } from '../../random.ts';
import { addStereo } from '../dsp/pan.ts';
import { reverberate } from '../dsp/reverb.ts';
import { createStereo, SAMPLE_RATE } from '../samples.ts';
import { addBubble } from './parts/bubble.ts';
import { betweenOctaves } from './parts/chance.ts';
import { addGrain } from './parts/grain.ts';
import type { EventSound } from './sound.ts';

/** Drops: the tick of the touch, then some milliseconds later the bubble that is drawn in, rising as it nears the surface. */
export const drip: EventSound = {
  kind: 'event',
  name: 'drip',
  summary: 'Drops of water that fall.',
  variants: ['drop', 'cave'],
  loudness: -22,
  words: {
    strong:
      'drip droplet water-drop water-drip dripping-faucet drop-of-water raindrop-fall dew-drop water-droplet',
    weak: 'drop leak',
    variants: { cave: 'cave tunnel cellar dungeon' },
  },
  schedule(length, { density, pace }, random) {
    const events = [];
    for (
      let time = 0.3;
      time < length - 0.1;
      time += between(random, 0.7, 1.3) * 0.9 * (1.5 - density) * (1.3 - 0.6 * pace)
    ) {
      events.push({ time, strength: between(random, 0.6, 1), pan: between(random, -0.25, 0.25) });
    }
    return events;
  },
  render(length, { variant }, events, random) {
    const samples = createStereo(length);
    for (const { time, strength, pan } of events) {
      const at = Math.round(time * SAMPLE_RATE);
      addGrain(
        samples,
        at,
        { frequency: 5200, resonance: 0.9, decay: 0.003, gain: 0.12 * strength, pan },
        random,
      );
      const pitch = betweenOctaves(random, 750, 1700);
      addBubble(
        samples,
        at + Math.round(between(random, 0.004, 0.02) * SAMPLE_RATE),
        pitch,
        0.5 * strength,
        between(random, 0.1, 0.3),
        pan,
      );
      if (random() < 0.6)
        addBubble(
          samples,
          at + Math.round(between(random, 0.04, 0.09) * SAMPLE_RATE),
          pitch * 1.9,
          0.16 * strength,
          0.2,
          pan,
        );
    }
    const cave = variant === 'cave';
    const room = reverberate(samples, { decay: cave ? 3.4 : 0.7, damping: 4200, delay: 0.025 });
    addStereo(samples, room, 0, cave ? 0.9 : 0.2);
    return samples;
  },
};
