import { afterAll, beforeAll, expect, test } from 'vitest';
import type { App } from '../src/app.ts';
import { createCopyingEngine } from './support/copying-engine.ts';
import { createDataDirectory } from './support/database.ts';
import { post, startApp, startFileServer, waitForResult } from './support/server.ts';

// Bad input gets a sentence and costs nothing.

let data: Awaited<ReturnType<typeof createDataDirectory>>;
let files: Awaited<ReturnType<typeof startFileServer>>;
let app: App;
let url: string;
let key: Record<string, string>;
let create: string;

beforeAll(async () => {
  data = await createDataDirectory();
  files = await startFileServer((request, response) => {
    if (request.url === '/page') response.end('<!DOCTYPE html><title>Login</title>');
    else if (request.url === '/empty') response.end();
    else if (request.url === '/text') response.end('not a picture at all');
    else if (request.url === '/picture') response.end(Buffer.from('\xff\xd8\xff\xe0 a picture', 'latin1'));
    else response.writeHead(404).end();
  });
  const engine = createCopyingEngine();
  // Only what is on the file server's address may be reached.
  ({ app, url } = await startApp(data.path, engine, { allowHosts: ['127.0.0.1'] }));
  key = { 'x-api-key': app.firstKey.clientSecret };
  create = `${url}/api/open/v4/image2Video/createBySourcePrompt`;
});
afterAll(async () => {
  await app.close();
  await files.close();
  await data.remove();
});

const valid = { prompt: 'The sea.', resolution: '720p', audio_type: 1, video_length: 5 };

async function credits(): Promise<number> {
  const response = await fetch(`${url}/api/open/v3/faceswap/quota/info`, { headers: key });
  return ((await response.json()) as { data: { credit: number } }).data.credit;
}

test.each([
  ['no picture', {}, 1003, 'image_url is required'],
  ['no prompt', { image_url: 'FILES/picture', prompt: '' }, 1003, 'prompt is required'],
  ['another resolution', { image_url: 'FILES/picture', resolution: '8k' }, 1003, '720p, 1080p or 4k'],
  [
    'another length',
    { image_url: 'FILES/picture', video_length: 6 },
    1003,
    'video_length is required: 5 or 10',
  ],
  ['a sound without its URL', { image_url: 'FILES/picture', audio_type: 2 }, 1003, 'audio_url is required'],
  [
    'an unknown effect',
    { image_url: 'FILES/picture', effect_code: 'squish' },
    1003,
    'effect_code "squish" is not known',
  ],
  ['no URL', { image_url: 'picture.jpg' }, 1003, 'image_url: "picture.jpg" is not a URL'],
  ['another scheme', { image_url: 'file:///etc/passwd' }, 1003, 'must begin with http:// or https://'],
  ['a private address', { image_url: 'http://10.0.0.1/a.jpg' }, 1003, 'does not fetch from 10.0.0.1'],
  ['cloud metadata', { image_url: 'http://169.254.169.254/latest' }, 1003, 'does not fetch from 169.254'],
  [
    'loopback that is not allowed',
    { image_url: 'http://127.0.0.3/a.jpg' },
    1003,
    'does not fetch from 127.0.0.3',
  ],
  [
    'a private sound',
    { image_url: 'FILES/picture', audio_url: 'http://[::1]/a.mp3', audio_type: 2 },
    1003,
    'audio_url: This server does not fetch',
  ],
  [
    'a private callback',
    { image_url: 'FILES/picture', webhookurl: 'http://10.0.0.1/' },
    1003,
    'webhookurl: ',
  ],
])('refuses %s at once', async (_what, fields, code, sentence) => {
  const before = await credits();
  const body = JSON.parse(JSON.stringify({ ...valid, ...fields }).replaceAll('FILES', files.url));
  const answer = await post(create, body, key);
  expect(answer).toMatchObject({ status: 200, body: { code } });
  expect(answer.body.msg).toContain(sentence);
  expect(await credits()).toBe(before);
});

test.each([
  ['{"image_url":', 'not valid JSON'],
  ['', 'empty'],
  ['[]', 'must be a JSON object'],
  ['"text"', 'must be a JSON object'],
  ['null', 'must be a JSON object'],
])('refuses the body %j', async (body, sentence) => {
  const answer = await post(create, body, key);
  expect(answer).toMatchObject({ status: 200, body: { code: 1003 } });
  expect(answer.body.msg).toContain(sentence);
});

test('refuses a body that is too large or not JSON', async () => {
  const large = await post(create, { ...valid, prompt: 'x'.repeat(1_100_000) }, key);
  expect(large).toMatchObject({ status: 413, body: { code: 1003 } });
  const form = await post(create, 'a=b', { ...key, 'content-type': 'application/x-www-form-urlencoded' });
  expect(form.body.msg).toContain('application/json');
});

test.each([
  ['/page', 'a web page (HTML)'],
  ['/empty', 'empty (0 bytes)'],
  ['/text', 'of an unknown format'],
  ['/missing', 'status 404'],
])('fails the task for %s, says why, and gives the credits back', async (path, sentence) => {
  const before = await credits();
  const { body } = await post(create, { ...valid, image_url: files.url + path }, key);
  expect(body.code).toBe(1000);
  const entry = await waitForResult(url, key, String(body.data._id));
  expect(entry).toMatchObject({ status: 4, video_url: '', deduction_credit: 0 });
  expect(entry.error_msg).toContain(sentence);
  expect(await credits()).toBe(before);
});

test('fails the task when nobody listens there', async () => {
  const before = await credits();
  const { body } = await post(create, { ...valid, image_url: 'http://127.0.0.1:1/a.jpg' }, key);
  const entry = await waitForResult(url, key, String(body.data._id));
  expect(entry.error_msg).toContain('the connection was refused');
  expect(await credits()).toBe(before);
});

test('a wrong key costs nobody anything', async () => {
  const before = await credits();
  const answer = await post(
    create,
    { ...valid, image_url: `${files.url}/picture` },
    { 'x-api-key': 'wrong' },
  );
  expect(answer.body.code).toBe(1109);
  expect(await credits()).toBe(before);
});
