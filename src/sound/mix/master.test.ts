import { expect, test } from 'vitest';
import { createRandom } from '../../random.ts';
import { toDecibels } from '../dsp/decibels.ts';
import { highPass } from '../dsp/filter.ts';
import { integratedLoudness } from '../dsp/loudness.ts';
import { pinkNoise } from '../dsp/noise.ts';
import { truePeak } from '../dsp/true-peak.ts';
import { createStereo } from '../samples.ts';
import { master } from './master.ts';

test('noise with an offset comes out at −16 LUFS, below −3 dBTP and without the offset', () => {
  const offset = (seed: number) =>
    pinkNoise(240_000, createRandom(seed)).map((sample) => sample * 0.05 + 0.1);
  const samples = { left: offset(1), right: offset(2) };
  master(samples, -16, createStereo(240_000));
  expect(integratedLoudness(samples)).toBeCloseTo(-16, 0);
  expect(truePeak(samples)).toBeLessThanOrEqual(-3 + 1e-3);
  const mean = samples.left.reduce((sum, sample) => sum + sample, 0) / 240_000;
  expect(Math.abs(mean)).toBeLessThan(0.001);
});

test('lone clicks keep their shape: they stay quieter than asked and lose at most 10 dB of their peaks', () => {
  const samples = createStereo(240_000);
  const noise = pinkNoise(240_000, createRandom(1));
  for (let index = 0; index < 240_000; index++) {
    const since = (index % 40_000) / 48_000;
    samples.left[index] = noise[index]! * Math.exp(-since * 60);
    samples.right[index] = samples.left[index]!;
  }
  for (const channel of [samples.left, samples.right]) highPass(channel, 25);
  const before = truePeak(samples);
  // 50 ms after a click nothing is limited any more: what has changed there is the gain of the whole.
  const tail = (channel: Float32Array) => Math.hypot(...channel.subarray(82_400, 84_400));
  const tailBefore = tail(samples.left);
  master(samples, -19, createStereo(240_000));
  expect(integratedLoudness(samples)).toBeLessThan(-19.3);
  const gain = toDecibels(tail(samples.left) / tailBefore);
  console.log(`clicks: ${(before + gain - truePeak(samples)).toFixed(1)} dB taken off the peaks`);
  expect(before + gain - truePeak(samples)).toBeLessThan(10.5);
  expect(truePeak(samples)).toBeLessThanOrEqual(-3 + 1e-3);
});

test('silence stays silence', () => {
  const samples = createStereo(48_000);
  master(samples, -16, createStereo(48_000));
  expect(samples.left.every((sample) => sample === 0)).toBe(true);
});
