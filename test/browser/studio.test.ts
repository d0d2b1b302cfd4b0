import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Engine } from '../../src/engines/engine.ts';
import { createCopyingEngine } from '../support/copying-engine.ts';
import type { NativeTask } from '../support/native.ts';
import { startFileServer } from '../support/server.ts';
import { type Studio, startStudio } from '../support/studio.ts';

const run = promisify(execFile);

// The studio against a real server whose engine only takes its time; real videos are made in studio-video.test.ts.

const sample = 'samples/dandelions.jpg';
const effects = ['squish', 'samurai'].map((name) => ({
  code: `${name}_1`,
  name: name[0]!.toUpperCase() + name.slice(1),
  summary: 'It happens to the subject.',
  logo: `effects/${name}.webp`,
  preview: `effects/${name}.mp4`,
}));
let pace = { milliseconds: 10 };
let studio: Studio;

/** An engine that takes as long as `pace` says at the moment, does effects, and fails on the word "unlucky". */
function createEngine(): Engine {
  const swift = createCopyingEngine({ milliseconds: 10, lastFrame: true });
  const slow = createCopyingEngine({ milliseconds: 60_000 });
  const unlucky = createCopyingEngine({
    failures: Array.from({ length: 20 }, () => ({
      state: 'failed' as const,
      code: 'picture-unreadable' as const,
      reason: 'The picture cannot be read.',
      retryable: false,
    })),
  });
  const chosen = new Map<string, Engine>();
  const engineOf = (work: unknown) => chosen.get(String(work)) ?? swift;
  return {
    ...swift,
    effects,
    async start(input, signal) {
      const engine = /unlucky/.test(input.prompt) ? unlucky : pace.milliseconds > 1_000 ? slow : swift;
      const operation = await engine.start(input, signal);
      chosen.set(String(operation.work), engine);
      return operation;
    },
    status: (operation, signal) => engineOf(operation.work).status(operation, signal),
    cancel: (operation) => engineOf(operation.work).cancel(operation),
  };
}

beforeAll(async () => {
  studio = await startStudio(createEngine());
});
afterEach(() => {
  pace = { milliseconds: 10 };
});
afterAll(() => studio?.close());

const createButton = (page: Page) =>
  page.getByRole('button', { name: /^Create \w* ?videos?|^Choose a picture/ });
const price = (page: Page) => page.getByTestId('price');

/** Hands a file to the page as if it were dropped or pasted. */
async function handOver(page: Page, how: 'drop' | 'paste'): Promise<void> {
  const bytes = await page.evaluate(async () =>
    Array.from(new Uint8Array(await (await fetch('/samples/dandelions.jpg')).arrayBuffer())),
  );
  await page.evaluate(
    ([content, name]) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([new Uint8Array(content)], 'mine.jpg', { type: 'image/jpeg' }));
      const event =
        name === 'drop'
          ? new DragEvent('drop', { dataTransfer: transfer, bubbles: true, cancelable: true })
          : new ClipboardEvent('paste', { clipboardData: transfer, bubbles: true, cancelable: true });
      (name === 'drop' ? document.querySelector('[data-testid=drop]')! : document).dispatchEvent(event);
    },
    [bytes, how] as const,
  );
}

describe('a picture comes in', () => {
  it.each(['drop', 'paste'] as const)('by %s: it is shown, and only then can it be sent', async (how) => {
    const { page, complaints } = await studio.open();
    await page.goto(studio.url);
    await expect.poll(() => createButton(page).isDisabled()).toBe(true);
    await handOver(page, how);
    await page.getByRole('img', { name: 'Picture: mine.jpg' }).waitFor();
    expect(await createButton(page).isEnabled()).toBe(true);
    expect(complaints).toEqual([]);
    await page.close();
  });

  it('by choosing a file, and survives a reload', async () => {
    const { page } = await studio.open();
    await page.goto(studio.url);
    await page.locator('input[type=file]').first().setInputFiles(sample);
    await page.getByRole('img', { name: 'Picture: dandelions.jpg' }).waitFor();
    await page.reload();
    await page.getByRole('img', { name: 'Picture: dandelions.jpg' }).waitFor();
    await page.close();
  });

  it('by its address, which is not loaded here', async () => {
    const { page, elsewhere } = await studio.open();
    await page.goto(studio.url);
    await page.getByLabel('Address of a picture').fill('https://pictures.example/cat.jpg');
    await page.getByRole('button', { name: 'Use', exact: true }).click();
    await page.getByText('pictures.example').waitFor();
    expect(await createButton(page).isEnabled()).toBe(true);
    expect(elsewhere).toEqual([]);
    await page.close();
  });

  it('with a last frame, which can change places with the first', async () => {
    const { page } = await studio.open();
    await page.goto(studio.url);
    await page.getByRole('button', { name: 'Mountain stream' }).first().click();
    await page.locator('input[aria-label="Last frame"]').setInputFiles(sample);
    await page.getByRole('img', { name: 'Last frame: dandelions.jpg' }).waitFor();
    await page.getByRole('button', { name: 'Swap first and last frame' }).click();
    await page.getByRole('img', { name: 'First frame: dandelions.jpg' }).waitFor();
    await page.close();
  });
});

