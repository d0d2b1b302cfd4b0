// Makes docs/pictures/studio.webp: the studio with a video that it has just made. Needs a build and a Chromium.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import sharp from 'sharp';
import { createApp } from '../dist/app.js';
import { readConfig } from '../dist/config.js';
import { createBuiltinEngine } from '../dist/engines/builtin/index.js';
import { findChromium } from './chromium.mjs';

const SIZE = { width: 1440, height: 1000 };
const data = mkdtempSync(join(tmpdir(), 'stillroar-picture-'));
const config = { ...readConfig({}), port: 0, data, log: 'error' };
const app = await createApp(config, { engines: [createBuiltinEngine()] });
await app.listen();
const browser = await chromium.launch({ executablePath: findChromium(), args: ['--no-sandbox'] });
const page = await browser.newPage({ viewport: SIZE });
page.setDefaultTimeout(180_000);
await page.goto(app.signInUrl());
await page.getByRole('button', { name: 'Mountain stream' }).first().click();
await page.getByRole('button', { name: 'Create video' }).click();
await page.getByRole('list', { name: 'Layers of the sound' }).waitFor();
await page.locator('video').evaluate(async (video) => {
  video.currentTime = 2;
  await new Promise((resolve) => video.addEventListener('seeked', resolve, { once: true }));
});
await page.mouse.move(0, 0);
await page.waitForTimeout(3_000);
const png = await page.screenshot();
await sharp(png)
  .resize(1120)
  .webp({ quality: 70 })
  .toFile(fileURLToPath(new URL('../docs/pictures/studio.webp', import.meta.url)));
await browser.close();
await app.close();
rmSync(data, { recursive: true });
