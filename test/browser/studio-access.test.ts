import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createCopyingEngine } from '../support/copying-engine.ts';
import { type Studio, startStudio } from '../support/studio.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const assets = fileURLToPath(new URL('../../dist/studio/assets', import.meta.url));
let studio: Studio;
let taskId: string;

beforeAll(async () => {
  studio = await startStudio(createCopyingEngine({ lastFrame: true }));
  const made = await studio.api.post('/api/v1/tasks', {
    image: `${studio.url}/samples/dogs.jpg`,
    prompt: 'dogs panting',
  });
  taskId = (await studio.api.wait(made.body.id, 'completed')).id;
});
afterAll(() => studio?.close());

interface Violation {
  id: string;
  nodes: { html: string; failureSummary: string }[];
}

/** What axe-core finds against WCAG 2.1 A and AA. */
async function inspect(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  const violations = await page.evaluate(async () => {
    const { axe } = window as unknown as {
      axe: { run(where: Document, how: object): Promise<{ violations: Violation[] }> };
    };
    const values = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'];
    return (await axe.run(document, { runOnly: { type: 'tag', values } })).violations;
  });
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 160)} ${failureSummary.slice(0, 200)}`),
  );
}

describe.each([
  ['light', 1440],
  ['dark', 1440],
  ['light', 390],
  ['dark', 390],
] as const)('%s, %i px wide', (theme, width) => {
  it('every page is accessible, fits, asks nobody else and has nothing to complain about', async () => {
    const { page, elsewhere, complaints } = await studio.open({ theme, width, height: 844, isStill: true });
    const ids = ['', 'library', 'sound', 'effects', 'activity', 'account', 'code'];
    for (const path of [...ids, `task/${taskId}`, `compare/${taskId}/${taskId}`]) {
      await page.goto(`${studio.url}/${path}`);
      await page.getByRole('main').getByRole('heading').first().waitFor();
      await page.waitForLoadState('networkidle', { timeout: 1_000 }).catch(() => {});
      expect(complaints, path).toEqual([]);
      expect(await inspect(page), path).toEqual([]);
      // The inspector tries a style sheet of its own, which the page's policy forbids.
      complaints.length = 0;
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      expect(overflow, path).toBeLessThanOrEqual(0);
    }
    expect(elsewhere).toEqual([]);
    await page.close();
  });
});

it('can be used by keyboard alone, from the first page to a video', async () => {
  const { page } = await studio.open();
  await page.goto(studio.url);
  await page.getByRole('link', { name: /credits/ }).waitFor();
  const focusOn = async (name: RegExp) => {
    for (let count = 0; count < 80; count++) {
      await page.keyboard.press('Tab');
      const words = await page.evaluate(() => {
        const element = document.activeElement;
        return element?.getAttribute('aria-label') ?? element?.textContent ?? '';
      });
      if (name.test(words)) return;
    }
    throw new Error(`The Tab key never comes to ${name}.`);
  };
  await page.keyboard.press('Tab');
  expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Skip to the content');
  await focusOn(/^Mountain stream$/);
  await page.keyboard.press('Enter');
  await page.keyboard.press('Home');
  await page.evaluate(() => (document.activeElement as HTMLElement).blur());
  await focusOn(/^Create video$/);
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/task\/[0-9a-f]{24}$/);
  await page.getByRole('link', { name: 'Download' }).waitFor();
  await page.close();
});

it('is small: its script up to 110 KB and its style up to 15 KB, compressed', () => {
  const size = (name: string) => gzipSync(readFileSync(`${assets}/${name}`)).length / 1000;
  const document = readFileSync(`${assets}/../index.html`, 'utf8');
  const first = readdirSync(assets).filter((name) => document.includes(name));
  const sum = (extension: string) =>
    first.filter((name) => name.endsWith(extension)).reduce((total, name) => total + size(name), 0);
  console.log(`script ${sum('.js').toFixed(1)} KB, style ${sum('.css').toFixed(1)} KB (gzip)`);
  expect(sum('.js')).toBeGreaterThan(10);
  expect(sum('.js')).toBeLessThanOrEqual(110);
  expect(sum('.css')).toBeLessThanOrEqual(15);
});
