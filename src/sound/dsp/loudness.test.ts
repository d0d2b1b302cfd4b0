import { expect, test } from 'vitest';
import { createStereo, type StereoSamples } from '../samples.ts';
import { toGain } from './decibels.ts';
import { integratedLoudness, loudestMoment } from './loudness.ts';

function tone(seconds: number, decibels: number, channels: 'both' | 'left' = 'both'): StereoSamples {
  const samples = createStereo(seconds * 48_000);
  for (let index = 0; index < samples.left.length; index++) {
    samples.left[index] = toGain(decibels) * Math.sin((2 * Math.PI * 997 * index) / 48_000);
    if (channels === 'both') samples.right[index] = samples.left[index]!;
  }
  return samples;
}

test('997 Hz at −20 dBFS in both channels reads −20 LUFS', () => {
  expect(integratedLoudness(tone(10, -20))).toBeCloseTo(-20, 1);
});

test('997 Hz at full scale in one channel reads −3.01 LUFS, as BS.1770 says', () => {
  expect(integratedLoudness(tone(10, 0, 'left'))).toBeCloseTo(-3.01, 1);
});

test('pauses do not count: the gates of BS.1770 (EBU Tech 3341, case 3)', () => {
  // 10 s at −36, 60 s at −23, 10 s at −36 read −23.0 ± 0.1.
  const samples = createStereo(80 * 48_000);
  for (const channel of ['left', 'right'] as const) {
    samples[channel].set(tone(10, -36)[channel], 0);
    samples[channel].set(tone(60, -23)[channel], 10 * 48_000);
    samples[channel].set(tone(10, -36)[channel], 70 * 48_000);
  }
  expect(Math.abs(integratedLoudness(samples) + 23)).toBeLessThanOrEqual(0.1);
});

test('silence reads far below the gate, and never −∞', () => {
  expect(integratedLoudness(createStereo(48_000))).toBe(-120);
});

test('the loudest moment finds half a second of tone in silence', () => {
  const samples = createStereo(4 * 48_000);
  for (const channel of ['left', 'right'] as const) samples[channel].set(tone(0.5, -14)[channel], 60_000);
  expect(loudestMoment(samples)).toBeCloseTo(-14, 0);
});
