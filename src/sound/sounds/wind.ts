import type { Random } from '../../random.ts';
import { driftCurve } from '../dsp/drift.ts';
import { highPass, StateVariableFilter } from '../dsp/filter.ts';
import { pinkNoise, whiteNoise } from '../dsp/noise.ts';
import { narrow } from '../dsp/width.ts';
import { SAMPLE_RATE } from '../samples.ts';
import { renderTexture } from '../textures/render-texture.ts';
import { windRecording } from '../textures/wind-recording.ts';
import type { TextureSound } from './sound.ts';

/** How much of each part a variant has. */
const shares = {
  open: { body: 1, whistle: 0.1, leaves: 0 },
  howling: { body: 0.9, whistle: 1, leaves: 0 },
  leaves: { body: 0.45, whistle: 0, leaves: 1 },
};

/** Wind: gusts lead the statistics of a recording; it whistles at edges and rustles in trees. */
export const wind: TextureSound = {
  kind: 'texture',
  name: 'wind',
  summary: 'Wind in the open, howling around edges or in leaves.',
  variants: ['open', 'howling', 'leaves'],
  loudness: -24,
  words: {
    strong:
      'wind windy breeze breezy gust blizzard hurricane tornado gale snowstorm sandstorm windswept ' +
      'rustling-leaf wind-blow wind-noise wind-howl',
    weak: 'blow howl leaf foliage draft sail',
    variants: {
      howling: 'howl whistle blizzard gale moan eerie',
      leaves: 'leaf tree forest foliage wood branch rustle grass autumn meadow',
    },
  },
  render(length, { intensity, variant }, random) {
    const share = variant === 'howling' || variant === 'leaves' ? shares[variant] : shares.open;
    const gusts = planGusts(length, intensity, random);
    const samples = renderTexture(windRecording, length, random, gusts);
    addChannel(samples.left, 0, gusts, share, random);
    // A gust reaches one ear a moment before the other.
    addChannel(samples.right, Math.round(0.018 * SAMPLE_RATE), gusts, share, random);
    narrow(samples, 0.6);
    return samples;
  },
};

/** Strength of the wind at every sample, about 0.2–1.2. */
function planGusts(length: number, intensity: number, random: Random): Float32Array {
  const gusts = driftCurve(length, 0.3 + 0.25 * intensity, random, 4);
  for (let index = 0; index < length; index++) {
    const rise = Math.max(0, (gusts[index]! - 0.15) / 0.7);
    gusts[index] = 0.16 + (0.5 + 0.6 * intensity) * rise ** 1.8;
  }
  return gusts;
}

function addChannel(
  channel: Float32Array,
  delay: number,
  gusts: Float32Array,
  share: { body: number; whistle: number; leaves: number },
  random: Random,
): void {
  const length = channel.length;
  const noise = pinkNoise(length, random);
  const local = driftCurve(length, 0.5, random, 3);
  const pitch = driftCurve(length, 0.8, random, 2);
  const flutter = driftCurve(length, 9, random, 2);
  const rustle = highPass(whiteNoise(length, random), 2600, 0.6);
  const body = new StateVariableFilter(400);
  const low = new StateVariableFilter(600);
  const high = new StateVariableFilter(1000);
  for (let index = 0; index < length; index++) {
    const gust = gusts[Math.max(0, index - delay)]! * 0.75 + local[index]! * 0.25;
    if ((index & 63) === 0) {
      body.tune(230 + 520 * gust, 0.7);
      low.tune(430 + 600 * pitch[index]! * (0.4 + gust), 13);
      high.tune(850 + 800 * local[index]! * (0.4 + gust), 20);
    }
    const air = noise[index]!;
    const strong = gust * gust;
    const shaken = flutter[index]!;
    channel[index] =
      share.body * (channel[index]! * 4 * (0.6 + 0.6 * gust) + body.bandPass(air) * 0.25 * strong) +
      share.whistle * (low.bandPass(air) * 2.2 + high.bandPass(air) * 1.5) * strong +
      rustle[index]! * (0.001 + share.leaves * 0.12 * gust ** 1.5 * (0.25 + 1.8 * shaken * shaken));
  }
}
