import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createCopyingEngine } from '../support/copying-engine.ts';
import type { NativeTask } from '../support/native.ts';
import { type Studio, startStudio } from '../support/studio.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const assets = fileURLToPath(new URL('../../dist/studio/assets', import.meta.url));
let studio: Studio;
let task: NativeTask;

beforeAll(async () => {
  studio = await startStudio(createCopyingEngine({ lastFrame: true }));
  const made = await studio.api.post('/api/v1/tasks', {
    image: `${studio.url}/samples/dogs.jpg`,
    prompt: 'dogs panting',
  });
  task = await studio.api.wait(made.body.id, 'completed');
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

/** A page in a state that it can be in. */
interface State {
  path: string;
  /** Answers of the server that are changed, by a part of their path: to another JSON, or to none (`gone`, `never`). */
  answers?: Record<string, ((json: never) => unknown) | 'gone' | 'never'>;
  /** What a person does first. */
  act?(page: Page): Promise<void>;
  /** What is then seen. */
  shows: string | string[];
  isStranger?: boolean;
}

const taskIs = (changes: object) => ({
  path: `task/ID`,
  answers: { 'tasks/ID': (json: object) => ({ ...json, outputs: [], plan: null, ...changes }) },
});
const nothing = () => ({ items: [], next: null });
const delivery = {
  id: '1',
  taskId: 'ID',
  event: 'task.failed',
  url: 'https://a-long-host-name.example.com/a/deep/path/to/the/hook?with=query',
  state: 'failed',
  attempts: [
    { at: '2026-01-01T00:00:00Z', status: null, milliseconds: null, problem: 'It does not answer.' },
  ],
  createdAt: '2026-01-01T00:00:00Z',
};
const plan = {
  picture: {
    moves: [{ kind: 'dolly', direction: 'in', why: 'default: dolly in' }],
    motions: [{ kind: 'hair', why: 'prompt: "dogs"' }],
    overlays: [],
    grades: [],
  },
  sound: {
    layers: [
      { kind: 'bed', generator: 'air', why: 'every track has air', start: 0, duration: 5 },
      { kind: 'bed', generator: 'dog', why: 'prompt: “dogs panting”', start: 0, duration: 5 },
    ],
  },
};
const inSixDays = new Date(Date.now() + 6.5 * 86_400_000).toISOString();
const error = { code: 'picture-unreadable', message: 'The picture cannot be read.' };

const left = '9,960 left afterwards';

const pages: Record<string, State> = {
  create: { path: '', shows: [left, 'dogs panting'] },
  library: { path: 'library', shows: 'dogs panting' },
  sound: { path: 'sound', shows: 'or take one of yours' },
  effects: { path: 'effects', shows: 'Cakeify' },
  activity: { path: 'activity', shows: 'Nothing is under way' },
  account: { path: 'account', shows: '+10,000' },
  code: { path: 'code', shows: 'STILLROAR_API_KEY' },
  result: {
    path: 'task/ID',
    answers: { 'tasks/ID': (json: object) => ({ ...json, plan, expiresAt: inSixDays }) },
    shows: ['every track has air', left],
  },
  compare: { path: 'compare/ID/ID', shows: ['Play both', 'builtin-fast'] },
  'sign-in': { path: '', shows: 'npx stillroar studio', isStranger: true },
};

const states: Record<string, State> = {
  astray: { path: 'librery', shows: 'There is no such page.' },
  ...pages,
  'create, for the first time': {
    path: '',
    answers: { 'tasks?': nothing },
    shows: 'Your video will play here',
  },
  'create, filled in': {
    path: '',
    async act(page) {
      await page.getByRole('button', { name: 'Mountain stream' }).first().click();
      await page.getByText('More', { exact: true }).click();
    },
    shows: 'End on another picture',
  },
  'create, from words': {
    path: '',
    act: (page) => page.getByRole('radio', { name: 'Words', exact: true }).check(),
    shows: 'Shape',
  },
  'create, without credits': {
    path: '',
    answers: { '/account': (json: object) => ({ ...json, credits: 0 }) },
    shows: 'You have 0 credits.',
  },
  waiting: { ...taskIs({ state: 'queued', queuePosition: 3, progress: 0 }), shows: 'Number 3 in line' },
  'at work': {
    ...taskIs({ state: 'processing', stage: 'rendering', progress: 42, etaSeconds: 6 }),
    shows: 'about 6 s left',
  },
  failed: { ...taskIs({ state: 'failed', error }), shows: 'This one did not work' },
  cancelled: {
    ...taskIs({ state: 'cancelled', error: { code: 'cancelled', message: 'It was cancelled.' } }),
    shows: 'It was cancelled.',
  },
  expired: { ...taskIs({ state: 'expired', error: null }), shows: 'This video has expired' },
  deleted: { path: 'task/000000000000000000000000', shows: 'This video is gone.' },
  'result, on its way': { path: 'task/ID', answers: { 'tasks/ID': 'never' }, shows: 'Lately' },
  'library, empty': { path: 'library', answers: { 'tasks?': nothing }, shows: 'Nothing here yet' },
  'library, without a match': {
    path: 'library',
    act: (page) => page.getByRole('searchbox').fill('zebra'),
    shows: 'Nothing fits',
  },
  'library, choosing': {
    path: 'library',
    act: (page) => page.getByRole('button', { name: 'Compare' }).click(),
    shows: 'Choose two finished videos.',
  },
  'library, failing': {
    path: 'library',
    answers: { 'tasks?': 'gone' },
    shows: 'The server cannot be reached.',
  },
  'sound, empty': { path: 'sound', answers: { 'tasks?': nothing }, shows: 'Drop a video here' },
  'sound, with a video': { path: 'sound?video=ID', shows: 'Keep beside' },
  'effects, none': {
    path: 'effects',
    answers: { '/effects': nothing },
    shows: 'This server has no effects.',
  },
  'activity, busy': {
    path: 'activity',
    answers: {
      'state=queued': ({ items }: { items: object[] }) => ({ items, next: null }),
      '/webhooks': () => ({ items: [delivery], next: null }),
    },
    shows: 'given up',
  },
  'account, with a new key': {
    path: 'account',
    answers: { '/keys': (json: object) => ({ ...json, apiKey: 'a-new-key' }) },
    act: (page) => page.getByRole('button', { name: 'New key' }).click(),
    shows: 'Copy it now',
  },
  'sign-in, refused': {
    path: '',
    isStranger: true,
    async act(page) {
      await page.getByLabel('API key').fill('wrong');
      await page.getByRole('button', { name: 'Sign in' }).click();
    },
    shows: 'This server does not know that key.',
  },
  'out of reach': { path: 'library', answers: { '/account': 'gone' }, shows: 'Try again' },
};

/** Shows a page in a state. */
async function show(page: Page, { path, answers = {}, act, shows }: State): Promise<void> {
  const fill = (text: string) => text.replaceAll('ID', task.id);
  for (const [part, answer] of Object.entries(answers)) {
    await page.route(
      (url) => url.href.includes('/api/v1/') && url.href.includes(fill(part)),
      async (route) => {
        if (answer === 'gone') return route.abort();
        if (answer === 'never') return undefined;
        const given = await route.fetch();
        return route.fulfill({ json: answer((await given.json()) as never) });
      },
    );
  }
  await page.goto(`${studio.url}/${fill(path)}`);
  await page.getByRole('main').waitFor();
  await act?.(page);
  for (const words of [shows].flat()) await page.getByText(words).first().waitFor();
}

// First: what follows makes keys and videos.
describe('the accessibility tree reads well aloud:', () => {
  it.each(Object.keys(pages))('%s', async (name) => {
    const { page } = await studio.open({ isStill: true }, !pages[name]!.isStranger);
    await show(page, pages[name]!);
    const tree = await page.locator('body').ariaSnapshot();
    const lasting = tree
      .replaceAll(task.id, 'ID')
      .replace(/[0-9a-f]{32}/g, 'KEY')
      .replaceAll(studio.url, 'http://server')
      .replaceAll(String(task.seed), 'SEED')
      .replaceAll(studio.app.firstKey.clientId, 'CLIENT')
      .replace(/\d{1,2}\/\d{1,2}\/\d{4}|\w{3} \d{1,2}, \d{4}/g, 'DATE');
    await expect(`${lasting}\n`).toMatchFileSnapshot(`aria/${name}.txt`);
    await page.context().close();
  });
});

describe('in both themes, wide and narrow, it is accessible, fits and loads nothing from elsewhere:', () => {
  it.each(Object.keys(states))('%s', async (name) => {
    const state = states[name]!;
    const { page, elsewhere, complaints } = await studio.open({ isStill: true }, !state.isStranger);
    await show(page, state);
    const isExpected = (text: string) =>
      /Failed to load resource/.test(text) && Boolean(state.answers || state.act);
    const isLost = name === 'deleted' || name === 'astray';
    expect(complaints.filter((text) => !isExpected(text) && !isLost)).toEqual([]);
    for (const width of [1440, 390]) {
      await page.setViewportSize({ width, height: 844 });
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme });
        // Colours change within a moment.
        await page.evaluate(() =>
          Promise.allSettled(document.getAnimations().map(({ finished }) => finished)),
        );
        expect(await inspect(page), `${colorScheme}, ${width}`).toEqual([]);
      }
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      expect(overflow, String(width)).toBeLessThanOrEqual(0);
    }
    expect(elsewhere).toEqual([]);
    await page.context().close();
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
