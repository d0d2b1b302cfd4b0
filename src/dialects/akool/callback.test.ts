import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { callback, encryptCallback, signCallback } from './callback.ts';

const pair = { clientId: 'abcdefghijklmnop', clientSecret: 'ABCDEFGHIJKLMNOPQRSTUVWX' };

test('signs and encrypts as the test vectors in docs/webhooks.md, which openssl gives too', async () => {
  const manual = await readFile(new URL('../../../docs/webhooks.md', import.meta.url), 'utf8');
  const vector = (name: string) => new RegExp(`\\| \`${name}\` \\| \`(.+)\` \\|`).exec(manual)?.[1];
  const news = {
    _id: '689174694b4dbdd4ab3d28c9',
    status: 3,
    type: 'image2video',
    url: 'https://example.org/a.mp4',
  };
  const dataEncrypt = encryptCallback(JSON.stringify(news), pair);
  expect(dataEncrypt).toBe(vector('dataEncrypt'));
  expect(signCallback(pair.clientId, '1754362985482', '4711', dataEncrypt)).toBe(vector('signature'));
});

test('has the published types: time in ms as a number, nonce as a text', () => {
  const now = new Date(1754362985482);
  const body = JSON.parse(callback({ taskId: 'a', state: 'processing', videoUrl: '' }, pair, now));
  expect(Object.keys(body).sort()).toEqual(['dataEncrypt', 'nonce', 'signature', 'timestamp']);
  expect(body.timestamp).toBe(1754362985482);
  expect(body.nonce).toMatch(/^\d{4}$/);
});
