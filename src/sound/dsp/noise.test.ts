import { describe, expect, test } from 'vitest';
import { createRandom } from '../../random.ts';
import { toDecibels } from './decibels.ts';
import { bandPass } from './filter.ts';
import { brownNoise, pinkNoise, whiteNoise } from './noise.ts';

const length = 48_000 * 8;

function level(samples: Float32Array): number {
  let power = 0;
  for (const sample of samples) power += sample * sample;
  return toDecibels(Math.sqrt(power / samples.length));
}

/** Decibels per octave of equally wide (one octave) bands between 250 Hz and 4 kHz. */
function slope(noise: Float32Array): number {
  const low = level(bandPass(noise.slice(), 250, 1.41));
  const high = level(bandPass(noise.slice(), 4000, 1.41));
  // A band twice as wide holds 3 dB more of white noise.
  return (high - low) / 4 - 3.01;
}

describe.each([
  ['white', whiteNoise, 0],
  ['pink', pinkNoise, -3.01],
  ['brown', brownNoise, -6.02],
] as const)('%s noise', (_, noise, decibelsPerOctave) => {
  test('has root mean square 1', () => {
    expect(Math.abs(level(noise(length, createRandom(1))))).toBeLessThan(0.6);
  });

  test(`falls by ${decibelsPerOctave} dB per octave`, () => {
    expect(slope(noise(length, createRandom(2)))).toBeCloseTo(decibelsPerOctave, 0);
  });
});
