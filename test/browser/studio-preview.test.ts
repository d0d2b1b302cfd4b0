import { setTimeout as sleep } from 'node:timers/promises';
import sharp from 'sharp';
import { expect, it, onTestFinished } from 'vitest';
import type { Engine, Preview } from '../../src/engines/engine.ts';
import { createCopyingEngine } from '../support/copying-engine.ts';
import { startStudio } from '../support/studio.ts';

// While a video is made the studio shows how far it has come, frame by frame.

const colours = { red: '#c03020', green: '#20a040', blue: '#2040c0' };

async function paint(background: string): Promise<Preview> {
  const create = { width: 320, height: 180, channels: 3, background } as const;
  return { bytes: await sharp({ create }).jpeg().toBuffer(), contentType: 'image/jpeg' };
}

it('a video that is being made shows its newest frame, and asks for none that is gone', async () => {
  const copying = createCopyingEngine({ milliseconds: 0 });
  let preview: Preview | undefined;
  let isDone = false;
  /** Works until it is told that it is done, and shows what it is told to. */
  const engine: Engine = {
    ...copying,
    async status(operation, signal) {
      if (isDone) return copying.status(operation, signal);
      await sleep(100, undefined, { signal });
      return { state: 'running', progress: 30, stage: 'rendering', ...(preview && { preview }) };
    },
  };
  const studio = await startStudio(engine);
  onTestFinished(() => studio.close());
  const { page, complaints } = await studio.open();
  const { body } = await studio.api.post('/api/v1/tasks', {
    image: `${studio.url}/samples/dogs.jpg`,
    prompt: 'shown',
  });
  await page.goto(`${studio.url}/task/${body.id}`);
  await page.getByRole('progressbar').waitFor();
  /** Which of the colours the picture behind the progress bar has. */
  const shown = () =>
    page.evaluate(() => {
      const pictures = [...document.querySelectorAll('img')];
      const picture = pictures.find(({ complete, naturalWidth }) => complete && naturalWidth === 320);
      if (!picture) return '';
      const canvas = document.createElement('canvas');
      const context = canvas.getContext('2d')!;
      context.drawImage(picture, 0, 0);
      const pixel = [...context.getImageData(5, 5, 1, 1).data].slice(0, 3);
      return ['red', 'green', 'blue'][pixel.indexOf(Math.max(...pixel))]!;
    });
  for (const [name, colour] of Object.entries(colours)) {
    preview = await paint(colour);
    await expect.poll(shown).toBe(name);
  }
  isDone = true;
  await page.getByRole('progressbar').waitFor({ state: 'detached' });
  expect(await shown()).toBe('');
  expect(complaints).toEqual([]);
});