describe('the price', () => {
  it('is shown before it is paid, for every size, length and number of takes', async () => {
    const { page } = await studio.open();
    await page.goto(studio.url);
    const seen: string[] = [];
    for (const [size, each] of [
      ['720p', 20],
      ['1080p', 25],
      ['4K', 30],
    ] as const) {
      for (const seconds of [5, 10]) {
        await page.getByRole('radio', { name: size }).check();
        await page.getByRole('radio', { name: `${seconds} s`, exact: true }).check();
        for (const count of [1, 3]) {
          await page.getByRole('radio', { name: String(count), exact: true }).check();
          const credits = (each * seconds * count) / 5;
          await expect.poll(() => price(page).textContent()).toBe(`${credits} credits`);
          seen.push(`${size} ${seconds} s × ${count}: ${credits}`);
        }
      }
    }
    console.log(seen.join(', '));
    await page.close();
  });

  it('stands in the ledger as it was shown, and comes back when the video fails', async () => {
    const { page } = await studio.open();
    await page.goto(studio.url);
    await page.getByRole('button', { name: 'Mountain stream' }).first().click();
    await page.getByLabel('What happens, and what is heard').fill('unlucky');
    await expect.poll(() => price(page).textContent()).toBe('20 credits');
    await createButton(page).click();
    await page.getByRole('heading', { name: 'This one did not work' }).waitFor();
    await page.getByText('The picture cannot be read.').waitFor();
    await page.getByText('The 20 credits are back in your account.').waitFor();
    await page.getByRole('link', { name: 'Account' }).click();
    const rows = page.getByRole('row');
    await expect.poll(() => rows.nth(1).textContent()).toMatch(/Returned.*\+20/);
    expect(await rows.nth(2).textContent()).toMatch(/Charged.*−20/);
    await page.close();
  });
});

describe('what is under way', () => {
  it('is told live, survives a reload, and can be cancelled one by one or all at once', async () => {
    pace = { milliseconds: 60_000 };
    const { body: before } = await studio.api.get<{ credits: number }>('/api/v1/account');
    const { page } = await studio.open();
    await page.goto(studio.url);
    await page.getByRole('button', { name: 'Sunset' }).first().click();
    await page.getByRole('radio', { name: '4', exact: true }).check();
    await createButton(page).click();
    await page
      .getByRole('region', { name: 'Takes of this batch' })
      .getByRole('link', { name: /Take 4/ })
      .waitFor();
    await page.getByRole('link', { name: 'Activity' }).click();
    const queue = page.getByRole('region', { name: 'At work and waiting' }).getByRole('listitem');
    await expect.poll(() => queue.count()).toBe(4);
    await page.getByText('Next in line').waitFor();
    await page.reload();
    await expect.poll(() => queue.count()).toBe(4);
    // The first is at work, whichever others the machine has room for; the last waits.
    await queue
      .last()
      .getByRole('button', { name: /^Cancel/ })
      .click();
    await expect.poll(() => queue.count()).toBe(3);
    await page.getByRole('button', { name: 'Cancel all that wait' }).click();
    await expect.poll(() => queue.count()).toBeLessThan(3);
    while ((await queue.count()) > 0) {
      const count = await queue.count();
      await queue
        .first()
        .getByRole('button', { name: /^Cancel/ })
        .click();
      await expect.poll(() => queue.count()).toBeLessThan(count);
    }
    await page.getByText('Nothing is under way').waitFor();
    const { body: after } = await studio.api.get<{ credits: number }>('/api/v1/account');
    expect(after.credits).toBe(before.credits);
    await page.close();
  });

  it('is taken up again after the stream of events has broken', async () => {
    const { page, context } = await studio.open();
    await page.goto(`${studio.url}/activity`);
    await page.getByText('Nothing is under way').waitFor();
    await context.route('**/api/v1/events', (route) => route.fulfill({ status: 503, body: '' }));
    await page.reload();
    await page.getByText('Connection lost. Reconnecting…').waitFor();
    pace = { milliseconds: 60_000 };
    const { body } = await studio.api.post('/api/v1/tasks', { image: `${studio.url}/samples/dogs.jpg` });
    await context.unroute('**/api/v1/events');
    await page.getByRole('listitem').filter({ hasText: 'Untitled' }).waitFor();
    const lost = page.getByText('Connection lost. Reconnecting…');
    await expect.poll(() => lost.count(), { timeout: 15_000 }).toBe(0);
    await studio.api.post(`/api/v1/tasks/${body.id}/cancel`);
    await page.getByText('Nothing is under way').waitFor();
    await page.close();
  });
});

