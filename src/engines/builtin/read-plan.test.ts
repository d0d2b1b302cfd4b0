import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { engineInput } from '../../../test/support/engine-input.ts';
import { decodeVideo } from '../../media/decode-video.ts';
import type { Shot } from '../../picture/direct/shot.ts';
import { integratedLoudness } from '../../sound/dsp/loudness.ts';
import { renderSound, type SoundPlan } from '../../sound/index.ts';
import type { EngineInput, WorkPlan } from '../engine.ts';
import { makeClip } from './clip.ts';
import { fitSoundPlan } from './given-plan.ts';
import { planWork } from './plan-work.ts';
import { readPlan } from './read-plan.ts';

const words = {
  kind: 'image-to-video',
  prompt: 'pan left, heavy rain, gulls cry, sad piano music',
  negativePrompt: '',
  soundPrompt: '',
  musicPrompt: '',
  audio: 'ai',
  seconds: 2,
  seed: 7,
  extendPrompt: false,
} as const;

async function planned(): Promise<{ picture: Shot; sound: SoundPlan }> {
  // As a caller has it: out of JSON.
  return JSON.parse(JSON.stringify(await planWork(words)));
}

const read = (plan: unknown) => readPlan({ plan: plan as WorkPlan, seed: 7 });

describe('a plan that comes back', () => {
  test('is taken as it was shown, with the seed of the task', async () => {
    const plan = await planned();
    expect(readPlan({ plan, seed: 7 })).toEqual(plan);
    expect(readPlan({ plan, seed: 8 })).toMatchObject({ picture: { seed: 8 }, sound: { seed: 8 } });
    expect(await planWork({ ...words, prompt: 'something else', plan })).toEqual(plan);
  });

  test('may leave out either half, which then follows from the words', async () => {
    const { picture, sound } = await planned();
    expect(await planWork({ ...words, prompt: '', plan: { picture } })).toMatchObject({ picture });
    expect(await planWork({ ...words, prompt: '', plan: { sound, picture: null } })).toMatchObject({ sound });
    expect(readPlan({ seed: 7 })).toEqual({});
  });

  test('without its moves stands still', async () => {
    const { picture } = await planned();
    expect(read({ picture: { ...picture, moves: [] } }).picture?.moves).toMatchObject([{ kind: 'static' }]);
  });

  test('is refused with the place and what stands there', async () => {
    const { picture, sound } = await planned();
    const [move] = picture.moves;
    const [air, ...layers] = sound.layers;
    const wrong: [unknown, string, string][] = [
      [{ picture: 'pan' }, 'plan.picture', 'plan.picture must be an object.'],
      [
        { picture: { ...picture, moves: [{ ...move, strength: 3 }] } },
        'plan.picture.moves.0.strength',
        'must be a number from 0 to 1.',
      ],
      [
        { picture: { ...picture, moves: [{ ...move, span: [0.8, 0.2] }] } },
        'plan.picture.moves.0.span',
        'the smaller first.',
      ],
      [
        { picture: { ...picture, overlays: [{ kind: 'hail', strength: 1, why: '' }] } },
        'plan.picture.overlays.0.kind',
        'must be one of twinkle, lightRays, rain, snow',
      ],
      [{ picture: { ...picture, zoom: 1 } }, 'plan.picture', 'without zoom.'],
      [
        { picture: { ...picture, moves: Array(40).fill(move) } },
        'plan.picture.moves',
        'a list of at most 16.',
      ],
      [
        { sound: { ...sound, layers: [{ ...air, generator: 'trombone' }, ...layers] } },
        'plan.sound.layers.0.generator',
        'must be one of air,',
      ],
      [
        {
          sound: {
            ...sound,
            layers: [{ ...air, parameters: { intensity: 1, density: 1, pace: 1, variant: 'solid' } }],
          },
        },
        'plan.sound.layers.0.parameters.variant',
        'must be one of open',
      ],
      [{ sound: { ...sound, loudness: 20 } }, 'plan.sound.loudness', 'must be a number from -60 to -10.'],
    ];
    for (const [plan, field, sentence] of wrong) {
      expect(() => read(plan)).toThrow(expect.objectContaining({ code: 'invalid-field', field }));
      expect(() => read(plan)).toThrow(sentence);
    }
  });
});

