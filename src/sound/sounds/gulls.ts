import { between, type Random } from '../../random.ts';
import { lowPass } from '../dsp/filter.ts';
import { addPanned, addStereo } from '../dsp/pan.ts';
import { reverberate } from '../dsp/reverb.ts';
import { createStereo, SAMPLE_RATE, type StereoSamples } from '../samples.ts';
import { renderCall } from './parts/call.ts';
import type { TextureSound } from './sound.ts';

/** Formants of a herring gull's cry: 2–7 kHz. */
const formants = [
  { frequency: 1500, resonance: 2, gain: 0.7 },
  { frequency: 2600, resonance: 3, gain: 1 },
  { frequency: 3900, resonance: 4, gain: 0.7 },
  { frequency: 6200, resonance: 4, gain: 0.3 },
];

/** Gulls: single mews, pairs, and the long laughing call, near and far. */
export const gulls: TextureSound = {
  kind: 'texture',
  name: 'gulls',
  summary: 'Gulls that cry over the water.',
  variants: ['colony'],
  loudness: -26,
  words: {
    strong: 'gull seagull seabird tern gull-cry seagull-cry',
    weak: 'albatross',
  },
  render(length, { density }, random) {
    const near = createStereo(length);
    const far = createStereo(length);
    const seconds = length / SAMPLE_RATE;
    for (let time = between(random, 0.1, 0.8); time < seconds; ) {
      time = addBird(near, far, time, random) + (between(random, -0.4, 1.1) * 1.2) / (0.4 + 1.2 * density);
    }
    addStereo(near, reverberate(far, { decay: 1.6, damping: 4500, delay: 0.03 }), 0, 0.28);
    return near;
  },
};

/** One gull's phrase from `time` on; returns the time at which it ends. */
function addBird(near: StereoSamples, far: StereoSamples, time: number, random: Random): number {
  const distance = between(random, 0.1, 1);
  const pan = between(random, -0.8, 0.8);
  const base = between(random, 0.85, 1.15);
  const kind = random();
  const laughs = kind > 0.8;
  const cries = laughs ? 4 + Math.floor(random() * 5) : kind < 0.45 ? 1 : 2 + Math.floor(random() * 2);
  const top = base * between(random, 1150, 1450);
  let next = time;
  for (let cry = 0; cry < cries; cry++) {
    const seconds = laughs ? 0.3 * 0.94 ** cry : between(random, 0.38, 0.75);
    const low = base * (laughs ? 880 : 740);
    const end = base * between(random, 640, 820);
    const peak = top * between(random, 0.96, 1.04);
    const samples = renderCall(
      {
        seconds,
        pitch: (part) =>
          part < 0.18
            ? low + (peak - low) * Math.sin(((part / 0.18) * Math.PI) / 2)
            : peak + (end - peak) * ((part - 0.18) / 0.82) ** 1.3,
        level: (part) => Math.min(1, part / 0.06, (1 - part) / 0.2) * (1 - 0.35 * part),
        formants,
        flutter: { rate: between(random, 50, 85), depth: between(random, 0.2, 0.4) },
        breath: 0.08,
      },
      random,
    );
    lowPass(samples, 12000 - 8000 * distance);
    const at = Math.floor(next * SAMPLE_RATE);
    addPanned(near, samples, at, 0.35 * (1.1 - distance), pan);
    addPanned(far, samples, at, 0.25 * (0.5 + 0.5 * distance), pan);
    next += seconds + (laughs ? between(random, 0.02, 0.06) : between(random, 0.08, 0.3));
  }
  return next;
}
