import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { App } from '../../src/app.ts';
import { akool } from '../../src/dialects/akool/index.ts';
import { asVideo, type CopyingEngine, createCopyingEngine } from '../support/copying-engine.ts';
import { createDataDirectory } from '../support/database.ts';
import { post, startApp, startFileServer, waitForResult } from '../support/server.ts';
import { createReply, createRequest, resultEntry } from './akool-samples.ts';

const picture = await readFile(new URL('../../samples/sunset.jpg', import.meta.url));
const video = asVideo(picture);

let data: Awaited<ReturnType<typeof createDataDirectory>>;
let files: Awaited<ReturnType<typeof startFileServer>>;
let engine: CopyingEngine;
let app: App;
let url: string;
let key: Record<string, string>;
let create: string;
let results: string;

beforeAll(async () => {
  data = await createDataDirectory();
  files = await startFileServer((request, response) => {
    if (request.url?.endsWith('.mp3'))
      response.end(Buffer.concat([Buffer.from('ID3\x04'), Buffer.alloc(99)]));
    else response.end(picture);
  });
  engine = createCopyingEngine();
  ({ app, url } = await startApp(data.path, engine));
  key = { 'x-api-key': app.firstKey.clientSecret };
  create = `${url}/api/open/v4/image2Video/createBySourcePrompt`;
  results = `${url}/api/open/v4/image2Video/resultsByIds`;
});
afterAll(async () => {
  await app.close();
  await files.close();
  await data.remove();
});

/** A published sample with the files' real host. */
function sample<Value>(value: Value): Value {
  return JSON.parse(JSON.stringify(value).replaceAll('{{files}}', files.url)) as Value;
}

function typesOf(value: Record<string, unknown>): Record<string, string> {
  return Object.fromEntries(Object.entries(value).map(([name, field]) => [name, typeof field]));
}

describe('the published sample', () => {
  let id: string;

  test('creates a task with exactly the published fields', async () => {
    const { status, body } = await post(create, sample(createRequest), key);
    expect(status).toBe(200);
    const published = sample(createReply);
    const { data: reply } = body;
    expect(body).toMatchObject({ code: 1000, msg: 'OK' });
    expect(typesOf(reply)).toEqual(typesOf(published.data));
    const { create_time, uid, team_id, _id, ...same } = published.data;
    expect(reply).toMatchObject(same);
    expect(reply._id).toMatch(/^[0-9a-f]{24}$/);
    expect(reply.team_id).toMatch(/^[0-9a-f]{24}$/);
    expect(Math.abs(Number(reply.create_time) - Date.now())).toBeLessThan(10_000);
    id = String(reply._id);
  });

  test('becomes a video that can be fetched, whole and in part', async () => {
    const entry = await waitForResult(url, key, id);
    const published = sample(resultEntry);
    expect(typesOf(entry)).toMatchObject(typesOf(published));
    const { _id, create_time, update_time, uid, team_id, video_duration, video_url, ...same } = published;
    expect(entry).toMatchObject({ ...same, video_duration: 5.042, progress: 100, error_msg: '' });
    expect(entry.warnings).toEqual([]);
    expect(entry.expires_time).toBe(Number(entry.update_time) + 7 * 86_400_000);

    const whole = await fetch(String(entry.video_url));
    expect(whole.headers.get('content-type')).toBe('video/mp4');
    expect(whole.headers.get('x-content-type-options')).toBe('nosniff');
    expect(whole.headers.get('content-disposition')).toMatch(/filename="animate-this-image-[\w-]+\.mp4"/);
    expect(whole.headers.get('access-control-allow-origin')).toBe('*');
    expect(Buffer.from(await whole.arrayBuffer()).equals(video)).toBe(true);

    const part = await fetch(String(entry.video_url), { headers: { range: 'bytes=2-5' } });
    expect(part.status).toBe(206);
    expect(part.headers.get('content-range')).toBe(`bytes 2-5/${video.length}`);
    expect(Buffer.from(await part.arrayBuffer()).equals(video.subarray(2, 6))).toBe(true);

    const beyond = await fetch(String(entry.video_url), { headers: { range: `bytes=${video.length}-` } });
    expect(beyond.status).toBe(416);
    const etag = whole.headers.get('etag') ?? '';
    const again = await fetch(String(entry.video_url), { headers: { 'if-none-match': etag } });
    expect(again.status).toBe(304);
    const head = await fetch(String(entry.video_url), { method: 'HEAD' });
    expect(head.headers.get('content-length')).toBe(String(video.length));
  });

  test('reached the engine as it was meant', () => {
    const { input } = engine.started[0]!;
    expect(input).toMatchObject({
      kind: 'image-to-video',
      attempt: 1,
      prompt: createRequest.prompt,
      negativePrompt: createRequest.negative_prompt,
      audio: 'file',
      resolution: '4k',
      seconds: 10,
      extendPrompt: true,
    });
    expect(input.audioPath).toBeDefined();
  });

  test('cost what is published, and the balance says so', async () => {
    const quota = await fetch(`${url}/api/open/v3/faceswap/quota/info`, { headers: key });
    expect(await quota.json()).toEqual({ code: 1000, msg: 'OK', data: { credit: 10_000 - 60 } });
  });
});

