import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, chromium } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findChromium } from '../../scripts/chromium.mjs';
import type { App } from '../../src/app.ts';
import { createBuiltinEngine } from '../../src/engines/builtin/index.ts';
import { post, startApp, startFileServer } from '../support/server.ts';

const executablePath = findChromium();
if (!executablePath) throw new Error('The browser tests need Chromium: install it, or set CHROMIUM_PATH.');

let directory: string;
let app: App;
let url: string;
let browser: Browser;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'stillroar-browser-'));
  ({ app, url } = await startApp(join(directory, 'data'), createBuiltinEngine()));
  browser = await chromium.launch({
    executablePath,
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update'],
  });
});
afterAll(async () => {
  await browser?.close();
  await app?.close();
  await rm(directory, { recursive: true, force: true });
});

/** Makes a clip over the API and waits for its address. */
async function createClip(): Promise<string> {
  const headers = { 'x-api-key': app.firstKey.clientSecret };
  const created = await post(
    `${url}/api/open/v4/image2Video/createBySourcePrompt`,
    {
      image_url: `${url}/samples/stream.jpg`,
      prompt: 'slow push in, water rushing over stones',
      resolution: '720p',
      audio_type: 1,
      video_length: 5,
    },
    headers,
  );
  expect(created.body.msg).toBe('OK');
  for (;;) {
    const { body } = await post(
      `${url}/api/open/v4/image2Video/resultsByIds`,
      { _ids: created.body.data._id },
      headers,
    );
    const [entry] = body.data.result!;
    if (entry!.status === 3) return String(entry!.video_url);
    expect(entry!.status, String(entry!.error_msg)).toBeLessThan(3);
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
}

describe('a video made over the API', () => {
  it('plays in a browser on another origin: picture, length, motion, sound, and a jump into the middle', async () => {
    const videoUrl = await createClip();
    const elsewhere = await startFileServer((_request, response) => {
      response.setHeader('content-type', 'text/html');
      response.end('<!doctype html><title>Another site</title>');
    });
    const page = await browser.newPage();
    await page.goto(elsewhere.url);
    const seen = await page.evaluate(async (source) => {
      const video = document.createElement('video');
      video.crossOrigin = 'anonymous';
      video.muted = true;
      video.src = source;
      document.body.append(video);
      const event = (name: string) =>
        new Promise((resolve) => video.addEventListener(name, resolve, { once: true }));
      await event('loadeddata');
      const canvas = new OffscreenCanvas(90, 60);
      const context = canvas.getContext('2d', { willReadFrequently: true })!;
      const still = async (time: number) => {
        const sought = event('seeked');
        video.currentTime = time;
        await sought;
        context.drawImage(video, 0, 0, 90, 60);
        return context.getImageData(0, 0, 90, 60).data;
      };
      const before = await still(0.1);
      const after = await still(4.5);
      let difference = 0;
      for (let index = 0; index < before.length; index++)
        difference += Math.abs(before[index]! - after[index]!);
      const bytes = await (await fetch(source)).arrayBuffer();
      const sound = await new OfflineAudioContext(2, 48_000 * 5, 48_000).decodeAudioData(bytes);
      const channel = sound.getChannelData(0);
      const energy = channel.reduce((sum, sample) => sum + sample * sample, 0) / channel.length;
      return {
        width: video.videoWidth,
        height: video.videoHeight,
        seconds: video.duration,
        meanDifference: difference / before.length,
        soundDecibels: 10 * Math.log10(energy),
        soundSeconds: sound.duration,
      };
    }, videoUrl);
    console.log(seen);
    expect(seen).toMatchObject({ width: 1082, height: 720 });
    expect(seen.seconds).toBeCloseTo(5, 1);
    expect(seen.meanDifference).toBeGreaterThan(1);
    expect(seen.soundDecibels).toBeGreaterThan(-50);
    expect(Math.abs(seen.soundSeconds - 5)).toBeLessThan(0.1);
    await page.close();
    await elsewhere.close();
  });

  it('is announced on a page that loads nothing from elsewhere and logs no error', async () => {
    const page = await browser.newPage();
    const elsewhere: string[] = [];
    const complaints: string[] = [];
    page.on('request', (request) => {
      if (!request.url().startsWith(url)) elsewhere.push(request.url());
    });
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text());
    });
    await page.goto(url);
    await page.getByRole('heading', { level: 1, name: 'Bring a still to life' }).waitFor();
    expect(elsewhere).toEqual([]);
    expect(complaints).toEqual([]);
    await page.close();
  });
});
