import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createCopyingEngine } from '../support/copying-engine.ts';
import { type FaultyLine, startFaultyLine } from '../support/faulty-line.ts';
import { startS3Server } from '../support/s3-server.ts';
import { type Studio, startStudio } from '../support/studio.ts';

// What the studio does by itself: it hears of changes, says so, comes back, and speaks its reader's language.

let studio: Studio;
beforeAll(async () => {
  studio = await startStudio(createCopyingEngine({ milliseconds: 2_000 }));
});
afterAll(() => studio?.close());

const order = (prompt: string) =>
  studio.api.post('/api/v1/tasks', { image: `${studio.url}/samples/dogs.jpg`, prompt });

describe('when a video is done', () => {
  /** Writes down the notes that a page plays, and lets it believe that nobody looks. */
  const watch = (page: Page) =>
    page.addInitScript(() => {
      const notes: number[] = [];
      Object.assign(window, { notes });
      window.OscillatorNode = class extends OscillatorNode {
        constructor(context: BaseAudioContext, options?: OscillatorOptions) {
          super(context, options);
          notes.push(options?.frequency ?? 0);
        }
      };
      Object.defineProperty(document, 'hidden', { get: () => sessionStorage.getItem('away') === 'yes' });
    });
  const notes = (page: Page) => page.evaluate(() => (window as unknown as { notes: number[] }).notes);

  it('two notes are heard, and the title counts while nobody looks', async () => {
    const { page } = await studio.open();
    await watch(page);
    await page.goto(`${studio.url}/activity`);
    await page.getByText('Nothing is under way').waitFor();
    await page.evaluate(() => sessionStorage.setItem('away', 'yes'));
    await order('one');
    await order('another');
    await expect.poll(() => page.title()).toBe('(2) Stillroar');
    expect(await notes(page)).toEqual([523.25, 783.99, 523.25, 783.99]);
    await page.evaluate(() => {
      sessionStorage.removeItem('away');
      document.dispatchEvent(new Event('visibilitychange'));
    });
    expect(await page.title()).toBe('Stillroar');
    await page.close();
  });

  it('nothing is heard by those who have switched it off', async () => {
    const { page } = await studio.open();
    await watch(page);
    await page.goto(`${studio.url}/account`);
    await page.getByLabel('Play two notes when a video is done').uncheck();
    await page.getByRole('link', { name: 'Activity' }).click();
    await page.getByText('Nothing is under way').waitFor();
    const { body } = await order('quietly');
    await page.getByText('quietly').waitFor();
    await studio.api.wait(body.id, 'completed');
    await page.getByText('Nothing is under way').waitFor();
    expect(await notes(page)).toEqual([]);
    await page.close();
  });
});

describe('when the server goes away', () => {
  let line: FaultyLine;
  let url: string;
  beforeAll(async () => {
    line = await startFaultyLine(Number(new URL(studio.url).port));
    url = `http://127.0.0.1:${line.port}`;
  });
  afterAll(() => line?.close());

  it('the page says so, keeps what was entered, and goes on by itself once it is back', async () => {
    const { page } = await studio.open();
    await page.goto(url);
    await page.getByRole('button', { name: 'Sunset' }).first().click();
    const lost = page.getByText('Connection lost. Reconnecting…');
    const create = page.getByRole('button', { name: 'Create video' });
    await expect.poll(() => page.getByTestId('price').textContent()).toBe('20 credits');
    line.cut();
    await lost.waitFor();
    await create.click();
    await page.getByText('The server cannot be reached. What you have entered is kept').first().waitFor();
    line.mend();
    // Made by somebody else meanwhile; the page hears of it when its stream stands again.
    await order('made meanwhile');
    await expect.poll(() => lost.count()).toBe(0);
    await page.getByRole('link', { name: /^Open: made meanwhile/ }).waitFor();
    expect(await page.getByLabel('What happens, and what is heard').inputValue()).toContain('ocean waves');
    await create.click();
    await page.waitForURL(/\/task\/[0-9a-f]{24}$/);
    await page.close();
  });

  it('a browser without a network still makes a video on its own machine', async () => {
    const { page } = await studio.open();
    await page.goto(studio.url);
    await page.getByRole('button', { name: 'Sunset' }).first().click();
    await page.evaluate(() => dispatchEvent(new Event('offline')));
    await page.getByLabel('10 s').check();
    await expect.poll(() => page.getByTestId('price').textContent()).toBe('40 credits');
    await page.getByRole('button', { name: 'Create video' }).click();
    await page.getByRole('link', { name: 'Download' }).waitFor();
    await page.close();
  });

  it('a page that cannot begin offers to try again', async () => {
    const { page } = await studio.open();
    await page.route('**/api/v1/account', (route) => route.abort());
    await page.goto(url);
    await page.getByText('The server cannot be reached.').waitFor();
    await page.unroute('**/api/v1/account');
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByRole('link', { name: /credits/ }).waitFor();
    await page.close();
  });
});