describe('the effects', () => {
  it('are posters first; the clip loads under the pointer or the keyboard, and arrow keys go on', async () => {
    const { page, paths } = await studio.open();
    await page.goto(`${studio.url}/effects`);
    const first = page.getByRole('button', { name: /^Squish/ });
    await first.waitFor();
    await expect.poll(() => paths.filter((path) => path.endsWith('.webp')).length).toBe(2);
    expect(paths.filter((path) => path.endsWith('.mp4'))).toEqual([]);
    await first.focus();
    await expect
      .poll(() => paths.filter((path) => path.endsWith('.mp4')))
      .toContain('/samples/effects/squish.mp4');
    await page.keyboard.press('ArrowRight');
    expect(await page.evaluate(() => document.activeElement?.textContent)).toMatch(/^Samurai/);
    await page.keyboard.press('Enter');
    await expect.poll(() => page.getByLabel(/^Effect/).inputValue()).toBe('samurai_1');
    await page.close();
  });

  it('stay still where motion is not wanted', async () => {
    const { page, paths } = await studio.open({ isStill: true });
    await page.goto(`${studio.url}/effects`);
    await page.getByRole('button', { name: /^Squish/ }).hover();
    await page.getByRole('button', { name: /^Samurai/ }).focus();
    await page.getByRole('link', { name: 'Library' }).click();
    await page.getByRole('heading', { name: 'Library' }).waitFor();
    expect(paths.filter((path) => path.endsWith('.mp4'))).toEqual([]);
    await page.close();
  });
});

describe('the library', () => {
  it('shows sixty results page by page, finds some, deletes one, makes another like it', async () => {
    for (let batch = 0; batch < 6; batch++) {
      const prompt = batch === 3 ? 'a lighthouse at night' : 'rain on a lake';
      const { body } = await studio.api.post<{ items: NativeTask[] }>('/api/v1/tasks', {
        image: `${studio.url}/samples/dogs.jpg`,
        prompt,
        count: 10,
      });
      for (const { id } of body.items) await studio.api.wait(id, 'completed');
    }
    const { page } = await studio.open();
    await page.goto(`${studio.url}/library`);
    const cards = page.getByRole('main').getByRole('listitem');
    await expect.poll(() => cards.count()).toBe(24);
    await page.getByRole('button', { name: 'Show more' }).click();
    await expect.poll(() => cards.count()).toBe(48);
    await page.getByLabel('Find by words').fill('lighthouse');
    await expect.poll(() => cards.count()).toBe(10);
    await page.getByLabel('State').selectOption('failed');
    await page.getByText('Nothing fits').waitFor();
    await page.getByLabel('State').selectOption('completed');
    await expect.poll(() => cards.count()).toBe(10);
    await cards.first().getByRole('link').click();
    await page.getByText(/7 days left/).waitFor();
    await page.getByRole('button', { name: 'Change and run again' }).click();
    expect(await page.getByLabel('What happens, and what is heard').inputValue()).toBe(
      'a lighthouse at night',
    );
    await page.goBack();
    await page.getByRole('button', { name: 'Delete', exact: true }).click();
    await page.getByRole('button', { name: 'Delete', exact: true }).click();
    await page.waitForURL(`${studio.url}/`);
    await page.getByRole('link', { name: 'Library' }).first().click();
    await page.getByLabel('Find by words').fill('lighthouse');
    await expect.poll(() => cards.count()).toBe(9);
    await page.close();
  });
});

