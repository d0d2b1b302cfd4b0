import { expect, test } from 'vitest';
import { createRandom } from '../../random.ts';
import { integratedLoudness } from '../dsp/loudness.ts';
import { pinkNoise } from '../dsp/noise.ts';
import { truePeak } from '../dsp/true-peak.ts';
import { createStereo } from '../samples.ts';
import { master } from './master.ts';

test('noise with an offset comes out at −16 LUFS, below −3 dBTP and without the offset', () => {
  const offset = (seed: number) =>
    pinkNoise(240_000, createRandom(seed)).map((sample) => sample * 0.05 + 0.1);
  const samples = { left: offset(1), right: offset(2) };
  master(samples, -16);
  expect(integratedLoudness(samples)).toBeCloseTo(-16, 0);
  expect(truePeak(samples)).toBeLessThanOrEqual(-3 + 1e-3);
  const mean = samples.left.reduce((sum, sample) => sum + sample, 0) / 240_000;
  expect(Math.abs(mean)).toBeLessThan(0.001);
});

test('lone clicks keep their shape: they stay quieter than asked, but not below −21 LUFS', () => {
  const samples = createStereo(240_000);
  const noise = pinkNoise(240_000, createRandom(1));
  for (let index = 0; index < 240_000; index++) {
    const since = (index % 40_000) / 48_000;
    samples.left[index] = noise[index]! * Math.exp(-since * 60);
    samples.right[index] = samples.left[index]!;
  }
  master(samples, -19);
  const loudness = integratedLoudness(samples);
  expect(loudness).toBeLessThan(-19.3);
  expect(loudness).toBeGreaterThan(-22);
  expect(truePeak(samples)).toBeLessThanOrEqual(-3 + 1e-3);
});

test('silence stays silence', () => {
  const samples = createStereo(48_000);
  master(samples, -16);
  expect(samples.left.every((sample) => sample === 0)).toBe(true);
});
