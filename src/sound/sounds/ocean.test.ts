import { expect, test } from 'vitest';
import { createRandom } from '../../random.ts';
import { planSound } from '../plan/plan-sound.ts';
import { SAMPLE_RATE } from '../samples.ts';
import { ocean } from './ocean.ts';

const parameters = { intensity: 0.5, density: 0.5, pace: 0.5, variant: 'surf' };

/** Level in dB of each half second. */
function levels(samples: Float32Array): number[] {
  const step = SAMPLE_RATE / 2;
  return Array.from({ length: samples.length / step }, (_, index) => {
    const part = samples.subarray(index * step, (index + 1) * step);
    return 10 * Math.log10(part.reduce((sum, value) => sum + value * value, 1e-12) / step);
  });
}

test('breaks when the picture shows it, on the side where it is seen', () => {
  const events = [{ time: 6, strength: 0.8, pan: 0.8 }];
  const { left, right } = ocean.render(10 * SAMPLE_RATE, parameters, createRandom(3), events);
  const heard = levels(right);
  const loudest = heard.indexOf(Math.max(...heard)) / 2;
  const swell = heard[13]! - heard[4]!;
  console.log(`loudest at ${loudest} s, ${swell.toFixed(1)} dB over the time before`);
  expect(loudest).toBeGreaterThanOrEqual(6);
  expect(loudest).toBeLessThanOrEqual(7.5);
  expect(swell).toBeGreaterThan(6);
  expect(heard[13]!).toBeGreaterThan(levels(left)[13]! + 1);
});

test('the plan keeps the waves that were seen with the words that name the sea', () => {
  const events = [{ kind: 'break' as const, time: 2, strength: 0.5, pan: 0 }];
  const words = { prompt: 'Ocean waves crashing on shore', soundPrompt: '', musicPrompt: '' };
  const { layers } = planSound({ ...words, seconds: 5, seed: 1, events });
  expect(layers.find(({ generator }) => generator === 'ocean')).toMatchObject({
    start: 0,
    duration: 5,
    events: [{ time: 2, strength: 0.5, pan: 0 }],
  });
});