describe('the sound of a plan', () => {
  test('has the same rain whatever is heard beside it; without any layer it is silence', async () => {
    const { sound } = await planned();
    const [, rain] = sound.layers;
    const gulls = sound.layers.find(({ generator }) => generator === 'gulls')!;
    // So quiet that what is left of it is lost in rounding.
    const silent = { ...gulls, gainDecibels: -300 };
    const alone = renderSound({ ...sound, layers: [rain!] });
    expect(rain?.generator).toBe('rain');
    const beside = renderSound({ ...sound, layers: [silent, rain!] });
    const difference = alone.left.reduce(
      (most, value, index) => Math.max(most, Math.abs(value - beside.left[index]!)),
      0,
    );
    console.log(`the rain differs by ${difference.toExponential(1)} beside another layer`);
    expect(difference).toBeLessThan(1e-6);
    const mute = renderSound(read({ sound: { ...sound, layers: [] } }).sound!);
    expect(mute.left.every((value) => value === 0)).toBe(true);
  });

  test('of which only the air is left is as quiet as air', async () => {
    const { sound } = await planned();
    const air = read({ sound: { ...sound, layers: sound.layers.slice(0, 1) } }).sound!;
    const loudness = integratedLoudness(renderSound(air));
    console.log(`the air of a plan that asked for ${sound.loudness} LUFS: ${loudness.toFixed(1)} LUFS`);
    expect(loudness).toBeLessThan(-25);
  });

  test('is fitted to a clip of another length', async () => {
    const { sound } = await planned();
    const longer = fitSoundPlan(sound, 6);
    expect(longer.layers.map(({ start, duration }) => start + duration)).toEqual(longer.layers.map(() => 6));
    const shorter = fitSoundPlan(sound, 0.5);
    for (const layer of shorter.layers) {
      expect(layer.start + layer.duration).toBeLessThanOrEqual(0.5);
      if (layer.kind === 'event') expect(layer.events.every(({ time }) => time < 0.5)).toBe(true);
    }
    expect(renderSound(shorter).left.length).toBe(24_000);
  });
});

describe('the picture of a plan', () => {
  let root: string;
  beforeAll(async () => {
    root = await mkdtemp(join(tmpdir(), 'stillroar-plan-'));
  });
  afterAll(() => rm(root, { recursive: true, force: true }));

  async function film(more: Partial<EngineInput>) {
    const workDirectory = await mkdtemp(join(root, 'work-'));
    const clip = await makeClip(
      engineInput(workDirectory, {
        ...words,
        prompt: 'pan left, heavy rain',
        audio: 'none',
        seconds: 1,
        framesPerSecond: 12,
        ...more,
      }),
      () => {},
      new AbortController().signal,
    );
    const frames: Uint8Array[] = [];
    const bytes = await readFile(join(workDirectory, 'video.mp4'));
    for await (const { luma } of decodeVideo(bytes)) frames.push(luma.slice());
    return { plan: clip.plan as { picture: Shot }, first: frames[0]!, last: frames.at(-1)! };
  }

  const difference = (one: Uint8Array, other: Uint8Array) =>
    one.reduce((sum, value, index) => sum + Math.abs(value - other[index]!), 0) / one.length;

  test('makes the same film again, and another where it was edited', async () => {
    const { plan, ...original } = await film({});
    const again = await film({ prompt: '', plan });
    expect(again.plan).toEqual(plan);
    expect(difference(again.last, original.last)).toBe(0);

    const { picture } = plan;
    const still = await film({ plan: { picture: { ...picture, moves: [], motions: [], overlays: [] } } });
    const moved = difference(original.first, original.last);
    const rest = difference(still.first, still.last);
    console.log(
      `first and last frame differ by ${moved.toFixed(1)} of 255, without moves by ${rest.toFixed(1)}`,
    );
    expect(moved).toBeGreaterThan(5);
    expect(rest).toBeLessThan(1);
  });

  test('may leave an effect out that the request asks for', async () => {
    const { plan } = await film({ effect: 'squish_89244231312' });
    expect(plan.picture.effect?.code).toBe('squish_89244231312');
    const { effect: _, ...without } = plan.picture;
    const plain = await film({ effect: 'squish_89244231312', plan: { picture: without } });
    expect(plain.plan.picture.effect).toBeUndefined();
    expect(difference(plain.first, plain.last)).toBeLessThan(1);
  });
});
