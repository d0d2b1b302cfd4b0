import { expect, test } from 'vitest';
import { toDecibels } from './decibels.ts';
import { bandPass } from './filter.ts';
import { Sawtooth } from './sawtooth.ts';

function level(samples: Float32Array): number {
  let power = 0;
  for (let index = 24_000; index < samples.length; index++) power += samples[index]! ** 2;
  return toDecibels(Math.sqrt(power / (samples.length - 24_000)));
}

test('a high note has far less between its harmonics than a naive sawtooth', () => {
  const smooth = new Sawtooth(0);
  const samples = Float32Array.from({ length: 72_000 }, () => smooth.next(3700));
  let phase = 0;
  const naive = Float32Array.from({ length: 72_000 }, () => {
    phase = (phase + 3700 / 48_000) % 1;
    return 2 * phase - 1;
  });
  // 13 × 3700 Hz is above half the sample rate and comes back at 100 Hz.
  const alias = (wave: Float32Array) => level(bandPass(wave.slice(), 100, 30)) - level(wave);
  console.log(`sawtooth: alias ${alias(samples).toFixed(1)} dB, naive ${alias(naive).toFixed(1)} dB`);
  expect(alias(samples)).toBeLessThan(alias(naive) - 15);
});