test('our own sample and our own result are read without the network', async () => {
  const fields = { prompt: 'The sea.', resolution: '720p', audio_type: 1, video_length: 5 };
  const first = await post(create, { ...fields, image_url: `${url}/samples/sunset.jpg` }, key);
  const entry = await waitForResult(url, key, String(first.body.data._id));
  const second = await post(create, { ...fields, image_url: entry.cover_url }, key);
  expect(await waitForResult(url, key, String(second.body.data._id))).toMatchObject({ status: 3 });
});

// The line is for a POSIX shell; Windows has none.
test.skipIf(process.platform === 'win32')('the printed cURL line works when pasted', async () => {
  const { stdout } = await promisify(execFile)('sh', ['-c', app.curlLine()]);
  const [, videoUrl = ''] = /^"video_url":"([^"]+)"$/.exec(stdout.trim()) ?? [];
  const response = await fetch(videoUrl);
  expect([response.status, response.headers.get('content-type')]).toEqual([200, 'video/mp4']);
});

test('unknown ids are left out; known ones come in the order asked for, from a text or a list', async () => {
  const fields = { prompt: 'x', resolution: '720p', audio_type: 3, video_length: 5 };
  const ids: string[] = [];
  for (let index = 0; index < 3; index++) {
    const { body } = await post(create, { ...fields, image_url: `${files.url}/a.png` }, key);
    ids.unshift(String(body.data._id));
  }
  const asked = [ids[0], '0'.repeat(24), 'nonsense', ids[1], ids[2]];
  for (const _ids of [asked.join(','), asked]) {
    const { body } = await post(results, { _ids }, key);
    expect(body.data.result?.map((entry) => entry._id)).toEqual(ids);
  }
  expect((await post(results, { _ids: '0'.repeat(24) }, key)).body).toEqual({
    code: 1000,
    msg: 'OK',
    data: { result: [] },
  });
});

test('the published effects are listed, and their logos and previews are served', async () => {
  const effects = await fetch(`${url}/api/open/v4/image2Video/effects`, { headers: key });
  const { data } = (await effects.json()) as { data: { result: Record<string, string>[] } };
  expect(data.result.slice(0, 3).map(({ name, effect_code }) => [name, effect_code])).toEqual([
    ['Squish', 'squish_89244231312'],
    ['Cakeify', 'cakeify_24743216'],
    ['Samurai', 'samurai_99757865'],
  ]);
  for (const { logo, video_url } of data.result) {
    const [picture, video] = await Promise.all([fetch(logo!), fetch(video_url!)]);
    expect([picture.status, picture.headers.get('content-type')]).toEqual([200, 'image/webp']);
    expect([video.status, video.headers.get('content-type')]).toEqual([200, 'video/mp4']);
    await Promise.all([picture.arrayBuffer(), video.arrayBuffer()]);
  }
});

