import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { probeMedia } from '../../media/probe.ts';
import type { Shot } from '../../picture/direct/shot.ts';
import { actionStart } from '../../picture/effects/effect.ts';
import { effects } from '../../picture/effects/index.ts';
import { samplePath } from '../../picture/testing/samples.ts';
import {
  planSound,
  renderSound,
  SAMPLE_RATE,
  type SoundPlan,
  type StereoSamples,
} from '../../sound/index.ts';
import { findSound } from '../../sound/sounds/index.ts';
import { agreement, findOnsets } from '../../sound/testing/onsets.ts';
import { makeClip } from './clip.ts';
import { builtinEffects, effectSounds, effectWarnings, findEffect } from './effects.ts';

const soundOf = (code: string, seconds: number) =>
  planSound({
    prompt: '',
    soundPrompt: '',
    musicPrompt: '',
    seconds,
    seed: 1,
    preset: effectSounds(findEffect(code), seconds),
  });

/** How long an event may go on sounding, in seconds. */
const RINGING = 0.75;

/** When within half a second of a time 50 ms of the sound are loudest. */
function loudestAround({ left, right }: StereoSamples, time: number): number {
  const hop = 0.025;
  const power = (from: number) => {
    let sum = 0;
    const end = Math.min(left.length, Math.round((from + 2 * hop) * SAMPLE_RATE));
    for (let at = Math.max(0, Math.round(from * SAMPLE_RATE)); at < end; at++)
      sum += left[at]! ** 2 + right[at]! ** 2;
    return sum;
  };
  const starts = Array.from({ length: 41 }, (_, step) => time - 0.5 - hop + step * hop);
  return hop + starts.reduce((best, start) => (power(start) > power(best) ? start : best));
}

describe('the sound of an effect', () => {
  test.each(effects.map((effect) => [effect.name, effect] as const))(
    '%s uses sounds that exist',
    (_, effect) => {
      for (const { generator, variant, at } of effect.sounds) {
        const sound = findSound(generator);
        expect(sound?.variants, generator).toContain(variant);
        expect(typeof at[0], generator).toBe(sound?.kind === 'texture' ? 'number' : 'string');
      }
      const named = effect.sounds.flatMap(({ at }) => at.filter((name) => typeof name === 'string'));
      const events = new Set(effect.events.map(({ name }) => name));
      expect([...new Set(named)].sort()).toEqual([...events].sort());
    },
  );

  test('is heard when the action is seen', () => {
    const scores = effects.map(({ code, name }) => {
      const plan = soundOf(code, 5);
      const layers = plan.layers.filter((layer) => layer.kind === 'event');
      const times = layers.flatMap(({ events }) => events.map(({ time }) => time)).sort((a, b) => a - b);
      // What goes on crackles by itself: only what happens at moments can be in time or not.
      const heard = findOnsets(renderSound({ ...plan, layers }));
      // A squelch or a rain of splinters begins anew several times: that belongs to its event while it sounds.
      const isAnEcho = (time: number) => times.some((event) => time > event + 0.1 && time < event + RINGING);
      const isNew = (time: number) => times.some((event) => Math.abs(event - time) <= 0.1) || !isAnEcho(time);
      const sweeps = layers.filter(({ generator }) => generator === 'whoosh');
      const swept = sweeps.flatMap(({ events }) => events.map(({ time }) => time));
      // What sweeps past has no beginning: it is at its loudest when it is seen.
      const isSweep = (time: number) => swept.some((sweep) => Math.abs(sweep - time) < 0.45);
      const passing = swept.length > 0 ? renderSound({ ...plan, layers: sweeps }) : undefined;
      const onsets = [
        ...heard.filter(
          (time) => isNew(time) && !(isSweep(time) && !times.some((event) => Math.abs(event - time) <= 0.1)),
        ),
        ...swept.map((time) => loudestAround(passing!, time)),
      ];
      const { recall, f1 } = agreement(onsets, times);
      const list = (values: number[]) => values.map((value) => value.toFixed(2)).join(' ');
      console.log(
        `${name.padEnd(12)} recall ${recall.toFixed(2)}, F1 ${f1.toFixed(2)}: ${list(onsets)} for ${list(times)}`,
      );
      return f1;
    });
    const mean = scores.reduce((sum, score) => sum + score, 0) / scores.length;
    console.log(`mean F1 ${mean.toFixed(2)}`);
    expect(mean).toBeGreaterThanOrEqual(0.8);
  });

  test('comes later in a longer clip, with the action', () => {
    const layers = effectSounds(findEffect('samurai_99757865'), 10);
    const times = layers.flatMap((layer) =>
      layer.kind === 'event' ? layer.events.map(({ time }) => time) : [],
    );
    expect(Math.min(...times)).toBeCloseTo(effects[2]!.events[0]!.time + actionStart(10), 6);
    expect(actionStart(10)).toBeGreaterThan(0.5);
    expect(actionStart(5)).toBe(0);
  });

  test('says in the plan which effect it belongs to, and needs no words', () => {
    const { layers } = soundOf('squish_89244231312', 5);
    expect(layers.slice(1).map(({ why }) => why)).toEqual(['effect: Squish', 'effect: Squish']);
  });
});

