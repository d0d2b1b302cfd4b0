import { expect, test } from 'vitest';
import { createRandom } from '../../random.ts';
import { createStereo } from '../samples.ts';
import { whiteNoise } from './noise.ts';
import { truePeak } from './true-peak.ts';

test('a sine of a quarter of the sample rate at 45° peaks at 0 dBTP though no sample exceeds −3 dBFS', () => {
  const samples = createStereo(4800);
  for (let index = 0; index < 4800; index++) {
    // Faded in and out: a sine that starts at once has higher peaks of its own.
    const fade = Math.sin((Math.PI * index) / 4800);
    samples.left[index] = Math.sin((Math.PI / 2) * index + Math.PI / 4) * fade;
  }
  expect(Math.max(...samples.left)).toBeLessThan(0.7072);
  expect(Math.abs(truePeak(samples))).toBeLessThan(0.1);
});

test('a slow sine peaks where its samples do, in either channel', () => {
  const samples = createStereo(4800);
  for (let index = 0; index < 4800; index++) samples.right[index] = 0.5 * Math.sin(index / 60);
  expect(truePeak(samples)).toBeCloseTo(-6.02, 1);
});

test('the peak of even noise lies above its samples, by no more than a normal distribution reaches', () => {
  const left = whiteNoise(48_000, createRandom(4)).map((sample) => sample * 0.3);
  const samples = { left, right: left.slice() };
  const samplePeak = 20 * Math.log10(Math.max(...left.map(Math.abs)));
  expect(truePeak(samples)).toBeGreaterThan(samplePeak);
  // Between evenly distributed samples (peak 1.73 σ) lie nearly normal values; of 144,000 none passes 4.6 σ.
  expect(truePeak(samples)).toBeLessThan(samplePeak + 20 * Math.log10(4.6 / 1.73));
});
