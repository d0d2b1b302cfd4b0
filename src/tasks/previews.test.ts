import { expect, test } from 'vitest';
import type { Preview } from '../engines/engine.ts';
import type { Storage } from '../storage/storage.ts';
import { createPreviews } from './previews.ts';

/** A storage in memory; each `putBytes` waits until `let` is called. */
function slowStorage() {
  const files = new Map<string, string>();
  const doors: (() => void)[] = [];
  const storage = {
    async putBytes(bytes, key) {
      await new Promise<void>((resolve) => doors.push(resolve));
      files.set(key, Buffer.from(bytes).toString());
    },
    remove: async (key) => void files.delete(key),
  } as Storage;
  const letOne = async () => {
    await expect.poll(() => doors.length).toBeGreaterThan(0);
    doors.shift()!();
  };
  return { storage, letOne, texts: () => [...files.values()] };
}

const picture = (text: string): Preview => ({ bytes: Buffer.from(text), contentType: 'image/jpeg' });

test('of those that come while one is stored only the newest is stored, and two are kept', async () => {
  const { storage, letOne, texts } = slowStorage();
  const shown: { key: string; spent: string | undefined }[] = [];
  const previews = createPreviews(storage, async ({ key }, spent) => Boolean(shown.push({ key, spent })));
  for (const text of ['first', 'second', 'third']) previews.offer(picture(text));
  await letOne();
  await expect.poll(texts).toEqual(['first']);
  await letOne();
  await expect.poll(texts).toEqual(['first', 'third']);
  previews.offer(picture('fourth'));
  await letOne();
  await expect.poll(texts).toEqual(['third', 'fourth']);
  await previews.close();
  const [first, third] = shown.map(({ key }) => key);
  expect(new Set(shown.map(({ key }) => key)).size).toBe(3);
  expect(first).not.toBe(third);
  expect(shown.map(({ spent }) => spent)).toEqual([undefined, undefined, first]);
});

test('what is not shown any more is not kept either', async () => {
  const { storage, letOne, texts } = slowStorage();
  const previews = createPreviews(storage, async () => false);
  previews.offer(picture('late'));
  await letOne();
  await previews.close();
  expect(texts()).toEqual([]);
});

test('a store that fails and a database that is away hold nothing up', async () => {
  const asked: string[] = [];
  const broken = {
    putBytes: async () => {
      throw new Error('The disk is full.');
    },
  } as unknown as Storage;
  const unstored = createPreviews(broken, async ({ key }) => Boolean(asked.push(key)));
  unstored.offer(picture('lost'));
  await unstored.close();
  expect(asked).toEqual([]);

  const { storage, letOne, texts } = slowStorage();
  const unshown = createPreviews(storage, () => Promise.reject(new Error('The database is away.')));
  unshown.offer(picture('unseen'));
  await letOne();
  await unshown.close();
  expect(texts()).toEqual([]);
});