describe('in Chinese', () => {
  /** What stays as it is: names of formats and programs, addresses, English for the director, what servers have said. */
  const foreign = new RegExp(
    [
      'waves roll in, gulls cry over the pier|footsteps in snow, wind, a door creaks|slow piano|dogs panting',
      'First account|https?:\\S*|(npx )?stillroar( studio)?|English|[0-9a-f]{16,}',
      'API|MP4|MOV|WebM|MKV|JPEG|PNG|WebP|AVIF|GIF|TIFF|MB|builtin-(fast|fine)',
    ].join('|'),
    'gi',
  );
  /** Everything that a page shows or says. */
  const wordsOf = (page: Page) =>
    page.evaluate(() => {
      const said = ['aria-label', 'placeholder', 'title', 'alt'].flatMap((name) =>
        [...document.querySelectorAll(`[${name}]`)].map((element) => element.getAttribute(name)),
      );
      return [document.getElementById('studio')!.textContent, ...said].join('\n');
    });

  it('every page speaks it, fits a phone and keeps the choice', async () => {
    // A server of its own: what was made before has English words.
    const fresh = await startStudio(createCopyingEngine());
    const image = `${fresh.url}/samples/dogs.jpg`;
    const { body } = await fresh.api.post('/api/v1/tasks', { image, prompt: 'dogs panting' });
    await fresh.api.wait(body.id, 'completed');
    const { page, complaints } = await fresh.open({ width: 390, language: 'zh-CN' });
    const { clientId } = fresh.app.firstKey;
    const left: Record<string, string[]> = {};
    for (const path of ['', 'library', 'sound', 'effects', 'activity', 'account', `task/${body.id}`]) {
      await page.goto(`${fresh.url}/${path}`);
      await page.getByRole('main').getByRole('heading').first().waitFor();
      expect(await page.getAttribute('html', 'lang')).toBe('zh-Hans');
      left[path] =
        (await wordsOf(page))
          .replaceAll(clientId, '')
          .replace(foreign, '')
          .match(/[a-z]{2,}/gi) ?? [];
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      expect(overflow, path).toBeLessThanOrEqual(0);
    }
    expect(Object.values(left).flat()).toEqual([]);
    await page.goto(`${fresh.url}/account`);
    await page.getByRole('radio', { name: 'English' }).check();
    await page.getByRole('heading', { name: 'Account' }).waitFor();
    await page.reload();
    await page.getByRole('heading', { name: 'Account' }).waitFor();
    expect(complaints).toEqual([]);
    await fresh.close();
  });
});

it('shows results that are in a bucket, and still loads nothing from elsewhere', async () => {
  const store = await startS3Server();
  const other = await startStudio(createCopyingEngine(), { ...store.settings, results: 'signed' });
  const made = await other.api.post('/api/v1/tasks', { image: `${other.url}/samples/dogs.jpg` });
  await other.api.wait(made.body.id, 'completed');
  const { page, elsewhere } = await other.open();
  await page.goto(`${other.url}/library`);
  const cover = page.locator('main img').first();
  await expect
    .poll(() => cover.evaluate((image) => (image as HTMLImageElement).naturalWidth))
    .toBeGreaterThan(0);
  expect(elsewhere).toEqual([]);
  await other.close();
  await store.close();
});
