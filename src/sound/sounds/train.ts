import { between } from '../../random.ts';
import { lowPass } from '../dsp/filter.ts';
import { addPanned } from '../dsp/pan.ts';
import { SAMPLE_RATE, type StereoSamples } from '../samples.ts';
import { renderTexture } from '../textures/render-texture.ts';
import { trainRecording } from '../textures/train-recording.ts';
import { addBurst, seconds, strikeOnce } from './parts/mono.ts';
import type { TextureSound } from './sound.ts';

const railModes = [
  { ratio: 1, gain: 1, decay: 0.16 },
  { ratio: 2.3, gain: 0.6, decay: 0.12 },
  { ratio: 4.1, gain: 0.4, decay: 0.08 },
  { ratio: 7.2, gain: 0.25, decay: 0.05 },
];

/** Level of a joint against the wheels. */
const JOINT = 0.5;

/** A train: wheels on rails by the statistics of a recording and, at every joint, the two axles of each bogie ("clickety-clack"). */
export const train: TextureSound = {
  kind: 'texture',
  name: 'train',
  summary: 'A train on its rails, an underground train, a steam engine.',
  variants: ['rails', 'underground', 'steam'],
  loudness: -21,
  words: {
    strong: 'train railway railroad locomotive subway tram metro-train rail-transport clickety-clack',
    weak: 'rail metro wagon',
    variants: {
      rails: 'train railway rail tram',
      underground: 'subway metro underground tunnel',
      steam: 'steam locomotive',
    },
  },
  render(length, { pace, variant }, random) {
    const samples = renderTexture(trainRecording, length, random);
    if (variant === 'underground') {
      // The tunnel gives back what is deep.
      for (const channel of [samples.left, samples.right]) lowPass(channel, 700, 1.2);
    }
    // Rails of 18 m at 50–110 km/h; bogies 2.4 m between axles.
    const speed = 14 + 18 * pace;
    const rest = 18 / speed;
    for (
      let time = random() * rest;
      time < length / SAMPLE_RATE;
      time += rest * between(random, 0.985, 1.015)
    ) {
      for (const [after, gain] of [
        [0, 1],
        [2.4 / speed, 0.85],
        [8.6 / speed, 0.7],
        [11 / speed, 0.6],
      ] as const) {
        addJoint(samples, time + after, gain * between(random, 0.8, 1), random);
      }
    }
    if (variant === 'steam') addSteam(samples, 1.6 + 2.2 * pace, random);
    return samples;
  },
};

function addJoint(samples: StereoSamples, time: number, gain: number, random: () => number): void {
  const clack = strikeOnce(railModes, between(random, 210, 250), 0.0015, 0.25, random);
  addBurst(clack, 0, { frequency: 2600, resonance: 0.8, attack: 0.001, decay: 0.04, gain: 0.7 }, random);
  addBurst(clack, 0, { frequency: 120, resonance: 0.8, attack: 0.004, decay: 0.12, gain: 1.2 }, random);
  addPanned(samples, clack, Math.round(time * SAMPLE_RATE), gain * JOINT, between(random, -0.25, 0.25));
}

function addSteam(samples: StereoSamples, rate: number, random: () => number): void {
  for (let time = 0.1, stroke = 0; time < samples.left.length / SAMPLE_RATE; time += 1 / rate, stroke++) {
    const puff = seconds(0.45);
    const gain = stroke % 4 === 0 ? 2.6 : 1.8;
    addBurst(puff, 0, { frequency: 700, resonance: 0.6, attack: 0.03, decay: 0.8 / rate, gain }, random);
    addBurst(
      puff,
      0,
      { frequency: 3800, resonance: 0.6, attack: 0.02, decay: 0.5 / rate, gain: gain * 0.5 },
      random,
    );
    addPanned(samples, puff, Math.round(time * SAMPLE_RATE), 0.5, 0);
  }
}
