// Makes the pictures of the studio in docs/pictures: its pages with videos that it has just made. Needs a build and a Chromium.
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

const DESK = { width: 1440, height: 1000 };
const PHONE = { width: 390, height: 844 };
/** Between two phones, in pixels. */
const GAP = 48;

const data = mkdtempSync(join(tmpdir(), 'stillroar-picture-'));
const config = { ...readConfig({}), port: 0, data, log: 'error' };
const app = await createApp(config, { engines: [createBuiltinEngine()] });
const url = await app.listen();
const browser = await chromium.launch({ executablePath: findChromium(), args: ['--no-sandbox'] });

/** Opens a page that is signed in. */
async function open(viewport, colorScheme) {
  const context = await browser.newContext({ viewport, colorScheme });
  context.setDefaultTimeout(300_000);
  const headers = { authorization: `Bearer ${app.firstKey.clientSecret}` };
  await context.request.post(`${url}/api/v1/session`, { headers });
  return context.newPage();
}

/** Waits until every picture is there and nothing arrives any more. */
async function settle(page) {
  await page.mouse.move(0, 0);
  await page.waitForFunction(() => [...document.images].every(({ complete }) => complete));
  await page.waitForTimeout(2_000);
}

/** Shows a moment of every video on the page. */
async function seek(page, seconds) {
  for (const video of await page.locator('main video').all()) {
    await video.evaluate(async (element, time) => {
      element.currentTime = time;
      await new Promise((resolve) => element.addEventListener('seeked', resolve, { once: true }));
    }, seconds);
  }
}

/** Takes the uppermost pixels of a page as they are seen, scrolled to its top. */
async function shoot(page, height) {
  await page.evaluate(() => {
    for (const element of document.querySelectorAll('html, main div')) element.scrollTop = 0;
  });
  await settle(page);
  const { width } = page.viewportSize();
  return page.screenshot({ clip: { x: 0, y: 0, width, height } });
}

async function write(image, name) {
  const path = fileURLToPath(new URL(`../docs/pictures/${name}.webp`, import.meta.url));
  await sharp(image).resize({ width: 1120, withoutEnlargement: true }).webp({ quality: 70 }).toFile(path);
}

async function animate(page, words, prompt) {
  await page.goto(url);
  await page.getByRole('button', { name: 'Start over' }).click();
  const field = page.getByLabel('What happens, and what is heard');
  if (prompt) await page.getByRole('radio', { name: 'Words', exact: true }).check();
  else await page.getByRole('button', { name: words }).first().click();
  if (prompt) await field.fill(prompt);
  await page.getByRole('button', { name: 'Create video' }).click();
  await page.getByRole('list', { name: 'Layers of the sound' }).waitFor();
  return new URL(page.url()).pathname;
}

const page = await open(DESK, 'light');
await animate(page, '', 'an island in the sea at sunset, gulls');
const sunset = await animate(page, 'Sunset');
const dogs = await animate(page, 'Two dogs');
const stream = await animate(page, 'Mountain stream');
await seek(page, 2);
await write(await shoot(page, DESK.height), 'studio');

await page.goto(`${url}/sound?video=${stream.split('/').at(-1)}`);
await page.getByLabel('What is heard').fill('a waterfall, wind, slow piano music');
await page.getByRole('button', { name: /^waterfall|^stream/ }).waitFor();
await seek(page, 3);
await write(await shoot(page, 800), 'studio-sound');

const night = await open(DESK, 'dark');
await night.goto(`${url}/effects`);
await write(await shoot(night, 970), 'studio-effects');

await night.goto(`${url}/compare/${[stream, sunset].map((path) => path.split('/').at(-1)).join('/')}`);
await seek(night, 2);
await write(await shoot(night, 760), 'studio-compare');

const phones = [];
for (const [path, theme] of [
  ['/', 'light'],
  [dogs, 'dark'],
  ['/library', 'light'],
]) {
  const phone = await open(PHONE, theme);
  await phone.goto(url + path);
  if (path === '/') await phone.getByRole('button', { name: 'Sunset' }).first().click();
  phones.push(await shoot(phone, PHONE.height));
}
const row = phones.map((input, index) => ({ input, left: index * (PHONE.width + GAP), top: 0 }));
const size = { width: 3 * PHONE.width + 2 * GAP, height: PHONE.height };
const blank = { ...size, channels: 4, background: { r: 0, g: 0, b: 0, alpha: 0 } };
await write(await sharp({ create: blank }).composite(row).png().toBuffer(), 'studio-phone');

await browser.close();
await app.close();
rmSync(data, { recursive: true });
