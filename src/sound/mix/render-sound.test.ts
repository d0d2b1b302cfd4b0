import { describe, expect, test } from 'vitest';
import { integratedLoudness } from '../dsp/loudness.ts';
import { truePeak } from '../dsp/true-peak.ts';
import { planSound } from '../plan/plan-sound.ts';
import { type StereoSamples, sampleCount } from '../samples.ts';
import { renderSound } from './render-sound.ts';

function render(prompt: string, seconds = 5, seed = 1, musicPrompt = ''): StereoSamples {
  return renderSound(planSound({ prompt, soundPrompt: '', musicPrompt, seconds, seed }));
}

function equal(first: StereoSamples, second: StereoSamples): boolean {
  return Buffer.from(first.left.buffer).equals(Buffer.from(second.left.buffer));
}

/** Longest time in seconds below −60 dBFS, in blocks of 50 ms. */
function longestSilence({ left, right }: StereoSamples): number {
  let run = 0;
  let longest = 0;
  for (let from = 0; from + 2400 <= left.length; from += 2400) {
    let peak = 0;
    for (let index = from; index < from + 2400; index++) {
      peak = Math.max(peak, Math.abs(left[index]!), Math.abs(right[index]!));
    }
    run = peak < 0.001 ? run + 0.05 : 0;
    longest = Math.max(longest, run);
  }
  return longest;
}

test.each([5, 10, 5.0417])('fills %s s to the sample', (seconds) => {
  const { left, right } = render('waves crash on the shore', seconds);
  expect(left.length).toBe(sampleCount(seconds));
  expect(right.length).toBe(Math.round(seconds * 48_000));
});

describe.each([
  ['waves crash on the shore while seagulls cry', -17, -15],
  ['a campfire crackles, crickets', -17, -15],
  ['heavy rain and thunder', -17, -15],
  ['a man walks on gravel in the wind', -17, -15],
  ['people talk in a crowded cafe', -17, -15],
  ['busy city traffic', -17, -15],
  ['birds sing by a brook', -17, -15],
  ['sad piano music', -17, -15],
  ['epic orchestral music', -17, -15],
  ['rain, lofi music', -17, -15],
  ['footsteps in the snow', -22, -15],
  ['a samurai swings his katana', -22, -15],
  ['somebody knocks on a wooden door', -22, -15],
  ['a gunshot', -22, -15],
  ['two clicks', -22, -15],
  ['one lone click of a switch', -22, -15],
  ['somebody plays tennis', -22, -15],
  // Nothing to be heard: room tone, which nobody turns up.
  ['she smiles', -31, -29],
])('%s', (prompt, quietest, loudest) => {
  test(`is between ${quietest} and ${loudest} LUFS, below −3 dBTP, without offset and never silent`, () => {
    const started = process.cpuUsage();
    const samples = render(prompt);
    const cpu = process.cpuUsage(started);
    const loudness = integratedLoudness(samples);
    const peak = truePeak(samples);
    const each = (cpu.user + cpu.system) / 1000 / 5;
    console.log(
      `${prompt}: ${loudness.toFixed(2)} LUFS, ${peak.toFixed(2)} dBTP, ${each.toFixed(0)} ms CPU per second`,
    );
    expect(loudness).toBeGreaterThanOrEqual(quietest);
    expect(loudness).toBeLessThanOrEqual(loudest);
    expect(peak).toBeLessThanOrEqual(-2.99);
    for (const channel of [samples.left, samples.right]) {
      expect(Math.abs(channel.reduce((sum, sample) => sum + sample, 0) / channel.length)).toBeLessThan(0.001);
      expect(Math.abs(channel[0]!)).toBe(0);
      expect(Math.abs(channel.at(-1)!)).toBeLessThan(1e-4);
    }
    expect(longestSilence(samples)).toBeLessThan(1);
    expect(each).toBeLessThan(500);
  });
});

test('the same seed gives the same bytes, another seed others', () => {
  for (const prompt of ['waves crash on the shore', 'she smiles', 'upbeat electronic music']) {
    const first = render(prompt, 3, 1);
    expect(equal(first, render(prompt, 3, 1))).toBe(true);
    expect(equal(first, render(prompt, 3, 2))).toBe(false);
  }
});

test('a distant sound is duller and quieter than a near one', () => {
  const brightness = (prompt: string) => {
    const { left } = render(prompt, 3);
    let rough = 0;
    let power = 0;
    for (let index = 1; index < left.length; index++) {
      rough += (left[index]! - left[index - 1]!) ** 2;
      power += left[index]! ** 2;
    }
    return rough / power;
  };
  expect(brightness('distant rain')).toBeLessThan(brightness('rain') / 4);
});

test('rare sounds are brought up alone: the air stays as faint as it is', () => {
  const air = (prompt: string) => {
    const plan = planSound({ prompt, soundPrompt: '', musicPrompt: '', seconds: 10, seed: 1 });
    for (const layer of plan.layers) {
      if (layer.kind === 'event') layer.events = [{ time: 8, strength: 1, pan: 0 }];
    }
    const { left, right } = renderSound(plan);
    return integratedLoudness({
      left: left.subarray(48_000, 380_000),
      right: right.subarray(48_000, 380_000),
    });
  };
  const levels = ['a door slams', 'a click', 'a gunshot', 'she smiles'].map(air);
  console.log(`air before a slam, a click, a shot, alone: ${levels.map((level) => level.toFixed(1))} LUFS`);
  for (const level of levels.slice(0, 3)) {
    expect(level).toBeLessThan(-44);
    expect(level).toBeGreaterThan(-60);
  }
  expect(levels[3]).toBeGreaterThan(-32);
});

test('an event stands where the plan puts it', () => {
  const plan = planSound({ prompt: 'a knock', soundPrompt: '', musicPrompt: '', seconds: 4, seed: 1 });
  const knock = plan.layers.find((layer) => layer.kind === 'event')!;
  if (knock.kind !== 'event') throw new Error('not an event');
  knock.events = [{ time: 2.5, strength: 1, pan: -1 }];
  const { left, right } = renderSound(plan);
  const power = (channel: Float32Array, from: number, to: number) =>
    channel.subarray(from * 48_000, to * 48_000).reduce((sum, sample) => sum + sample * sample, 0);
  expect(power(left, 2.5, 2.7)).toBeGreaterThan(100 * power(left, 2.2, 2.4));
  expect(power(left, 2.5, 2.7)).toBeGreaterThan(3 * power(right, 2.5, 2.7));
});

test('progress rises to 1', () => {
  const heard: number[] = [];
  const plan = planSound({ prompt: 'rain and wind', soundPrompt: '', musicPrompt: '', seconds: 1, seed: 1 });
  renderSound(plan, (progress) => heard.push(progress));
  expect(heard).toEqual([...heard].sort((a, b) => a - b));
  expect(heard.at(-1)).toBe(1);
});

test('a plan with a sound that does not exist is refused', () => {
  const plan = planSound({ prompt: '', soundPrompt: '', musicPrompt: '', seconds: 1, seed: 1 });
  plan.layers[0] = { ...plan.layers[0]!, generator: 'telephone' } as (typeof plan.layers)[0];
  expect(() => renderSound(plan)).toThrow('telephone');
});
