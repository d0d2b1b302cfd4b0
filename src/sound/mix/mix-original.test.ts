import { expect, test } from 'vitest';
import { truePeak } from '../dsp/true-peak.ts';
import { createStereo, SAMPLE_RATE, type StereoSamples } from '../samples.ts';
import { mixOriginal } from './mix-original.ts';

function tone(seconds: number, hertz: number, level: (time: number) => number): StereoSamples {
  const samples = createStereo(seconds * SAMPLE_RATE);
  for (let index = 0; index < samples.left.length; index++) {
    const time = index / SAMPLE_RATE;
    samples.left[index] = samples.right[index] = Math.sin(2 * Math.PI * hertz * time) * level(time);
  }
  return samples;
}

/** Amplitude of one frequency between two seconds, by correlation. */
function amplitude({ left }: StereoSamples, hertz: number, from: number, to: number): number {
  let [sine, cosine] = [0, 0];
  for (let index = from * SAMPLE_RATE; index < to * SAMPLE_RATE; index++) {
    const phase = (2 * Math.PI * hertz * index) / SAMPLE_RATE;
    sine += left[index]! * Math.sin(phase);
    cosine += left[index]! * Math.cos(phase);
  }
  return (2 * Math.hypot(sine, cosine)) / ((to - from) * SAMPLE_RATE);
}

const original = tone(3, 440, () => 0.1);
const made = tone(4, 1000, (time) => (time > 1 && time < 2 ? 0.3 : 0.001));

test('mixes both as they are, as long as ours', () => {
  const mixed = mixOriginal(original, made, 'mix');
  expect(mixed.left.length).toBe(4 * SAMPLE_RATE);
  expect(amplitude(mixed, 440, 1, 2)).toBeCloseTo(0.1, 2);
  expect(amplitude(mixed, 1000, 1, 2)).toBeCloseTo(0.3, 2);
  expect(amplitude(mixed, 440, 3, 4)).toBeLessThan(0.001);
});

test('ducks the original under what is loud in ours, and only there', () => {
  const ducked = mixOriginal(original, made, 'duck');
  const under = amplitude(ducked, 440, 1.25, 1.75);
  expect(20 * Math.log10(under / 0.1)).toBeCloseTo(-8, 0);
  expect(amplitude(ducked, 440, 0, 0.9)).toBeCloseTo(0.1, 2);
});

test('never lets the sum clip', () => {
  const loud = tone(2, 200, () => 0.9);
  expect(truePeak(mixOriginal(loud, loud, 'mix'))).toBeLessThanOrEqual(-2.99);
});