describe('a clip with an effect', () => {
  let workDirectory: string;
  beforeAll(async () => {
    workDirectory = await mkdtemp(join(tmpdir(), 'stillroar-effect-'));
  });
  afterAll(() => rm(workDirectory, { recursive: true, force: true }));

  test('is a whole video with sound whose plan says what happens, and warns where there is no subject', async () => {
    const clip = await makeClip(
      {
        kind: 'image-to-video',
        taskId: 'test',
        attempt: 1,
        workDirectory,
        model: 'builtin-fast',
        quality: 'fast',
        imagePath: samplePath('stream.jpg'),
        prompt: 'the camera pans left, heavy rain',
        negativePrompt: '',
        soundPrompt: '',
        musicPrompt: '',
        audio: 'ai',
        resolution: '720p',
        seconds: 2,
        framesPerSecond: 12,
        effect: 'squish_89244231312',
        seed: 1,
        extendPrompt: false,
      },
      () => {},
      new AbortController().signal,
    );
    const { path } = clip.files.find(({ kind }) => kind === 'video')!;
    const { video, audio } = await probeMedia(await readFile(path));
    expect(video).toMatchObject({ width: 1082, height: 720, frameCount: 24 });
    expect(audio).toBeDefined();
    expect(clip.warnings.map(({ code }) => code)).toEqual(['subject-not-found']);
    const { picture, sound } = clip.plan as { picture: Shot; sound: SoundPlan };
    expect(picture.effect).toEqual({ code: 'squish_89244231312', name: 'Squish', why: 'effect: Squish' });
    // The prompt is ignored: no rain, no pan.
    expect([picture.overlays, picture.moves.map(({ kind }) => kind)]).toEqual([[], ['static']]);
    expect(sound.layers.map(({ generator }) => generator)).toEqual(['air', 'pop']);
  });
});

describe('the effects that are offered', () => {
  test('are ten, each with a code, a name and files of its own', () => {
    expect(builtinEffects).toHaveLength(10);
    for (const key of ['code', 'name', 'logo', 'preview'] as const) {
      expect(new Set(builtinEffects.map((effect) => effect[key])).size).toBe(10);
    }
    for (const { code, name } of builtinEffects) {
      expect(code).toMatch(new RegExp(`^${name.toLowerCase().replaceAll(' ', '_')}_\\d{8,11}$`));
    }
  });

  test('an unknown one is refused with the nearest', () => {
    expect(() => findEffect('cakefy_24743216')).toThrow('Did you mean cakeify_24743216?');
  });

  test('a picture without a subject, and a last picture, are warned of', () => {
    expect(effectWarnings(false, true).map(({ code }) => code)).toEqual([
      'subject-not-found',
      'last-image-unused',
    ]);
    expect(effectWarnings(true, false)).toEqual([]);
  });
});