describe('programs', () => {
  it.each([
    ['cURL', 'sh', 'program.sh'],
    ['JavaScript', process.execPath, 'program.mjs'],
    ['Python', 'python3', 'program.py'],
  ])('in %s run as they are copied', async (name, program, file) => {
    const { page } = await studio.open();
    await page.goto(studio.url);
    await page.getByRole('button', { name: 'Dandelions' }).first().click();
    await page.getByLabel('What happens, and what is heard').fill("it's a breeze");
    await page.getByRole('link', { name: 'API', exact: true }).click();
    await page.getByRole('radio', { name }).check();
    await page.getByRole('button', { name: 'Copy' }).click();
    const text = await page.evaluate(() => navigator.clipboard.readText());
    const path = join(tmpdir(), `stillroar-${process.pid}-${file}`);
    await writeFile(path, text);
    const env = { ...process.env, STILLROAR_API_KEY: studio.app.firstKey.clientSecret };
    const { stdout } = await run(program, [path], { env });
    expect(stdout.trim()).toMatch(new RegExp(`^${studio.url}/files/`));
    expect((await fetch(stdout.trim())).status).toBe(200);
    await page.close();
  });
});

describe('the account', () => {
  it('shows a new key once; it works until it is revoked', async () => {
    const { page } = await studio.open();
    await page.goto(`${studio.url}/account`);
    await page.getByLabel('Name of the new key').fill('the test');
    await page.getByRole('button', { name: 'New key' }).click();
    const key = (await page.getByTestId('new-key').textContent())!;
    const ask = async () =>
      (await fetch(`${studio.url}/api/v1/account`, { headers: { authorization: `Bearer ${key}` } })).status;
    expect(await ask()).toBe(200);
    const revoke = page.getByRole('button', { name: 'Revoke: the test' });
    await revoke.click();
    await revoke.click();
    await page.getByText('revoked').waitFor();
    expect(await ask()).toBe(401);
    await page.reload();
    expect(await page.getByText(key).count()).toBe(0);
    await page.close();
  });

  it('lists what callers were told, and tells it again', async () => {
    let calls = 0;
    const listener = await startFileServer((_request, response) => {
      calls++;
      response.end('ok');
    });
    await studio.api.post('/api/v1/tasks', {
      image: `${studio.url}/samples/dogs.jpg`,
      webhookUrl: `${listener.url}/told`,
    });
    const { page } = await studio.open();
    await page.goto(`${studio.url}/activity`);
    await page.getByText('delivered').first().waitFor();
    await expect.poll(() => calls).toBeGreaterThan(0);
    const before = calls;
    await page
      .getByRole('button', { name: /^Send again/ })
      .first()
      .click();
    await expect.poll(() => calls).toBeGreaterThan(before);
    await page.close();
    await listener.close();
  });
});

describe('the way in', () => {
  it('is a link that works once, a key, or a sentence', async () => {
    const { page } = await studio.open({}, false);
    await page.goto(studio.url);
    await page.getByLabel('API key').fill('wrong');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByText('This server does not know that key.').waitFor();
    await page.getByLabel('API key').fill(studio.app.firstKey.clientSecret);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('link', { name: /credits/ }).waitFor();
    const cookies = await page.context().cookies();
    expect(cookies).toMatchObject([{ httpOnly: true, sameSite: 'Strict' }]);
    await page.goto(`${studio.url}/account`);
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByRole('heading', { name: 'Bring a still to life' }).waitFor();
    await page.goto(studio.app.signInUrl());
    await page.getByRole('link', { name: /credits/ }).waitFor();
    await page.close();
  });
});
