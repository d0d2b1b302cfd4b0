import { between, type Random } from '../../random.ts';
import { highPass, lowPass } from '../dsp/filter.ts';
import { pinkNoise } from '../dsp/noise.ts';
import { SAMPLE_RATE, type StereoSamples } from '../samples.ts';
import { rainRecording } from '../textures/rain-recording.ts';
import { renderTexture } from '../textures/render-texture.ts';
import { addBubble } from './parts/bubble.ts';
import { betweenOctaves } from './parts/chance.ts';
import { addGrain } from './parts/grain.ts';
import type { TextureSound } from './sound.ts';

/** What the drops fall on: range of their clicks in Hz, and the share of drops that make a bubble. */
const grounds = {
  ground: { low: 1500, high: 15000, bubbles: 0.35 },
  roof: { low: 500, high: 3600, bubbles: 0.02 },
  water: { low: 2000, high: 9000, bubbles: 1 },
};

/** Rain: the hiss of far drops by the statistics of a recording, single near ones, and the notes of those that hit water. */
export const rain: TextureSound = {
  kind: 'texture',
  name: 'rain',
  summary: 'Rain on the ground, on a roof or on water.',
  variants: ['ground', 'roof', 'water'],
  loudness: -23,
  words: {
    strong:
      'rain rainy rainfall drizzle downpour raindrop rainstorm thunderstorm monsoon shower-of-rain ' +
      'cloudburst hail',
    weak: 'patter',
    variants: {
      roof: 'roof tin window windowpane umbrella tent car windshield hail',
      water: 'puddle lake pond river pool',
    },
  },
  render(length, { intensity, variant }, random) {
    const samples = renderTexture(rainRecording, length, random);
    const ground = variant === 'roof' || variant === 'water' ? grounds[variant] : grounds.ground;
    // A roof is a drum: what falls beside it is farther.
    if (variant === 'roof') for (const channel of [samples.left, samples.right]) lowPass(channel, 1800, 0.5);
    // On water the near drops are what is heard.
    addBody(samples, variant === 'water' ? 0.4 * intensity : intensity, random);
    const seconds = length / SAMPLE_RATE;
    const drops = Math.floor((180 + 1300 * intensity) * seconds);
    for (let drop = 0; drop < drops; drop++) {
      // Few drops are near: amplitudes follow a power law.
      const gain = Math.min(0.5, 0.055 * (random() + 0.002) ** -0.45 * between(random, 0.3, 1));
      addGrain(
        samples,
        Math.floor(random() * length),
        {
          frequency: betweenOctaves(random, ground.low, ground.high),
          resonance: between(random, 0.9, 3),
          decay: between(random, 0.0012, 0.005),
          gain,
          pan: between(random, -1, 1),
        },
        random,
      );
    }
    const bubbles = Math.floor((12 + 50 * intensity) * ground.bubbles * seconds);
    for (let bubble = 0; bubble < bubbles; bubble++) {
      const at = Math.floor(random() * length);
      const gain = 0.004 + 0.06 * random() ** 2.5;
      addBubble(
        samples,
        at,
        betweenOctaves(random, 700, 4200),
        gain,
        between(random, 0.02, 0.2),
        between(random, -0.9, 0.9),
      );
    }
    return samples;
  },
};

/** The more it rains, the deeper it sounds, and the less of it are the far drops. */
function addBody(samples: StereoSamples, intensity: number, random: Random): void {
  const far = 0.15 + 0.2 * intensity;
  const heavy = 0.03 * Math.max(0, intensity - 0.4);
  for (const channel of [samples.left, samples.right]) {
    const body = highPass(lowPass(pinkNoise(channel.length, random), 1100), 120);
    for (let index = 0; index < channel.length; index++)
      channel[index] = channel[index]! * far + body[index]! * heavy;
  }
}
