import { expect, test } from 'vitest';
import { createRandom } from '../../random.ts';
import { pinkNoise } from '../dsp/noise.ts';
import { SAMPLE_RATE } from '../samples.ts';
import { cityRecording } from './city-recording.ts';
import { coffeeShopRecording } from './coffee-shop-recording.ts';
import { fitTexture } from './fit-texture.ts';
import { rainRecording } from './rain-recording.ts';
import { renderTexture } from './render-texture.ts';
import { sailRecording } from './sail-recording.ts';
import { stormRecording } from './storm-recording.ts';
import { trainRecording } from './train-recording.ts';
import { wavesRecording } from './waves-recording.ts';
import { windRecording } from './wind-recording.ts';

const difference = (first: readonly number[], second: readonly number[]) => {
  const offset = first.reduce((sum, value, band) => sum + value - second[band]!, 0) / first.length;
  return Math.sqrt(
    first.reduce((sum, value, band) => sum + (value - second[band]! - offset) ** 2, 0) / first.length,
  );
};

test.each([
  ['sail', sailRecording],
  ['storm', stormRecording],
  ['city', cityRecording],
  ['coffee shop', coffeeShopRecording],
  ['rain', rainRecording],
  ['train', trainRecording],
  ['surf', wavesRecording],
  ['wind', windRecording],
])('a rendered %s has the statistics that it was rendered from, and noise has not', (name, statistics) => {
  const { left } = renderTexture(statistics, 12 * SAMPLE_RATE, createRandom(4));
  const again = fitTexture(left);
  const noise = fitTexture(pinkNoise(12 * SAMPLE_RATE, createRandom(4)));
  const spread = (quantiles: readonly number[]) => quantiles[6]! - quantiles[2]!;
  const own = difference(again.mean, statistics.mean);
  const other = difference(noise.mean, statistics.mean);
  console.log(
    `${name}: spectrum off by ${own.toFixed(1)} dB (pink noise ${other.toFixed(1)}), main movement ` +
      `${spread(again.quantiles[0]!).toFixed(1)} dB of ${spread(statistics.quantiles[0]!).toFixed(1)} (noise ${spread(noise.quantiles[0]!).toFixed(1)})`,
  );
  expect(own).toBeLessThan(3);
  expect(own).toBeLessThan(other / 2);
  expect(spread(again.quantiles[0]!)).toBeGreaterThan(0.6 * spread(statistics.quantiles[0]!));
  expect(spread(again.quantiles[0]!)).toBeLessThan(1.7 * spread(statistics.quantiles[0]!));
});

test('waves that are seen decide when it is loud, the recording how loud', () => {
  const lead = new Float32Array(10 * SAMPLE_RATE);
  for (let index = 0; index < lead.length; index++)
    lead[index] = Math.exp(-(((index / SAMPLE_RATE - 7) / 0.8) ** 2));
  const { left } = renderTexture(wavesRecording, lead.length, createRandom(4), lead);
  const seconds = Array.from({ length: 10 }, (_, second) => {
    const part = left.subarray(second * SAMPLE_RATE, (second + 1) * SAMPLE_RATE);
    return 10 * Math.log10(part.reduce((sum, sample) => sum + sample * sample, 0) / part.length);
  });
  console.log(`level in each second: ${seconds.map((level) => level.toFixed(0))} dB`);
  expect([6, 7]).toContain(seconds.indexOf(Math.max(...seconds)));
  expect(Math.max(...seconds) - Math.min(...seconds)).toBeGreaterThan(8);
  const again = fitTexture(left);
  expect(difference(again.mean, wavesRecording.mean)).toBeLessThan(3);
});
