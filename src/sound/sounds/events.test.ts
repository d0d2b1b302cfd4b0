import { describe, expect, test } from 'vitest';
import { createRandom } from '../../random.ts';
import { SAMPLE_RATE } from '../samples.ts';
import { agreement, findOnsets } from '../testing/onsets.ts';
import { click } from './click.ts';
import { footsteps } from './footsteps.ts';
import { impact } from './impact.ts';
import type { EventSound, SoundEvent } from './sound.ts';
import { splash } from './splash.ts';
import { thunder } from './thunder.ts';
import { whoosh } from './whoosh.ts';

const events: SoundEvent[] = [0.5, 1.35, 2.1, 3.3, 4.05, 5.2, 5.9, 7.15, 8].map((time) => ({
  time,
  strength: 1,
  pan: 0,
}));
const times = events.map((event) => event.time);
const shifted = times.map((time) => time + 0.37);

describe.each([
  [impact, 'wood'],
  [impact, 'glass'],
  [impact, 'stone'],
  [footsteps, 'stone'],
  [splash, 'puddle'],
  [click, 'switch'],
] as [EventSound, string][])('%o', (sound, variant) => {
  test(`${sound.name} on ${variant} starts when its events do`, () => {
    const parameters = { intensity: 0.5, density: 0.5, pace: 0.5, variant };
    const onsets = findOnsets(sound.render(9 * SAMPLE_RATE, parameters, events, createRandom(3)));
    const [right, wrong] = [agreement(onsets, times), agreement(onsets, shifted)];
    console.log(
      `${sound.name} ${variant}: F1 ${right.f1.toFixed(2)}, with shifted times ${wrong.f1.toFixed(2)}`,
    );
    expect(right.f1).toBeGreaterThanOrEqual(0.8);
    expect(wrong.f1).toBeLessThanOrEqual(0.3);
  });
});

test('every step on gravel is heard when it is made, though its grains sound on', () => {
  const parameters = { intensity: 0.5, density: 0.5, pace: 0.5, variant: 'gravel' };
  const onsets = findOnsets(footsteps.render(9 * SAMPLE_RATE, parameters, events, createRandom(3)));
  console.log(`footsteps gravel: ${agreement(onsets, times).recall.toFixed(2)} of the steps`);
  expect(agreement(onsets, times).recall).toBeGreaterThanOrEqual(0.9);
});

test('a whoosh is loudest when what makes it is nearest', () => {
  const parameters = { intensity: 0.5, density: 0.5, pace: 0.5, variant: 'air' };
  const { left } = whoosh.render(
    3 * SAMPLE_RATE,
    parameters,
    [{ time: 1.5, strength: 1, pan: 0 }],
    createRandom(1),
  );
  let weighted = 0;
  let power = 0;
  for (let index = 0; index < left.length; index++) {
    weighted += left[index]! ** 2 * (index / SAMPLE_RATE);
    power += left[index]! ** 2;
  }
  expect(Math.abs(weighted / power - 1.5)).toBeLessThan(0.1);
});

test('nothing is heard before the lightning', () => {
  const parameters = { intensity: 0.5, density: 0.5, pace: 0.5, variant: 'near' };
  const { left } = thunder.render(
    3 * SAMPLE_RATE,
    parameters,
    [{ time: 1, strength: 1, pan: 0 }],
    createRandom(1),
  );
  expect(left.subarray(0, SAMPLE_RATE - 10).every((sample) => sample === 0)).toBe(true);
  expect(left.subarray(SAMPLE_RATE).some((sample) => Math.abs(sample) > 0.01)).toBe(true);
});

test('a run has more steps than a stroll', () => {
  const count = (pace: number) =>
    footsteps.schedule(10, { intensity: 0.5, density: 0.5, pace, variant: 'stone' }, createRandom(1)).length;
  expect(count(0.1)).toBeLessThan(count(0.5));
  expect(count(0.5)).toBeLessThan(count(0.95));
});
