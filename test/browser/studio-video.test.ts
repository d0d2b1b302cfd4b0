import { rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createBuiltinEngine } from '../../src/engines/builtin/index.ts';
import { encodeSound } from '../../src/media/encode-sound.ts';
import { amplitudeAt, makeForeignVideo, makeTone } from '../support/foreign-video.ts';
import type { NativeTask } from '../support/native.ts';
import { type Studio, startStudio } from '../support/studio.ts';

// The studio makes one real video; what can be done with it follows, in order.

let studio: Studio;
let page: Page;
let task: NativeTask;
let complaints: string[];

beforeAll(async () => {
  studio = await startStudio(createBuiltinEngine());
  ({ page, complaints } = await studio.open({}, false));
});
afterAll(() => studio?.close());

const words = () => page.getByLabel('What happens, and what is heard');
const taskOf = async (url: string) =>
  (await studio.api.get(`/api/v1/tasks/${new URL(url).pathname.split('/').at(-1)}`)).body;

/** The sound of the video on the page, as the browser hears it: one second of it, from so many seconds on. */
const listen = async (from = 2) =>
  Float32Array.from(
    await page.evaluate(async (start) => {
      const bytes = await (await fetch(document.querySelector('video')!.src)).arrayBuffer();
      const sound = await new OfflineAudioContext(2, 48_000 * 5, 48_000).decodeAudioData(bytes);
      return Array.from(sound.getChannelData(0).subarray(start * 48_000, (start + 1) * 48_000));
    }, from),
  );

it('makes a first video within five clicks, and it plays and is heard', async () => {
  let clicks = 0;
  const click = async (name: RegExp | string) => {
    await page.getByRole('button', { name }).first().click();
    clicks++;
  };
  await page.goto(studio.app.signInUrl());
  await click('Mountain stream');
  await click('Create video');
  await page.locator('video').waitFor({ timeout: 120_000 });
  expect(clicks).toBeLessThanOrEqual(5);
  task = await taskOf(page.url());
  const seen = await page.evaluate(async () => {
    const video = document.querySelector('video')!;
    const event = (name: string) =>
      new Promise((resolve) => video.addEventListener(name, resolve, { once: true }));
    if (video.readyState < 2) await event('loadeddata');
    const canvas = new OffscreenCanvas(90, 60).getContext('2d', { willReadFrequently: true })!;
    const still = async (time: number) => {
      const sought = event('seeked');
      video.currentTime = time;
      await sought;
      canvas.drawImage(video, 0, 0, 90, 60);
      return canvas.getImageData(0, 0, 90, 60).data;
    };
    const [before, after] = [await still(0.1), await still(4.5)];
    const difference = before.reduce((sum, value, index) => sum + Math.abs(value - after[index]!), 0);
    return {
      width: video.videoWidth,
      height: video.videoHeight,
      seconds: video.duration,
      difference: difference / before.length,
    };
  });
  const samples = await listen();
  const decibels = 10 * Math.log10(samples.reduce((sum, value) => sum + value * value, 0) / samples.length);
  console.log({ ...seen, decibels, clicks });
  expect(seen).toMatchObject({ width: 1082, height: 720 });
  expect(Math.abs(seen.seconds - 5)).toBeLessThan(0.2);
  expect(seen.difference).toBeGreaterThan(1);
  expect(decibels).toBeGreaterThan(-50);
});

it('draws its sound and names its layers and the words that they come from', async () => {
  const layers = page.getByRole('list', { name: 'Layers of the sound' });
  await layers.getByText('from “water rushing”').waitFor();
  const size = await page
    .locator('section[aria-label="Sound, as it is heard"] div')
    .first()
    .evaluate((place) => place.firstElementChild?.shadowRoot?.querySelectorAll('canvas').length ?? 0);
  expect(size).toBeGreaterThan(0);
});