describe('authentication', () => {
  const effects = () => `${url}/api/open/v4/image2Video/effects`;
  const codeFor = async (headers: Record<string, string>): Promise<unknown> => {
    const response = await fetch(effects(), { headers });
    expect(response.status).toBe(200);
    return ((await response.json()) as { code: unknown }).code;
  };

  test('takes the key in x-api-key or as a bearer, and a token from getToken', async () => {
    const { clientId, clientSecret } = app.firstKey;
    const { body } = await post(`${url}/api/open/v3/getToken`, { clientId, clientSecret });
    expect(body).toMatchObject({ code: 1000, data: { token: body.token } });
    expect(await codeFor({ 'x-api-key': clientSecret })).toBe(1000);
    expect(await codeFor({ authorization: `Bearer ${clientSecret}` })).toBe(1000);
    expect(await codeFor({ authorization: `Bearer ${body.token}` })).toBe(1000);
    const [head, claims] = String(body.token).split('.');
    expect(await codeFor({ authorization: `Bearer ${head}.${claims}.AAAA` })).toBe(1101);
    const { exp, iat } = JSON.parse(Buffer.from(claims ?? '', 'base64url').toString());
    expect(exp - iat).toBeGreaterThan(366 * 86_400);
  });

  test('answers with the published numbers', async () => {
    expect(await codeFor({})).toBe(1102);
    expect(await codeFor({ authorization: 'Bearer ' })).toBe(1102);
    expect(await codeFor({ 'x-api-key': 'x'.repeat(24) })).toBe(1109);
    expect(await codeFor({ authorization: `Bearer ${'x'.repeat(24)}` })).toBe(1109);
    expect(await codeFor({ authorization: 'Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiJ4In0.' })).toBe(1101);
    const wrong = await post(`${url}/api/open/v3/getToken`, { ...app.firstKey, clientId: 'x'.repeat(16) });
    expect(wrong.body.code).toBe(1109);
  });

  test('lets Authorization decide when both are sent', async () => {
    const { clientSecret } = app.firstKey;
    expect(await codeFor({ authorization: 'Bearer wrong', 'x-api-key': clientSecret })).toBe(1109);
    expect(await codeFor({ authorization: `Bearer ${clientSecret}`, 'x-api-key': 'wrong' })).toBe(1000);
  });

  test('guards every route that is not public', async () => {
    const { routes } = akool;
    for (const { method, path, access } of routes) {
      const body = method === 'POST' ? { body: '{}', headers: { 'content-type': 'application/json' } } : {};
      const response = await fetch(url + path, { method, ...body });
      const { code } = (await response.json()) as { code: number };
      expect(code === 1102, `${method} ${path} (${access})`).toBe(access === 'account');
    }
    console.log(
      `${routes.length} routes, ${routes.filter(({ access }) => access === 'public').length} public`,
    );
  });
});

describe('the server around it', () => {
  test('answers a browser’s preflight on dialect routes and media', async () => {
    for (const path of ['/api/open/v4/image2Video/resultsByIds', '/files/x', '/samples/sunset.jpg']) {
      const response = await fetch(url + path, {
        method: 'OPTIONS',
        headers: {
          origin: 'https://demo.example',
          'access-control-request-method': 'POST',
          'access-control-request-headers': 'x-api-key,content-type,authorization',
        },
      });
      expect(response.status).toBe(204);
      expect(response.headers.get('access-control-allow-origin')).toBe('*');
      expect(response.headers.get('access-control-allow-headers')).toBe(
        'x-api-key,content-type,authorization',
      );
    }
  });

  test('says that it lives, that it is ready, and what it is', async () => {
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
    expect(await (await fetch(`${url}/readyz`)).json()).toEqual({ status: 'ready' });
    const page = await fetch(`${url}/`);
    const html = await page.text();
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(html).toContain('<title>Stillroar</title>');
    expect(html).not.toContain(app.firstKey.clientSecret);
    expect(html.match(/(?:src|href)="(?!\/|data:)/g)).toBeNull();
  });

  test('answers unknown paths in the words of whoever asks', async () => {
    const dialect = await post(`${url}/api/open/v4/nothing`, {}, key);
    expect(dialect).toMatchObject({ status: 404, body: { code: 1003, message: dialect.body.msg } });
    const other = await fetch(`${url}/nothing`);
    expect(other.status).toBe(404);
    expect(await other.json()).toMatchObject({ code: 'not-found' });
    expect(other.headers.get('x-request-id')).toMatch(/^[0-9a-f]{16}$/);
    const browser = await fetch(`${url}/nothing`, { headers: { accept: 'text/html,*/*;q=0.8' } });
    expect(browser.status).toBe(404);
    expect(browser.headers.get('content-type')).toBe('text/html; charset=utf-8');
  });

  test('serves nothing but samples and results', async () => {
    for (const path of [
      '/samples/../package.json',
      '/samples/%2e%2e/package.json',
      '/files/secret-key',
      '/samples/',
    ]) {
      const response = await fetch(url + path);
      expect(response.status, path).toBeGreaterThanOrEqual(400);
    }
  });
});
