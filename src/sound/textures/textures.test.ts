import { expect, test } from 'vitest';
import { createRandom } from '../../random.ts';
import { pinkNoise } from '../dsp/noise.ts';
import { SAMPLE_RATE } from '../samples.ts';
import { fitTexture } from './fit-texture.ts';
import { renderTexture } from './render-texture.ts';
import { sailRecording } from './sail-recording.ts';
import { stormRecording } from './storm-recording.ts';

const difference = (first: readonly number[], second: readonly number[]) => {
  const offset = first.reduce((sum, value, band) => sum + value - second[band]!, 0) / first.length;
  return Math.sqrt(
    first.reduce((sum, value, band) => sum + (value - second[band]! - offset) ** 2, 0) / first.length,
  );
};

test.each([
  ['sail', sailRecording],
  ['storm', stormRecording],
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