it('says what was chosen and why, and what is switched off stays away in the next run', async () => {
  const again = page.getByRole('region', { name: 'Switch off what you do not want.' });
  await again.getByRole('button', { name: /^birds/ }).click();
  const [request] = await Promise.all([
    page.waitForRequest((sent) => sent.url().endsWith('/remix')),
    again.getByRole('button', { name: 'Run again without these' }).click(),
  ]);
  expect(request.postDataJSON()).toMatchObject({ seed: task.seed });
  await page.waitForURL((url) => url.pathname !== `/task/${task.id}`);
  const next = await studio.api.wait((await taskOf(page.url())).id, 'completed');
  const { layers } = next.plan!.sound as { layers: { generator: string }[] };
  const generators = layers.map(({ generator }) => generator);
  expect(generators).toContain('stream');
  expect(generators).not.toContain('birds');
  await page.locator('video').waitFor({ timeout: 120_000 });
});

it('says beside the words what cannot be painted, and what is still refused beside the button', async () => {
  const { page: other } = await studio.open();
  await other.goto(studio.url);
  await other.getByRole('radio', { name: 'Words', exact: true }).check();
  const field = other.getByLabel('What happens, and what is heard');
  const remark = other.getByRole('status').filter({ hasText: 'Name one of these' });
  const refusal = other.getByRole('alert').filter({ hasText: 'Name one of these' });
  await field.fill('a cat on a sofa');
  await remark.waitFor();
  expect(await other.getByTestId('price').textContent()).toBe('–');
  await other.getByRole('button', { name: 'Create video' }).click();
  await refusal.waitFor();
  await field.fill('a cat by the sea');
  await expect.poll(() => other.getByTestId('price').textContent()).toBe('20 credits');
  expect([await remark.count(), await refusal.count()]).toEqual([0, 0]);
  await other.close();
});

