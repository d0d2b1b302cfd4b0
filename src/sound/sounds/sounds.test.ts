import { describe, expect, test } from 'vitest';
import { createRandom } from '../../random.ts';
import { toDecibels } from '../dsp/decibels.ts';
import { StateVariableFilter } from '../dsp/filter.ts';
import { pinkNoise, whiteNoise } from '../dsp/noise.ts';
import { SAMPLE_RATE, type StereoSamples } from '../samples.ts';
import { findSound, sounds } from './index.ts';
import type { SoundGenerator } from './sound.ts';

const seconds = 2;
const length = seconds * SAMPLE_RATE;
const centres = [80, 160, 320, 640, 1280, 2560, 5120, 10240];

function render(sound: SoundGenerator, variant: string, seed: number, seconds = 2): StereoSamples {
  const length = seconds * SAMPLE_RATE;
  const parameters = { intensity: 0.5, density: 0.5, pace: 0.5, variant };
  const random = createRandom(seed);
  if (sound.kind === 'texture') return sound.render(length, parameters, random);
  // A clip of a second is too short for many a schedule.
  const scheduled = sound.schedule(seconds, parameters, random);
  const events = scheduled.length > 0 ? scheduled : [{ time: 0.05, strength: 1, pan: 0 }];
  return sound.render(length, parameters, events, random);
}

/** What is heard of a sound, in dB against its own mean: its spectrum in octaves, and how its level moves in time. */
function fingerprint(samples: Float32Array): number[] {
  const blocks = 32;
  const block = Math.floor(samples.length / blocks);
  const levels = centres.map((centre) => {
    const filter = new StateVariableFilter(centre, 1.41);
    const powers = new Float64Array(blocks);
    for (let index = 0; index < blocks * block; index++) {
      powers[Math.floor(index / block)]! += filter.bandPass(samples[index]!) ** 2 / block;
    }
    return Array.from(powers, (power) => toDecibels(Math.sqrt(power + 1e-14)));
  });
  const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const spectrum = levels.map(mean);
  const centre = mean(spectrum);
  const movement = levels.map((band) => Math.sqrt(mean(band.map((level) => (level - mean(band)) ** 2))));
  return [...spectrum.map((level) => level - centre), ...movement];
}

function distance(first: number[], second: number[]): number {
  return Math.sqrt(
    first.reduce((sum, value, place) => sum + (value - second[place]!) ** 2, 0) / first.length,
  );
}

const white = fingerprint(whiteNoise(length, createRandom(1)));
const pink = fingerprint(pinkNoise(length, createRandom(1)));

test('two noises of one colour are alike: less than 1 dB apart', () => {
  expect(distance(white, fingerprint(whiteNoise(length, createRandom(2))))).toBeLessThan(1);
  expect(distance(pink, fingerprint(pinkNoise(length, createRandom(2))))).toBeLessThan(1);
});

describe.each(
  sounds.flatMap((sound) => sound.variants.map((variant) => ({ name: sound.name, variant, sound }))),
)('$name, $variant', ({ sound, variant }) => {
  const first = render(sound, variant, 1);

  test('sounds, and every sample is a number', () => {
    let power = 0;
    for (const channel of [first.left, first.right]) {
      expect(channel.length).toBe(length);
      for (const sample of channel) power += sample * sample;
    }
    expect(power).toBeGreaterThan(0);
    expect(Number.isFinite(power)).toBe(true);
  });

  test('is the same for the same seed, another for another', () => {
    const bytes = (seed: number) => Buffer.from(render(sound, variant, seed, 1).left.buffer);
    const again = bytes(1);
    expect(bytes(1).equals(again)).toBe(true);
    expect(bytes(2).equals(again)).toBe(false);
  });

  test('is neither white nor pink noise: 1.5 dB away in spectrum and movement', () => {
    const print = fingerprint(first.left);
    const [toWhite, toPink] = [distance(print, white), distance(print, pink)];
    console.log(
      `${sound.name} ${variant}: ${toWhite.toFixed(1)} dB from white, ${toPink.toFixed(1)} from pink`,
    );
    // Real rain, streams and cicadas are close to noise too (the spectrum of the recording that the rain is fitted on is
    // 2.1 dB from pink): more cannot be asked of all.
    expect(Math.min(toWhite, toPink)).toBeGreaterThan(1.5);
  });
});

test('names are unique and findable', () => {
  expect(new Set(sounds.map((sound) => sound.name)).size).toBe(sounds.length);
  expect(findSound('ocean')?.kind).toBe('texture');
  expect(findSound('telephone')).toBeUndefined();
});
