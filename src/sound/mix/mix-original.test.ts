import { expect, test } from 'vitest';
import { amplitudeAt, makeTone } from '../../../test/support/foreign-video.ts';
import { truePeak } from '../dsp/true-peak.ts';
import { SAMPLE_RATE } from '../samples.ts';
import { mixOriginal } from './mix-original.ts';

const original = makeTone(6, 300, 0.1);
/** Loud in the first and third pair of seconds, silent between them. */
const made = makeTone(6, 1000, 0.2);
for (const channel of [made.left, made.right]) channel.fill(0, 2 * SAMPLE_RATE, 4 * SAMPLE_RATE);

const decibels = (channel: Float32Array, hertz: number, from: number, to: number) =>
  20 * Math.log10(amplitudeAt(channel.subarray(from * SAMPLE_RATE, to * SAMPLE_RATE), hertz));

test('a mix holds both sounds as they were', () => {
  const { left } = mixOriginal(original, made, 'mix');
  expect(decibels(left, 300, 0.5, 1.5)).toBeCloseTo(-20, 1);
  expect(decibels(left, 300, 3, 3.9)).toBeCloseTo(-20, 1);
  expect(decibels(left, 1000, 0.5, 1.5)).toBeCloseTo(20 * Math.log10(0.2), 1);
});

test('ducking lowers the original by 6–9 dB while ours is loud, and not where it is silent', () => {
  const { left } = mixOriginal(original, made, 'duck');
  const behind = decibels(left, 300, 0.5, 1.5) + 20;
  const alone = decibels(left, 300, 3.2, 3.9) + 20;
  console.log(`behind ours ${behind.toFixed(1)} dB, alone ${alone.toFixed(1)} dB`);
  expect(behind).toBeLessThan(-6);
  expect(behind).toBeGreaterThan(-9);
  expect(Math.abs(alone)).toBeLessThan(1.5);
  expect(decibels(left, 1000, 0.5, 1.5)).toBeCloseTo(20 * Math.log10(0.2), 1);
});

test('the sum does not clip, and a short original ends in silence', () => {
  const loud = mixOriginal(makeTone(6, 300, 0.9), makeTone(6, 1000, 0.9), 'mix');
  expect(truePeak(loud)).toBeLessThanOrEqual(-2.99);
  const short = mixOriginal(makeTone(1, 300, 0.1), made, 'mix');
  expect(short.left.length).toBe(6 * SAMPLE_RATE);
  expect(decibels(short.left, 300, 2, 4)).toBeLessThan(-100);
});
