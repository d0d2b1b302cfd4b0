import { between } from '../../random.ts';
import { driftCurve } from '../dsp/drift.ts';
import { highPass, lowPass } from '../dsp/filter.ts';
import { pinkNoise } from '../dsp/noise.ts';
import { addPanned } from '../dsp/pan.ts';
import { createStereo, SAMPLE_RATE, type StereoSamples } from '../samples.ts';
import { renderTexture } from '../textures/render-texture.ts';
import { sailRecording } from '../textures/sail-recording.ts';
import { addBubble } from './parts/bubble.ts';
import { betweenOctaves, poissonGap } from './parts/chance.ts';
import { engines, runEngine, wander } from './parts/combustion.ts';
import { addBurst, seconds } from './parts/mono.ts';
import type { TextureSound } from './sound.ts';

/** A boat: water that laps at the hull and gulps under it; a motor, or oars in their locks. Under sail: the statistics of a recording. */
export const boat: TextureSound = {
  kind: 'texture',
  name: 'boat',
  summary: 'A motor boat, a rowing boat, a hull at anchor, a boat under sail.',
  variants: ['motor', 'row', 'anchor', 'sail'],
  loudness: -22,
  words: {
    strong:
      'motorboat speedboat sailboat rowboat rowing canoe kayak yacht boat-motor boat-engine jet-ski gondola paddle-boat row-boat',
    weak: 'boat ship ferry hull oar dock sail-boat waterski',
    variants: {
      motor: 'motor engine speed speedboat motorboat ferry jet-ski waterski',
      row: 'row oar canoe kayak paddle gondola rowboat rowing',
      anchor: 'anchor dock hull moor',
      sail: 'sail sailboat yacht catamaran',
    },
  },
  render(length, { variant, pace }, random) {
    if (variant === 'sail') return renderTexture(sailRecording, length, random);
    const samples = createStereo(length);
    for (const channel of [samples.left, samples.right]) {
      const water = highPass(lowPass(pinkNoise(length, random), 1400), 180);
      const lap = driftCurve(length, 0.9, random, 3);
      for (let index = 0; index < length; index++) channel[index] = water[index]! * 0.16 * lap[index]! ** 2;
    }
    addLapping(samples, random);
    if (variant === 'motor') {
      const hull = wander(0.05, 1.1, random);
      const motor = runEngine(
        length,
        engines.boat,
        (index) => (28 + 40 * pace) * hull(index),
        () => 0.6,
        random,
      );
      addPanned(samples, motor, 0, 0.5, 0);
    } else if (variant === 'row') {
      const rate = 0.45 + 0.4 * pace;
      for (let time = 0.3; time < length / SAMPLE_RATE; time += between(random, 0.95, 1.05) / rate)
        addStroke(samples, time, random);
    }
    return samples;
  },
};

function addLapping(samples: StereoSamples, random: () => number): void {
  for (let time = random(); time < samples.left.length / SAMPLE_RATE; time += poissonGap(random, 1.1)) {
    const pan = between(random, -0.6, 0.6);
    for (let gulp = 0; gulp < 5 + random() * 14; gulp++) {
      const at = Math.round((time + random() * 0.35) * SAMPLE_RATE);
      addBubble(
        samples,
        at,
        betweenOctaves(random, 220, 1400),
        between(random, 0.01, 0.06),
        between(random, 0, 0.12),
        pan,
      );
    }
  }
}

/** The lock creaks, the blade goes in, water runs off it. */
function addStroke(samples: StereoSamples, time: number, random: () => number): void {
  const stroke = seconds(1.4);
  addBurst(stroke, 0, { frequency: 420, resonance: 9, attack: 0.08, decay: 0.12, gain: 0.25 }, random);
  addBurst(stroke, 0.12, { frequency: 900, resonance: 0.6, attack: 0.12, decay: 0.5, gain: 0.8 }, random);
  addPanned(samples, stroke, Math.round(time * SAMPLE_RATE), 0.6, between(random, -0.3, 0.3));
  for (let drop = 0; drop < 14; drop++) {
    const at = Math.round((time + 0.75 + random() * 0.6) * SAMPLE_RATE);
    addBubble(
      samples,
      at,
      betweenOctaves(random, 900, 4200),
      between(random, 0.01, 0.04),
      0.15,
      between(random, -0.5, 0.5),
    );
  }
}