it('plays two results in step', async () => {
  const other = (await taskOf(page.url())).id;
  await page.goto(`${studio.url}/library`);
  await page.getByRole('button', { name: 'Compare' }).click();
  await page.getByRole('checkbox').first().check();
  await page.getByRole('checkbox').nth(1).click();
  await page.waitForURL(/\/compare\//);
  expect(page.url()).toContain(other);
  await page.getByRole('button', { name: 'Play both' }).click();
  await expect
    .poll(() => page.evaluate(() => document.querySelector('video')!.currentTime), { timeout: 20_000 })
    .toBeGreaterThan(0.5);
  await page.getByRole('button', { name: 'Pause both' }).click();
  await page.getByLabel('Position').fill('2');
  const times = await page.evaluate(() => [...document.querySelectorAll('video')].map((v) => v.currentTime));
  expect(Math.abs(times[0]! - times[1]!)).toBeLessThan(0.1);
});

it('finds the settings of a video in its file, and its first frame', async () => {
  const [video] = task.outputs.filter(({ kind }) => kind === 'video');
  const path = join(tmpdir(), `stillroar-${process.pid}-again.mp4`);
  await writeFile(path, Buffer.from(await (await fetch(video!.url)).arrayBuffer()));
  await page.goto(studio.url);
  await page.getByRole('button', { name: 'Start over' }).click();
  await page.locator('input[type=file]').first().setInputFiles(path);
  await page.getByText('The settings of that video are back').waitFor();
  await page.getByRole('img', { name: /^Picture: .*again\.jpg/ }).waitFor();
  expect(await words().inputValue()).toBe('water rushing over stones, birds singing');
  expect(await page.getByRole('button', { name: 'Push in', exact: true }).getAttribute('aria-pressed')).toBe(
    'true',
  );
  await page.getByText('More', { exact: true }).click();
  expect(await page.getByLabel('Seed').inputValue()).toBe(String(task.seed));
});

it('goes on from the last frame, by the button or by dragging the video to the form', async () => {
  await page.goto(`${studio.url}/task/${task.id}`);
  await page.getByRole('button', { name: 'Continue from its last frame' }).click();
  await page.waitForURL(`${studio.url}/`);
  const picture = page.getByRole('img', { name: 'Picture: last-frame.jpg' });
  await picture.waitFor();
  const width = () => picture.evaluate((image) => (image as HTMLImageElement).naturalWidth);
  await expect.poll(width).toBe(1082);
  await page.getByRole('button', { name: 'Start over' }).click();
  await expect.poll(() => picture.count()).toBe(0);
  await page
    .getByRole('link', { name: /^Open: slow push in/ })
    .first()
    .dragTo(page.locator('[data-drop]'));
  await picture.waitFor();
  expect(page.url()).toBe(`${studio.url}/`);
});

it('puts a sound of mine under a finished video, and its own no longer', async () => {
  const tone = join(tmpdir(), `stillroar-${process.pid}-tone.wav`);
  await encodeSound(makeTone(5, 440, 0.4), 'wav', tone);
  await page.goto(`${studio.url}/task/${task.id}`);
  await page.getByRole('link', { name: 'New sound' }).click();
  await page.getByRole('radio', { name: 'My own' }).check();
  await page.locator('input[type=file][accept^="audio"]').setInputFiles(tone);
  await expect.poll(() => page.getByTestId('price').textContent()).toBe('5 credits');
  await page.getByRole('button', { name: 'Add sound' }).click();
  await page.waitForURL(/\/task\//);
  const made = await studio.api.wait((await taskOf(page.url())).id, 'completed');
  expect(made.kind).toBe('video-to-audio');
  await page.locator('video').waitFor({ timeout: 60_000 });
  const samples = await listen();
  console.log({ at440: amplitudeAt(samples, 440), at1000: amplitudeAt(samples, 1_000) });
  expect(amplitudeAt(samples, 440)).toBeGreaterThan(20 * amplitudeAt(samples, 1_000));
});

it('takes any video, and mutes the sound it has, keeps it beside the new one, or lets it step back', async () => {
  const sound = makeTone(3, 1_000, 0.3);
  const video = { codec: 'h264', container: 'mov', width: 320, height: 180, framesPerSecond: 24 } as const;
  const files = ['theirs.mov', 'mine.wav'].map((name) => join(tmpdir(), `stillroar-${process.pid}-${name}`));
  const [theirs, mine] = files as [string, string];
  await writeFile(theirs, await makeForeignVideo({ ...video, seconds: 3, sound }));
  await encodeSound(makeTone(3, 440, 0.3), 'wav', mine);
  const heard: Record<string, { theirs: number; mine: number }> = {};
  for (const choice of ['Mute', 'Keep beside', 'Step back']) {
    await page.goto(`${studio.url}/sound`);
    await page.locator('input[type=file][accept="video/*"]').setInputFiles(theirs);
    await page.getByRole('radio', { name: 'My own' }).check();
    await page.locator('input[type=file][accept^="audio"]').setInputFiles(mine);
    await page.getByRole('radio', { name: choice }).check();
    await page.getByRole('button', { name: 'Add sound' }).click();
    await page.waitForURL(/\/task\//);
    await page.getByRole('link', { name: 'Download' }).waitFor({ timeout: 60_000 });
    const samples = await listen(1);
    heard[choice] = { theirs: amplitudeAt(samples, 1_000), mine: amplitudeAt(samples, 440) };
  }
  console.log(heard);
  const { Mute: mute, 'Keep beside': beside, 'Step back': back } = heard;
  expect(mute!.mine).toBeGreaterThan(20 * mute!.theirs);
  expect(beside!.theirs / beside!.mine).toBeGreaterThan(0.3);
  expect(back!.theirs / back!.mine).toBeLessThan(0.7 * (beside!.theirs / beside!.mine));
  await Promise.all(files.map((path) => rm(path)));
});

it('offers the file under a name that says what it is', async () => {
  await page.goto(`${studio.url}/task/${task.id}`);
  const name = await page.getByRole('link', { name: 'Download' }).getAttribute('download');
  expect(name).toBe(`slow-push-in-water-rushing-over-stones-birds-sin-${task.id.slice(-5)}.mp4`);
  expect(complaints).toEqual([]);
});
