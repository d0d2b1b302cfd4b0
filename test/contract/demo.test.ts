import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { App } from '../../src/app.ts';
import { createBuiltinEngine } from '../../src/engines/builtin/index.ts';
import { createDataDirectory } from '../support/database.ts';
import { startApp } from '../support/server.ts';

// What the vendor's own demo app, a page in a browser, does with its server: every request is preceded by the
// browser's preflight, and every answer must carry what lets a page read it. The real engine renders.

const ORIGIN = 'https://demo.example';
const POLL = 5_000;

let data: Awaited<ReturnType<typeof createDataDirectory>>;
let app: App;
let url: string;

beforeAll(async () => {
  data = await createDataDirectory();
  ({ app, url } = await startApp(data.path, createBuiltinEngine()));
});
afterAll(async () => {
  await app.close();
  await data.remove();
});

interface DemoAnswer<Data> {
  code: number;
  msg: string;
  token?: string;
  data: Data;
}

/** A request as a page on another origin makes it. */
async function browse<Data>(
  path: string,
  headers: Record<string, string>,
  body?: unknown,
): Promise<DemoAnswer<Data>> {
  const method = body === undefined ? 'GET' : 'POST';
  const sent = { ...headers, ...(body !== undefined && { 'content-type': 'application/json' }) };
  const preflight = await fetch(url + path, {
    method: 'OPTIONS',
    headers: {
      origin: ORIGIN,
      'access-control-request-method': method,
      'access-control-request-headers': Object.keys(sent).join(','),
    },
  });
  expect(preflight.status).toBe(204);
  for (const name of Object.keys(sent)) {
    expect(preflight.headers.get('access-control-allow-headers')).toContain(name);
  }
  const response = await fetch(url + path, {
    method,
    headers: { origin: ORIGIN, ...sent },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  expect(response.status).toBe(200);
  expect(response.headers.get('access-control-allow-origin')).toBe('*');
  const answer = (await response.json()) as DemoAnswer<Data>;
  expect(answer.code).toBe(1000);
  return answer;
}

test('login by key and by token, models, effects, quota, batch, poll to the end, download', async () => {
  const { clientId, clientSecret } = app.firstKey;
  const quota = '/api/open/v3/faceswap/quota/info';
  const byKey = { 'x-api-key': clientSecret };
  expect((await browse<{ credit: number }>(quota, byKey)).data.credit).toBe(10_000);
  const { token } = await browse('/api/open/v3/getToken', {}, { clientId, clientSecret });
  const headers = { authorization: `Bearer ${token}` };
  expect((await browse<{ credit: number }>(quota, headers)).data.credit).toBe(10_000);

  const models = await browse<Record<string, unknown>[]>('/api/open/v4/aigModel/list?types[]=1501', headers);
  const model = models.data.find(({ provider }) => provider === 'akool')!;
  expect(model.value).toBe('AkoolImage2VideoFastV1');
  await browse('/api/open/v4/image2Video/effects', headers);

  const [resolution] = model.resolutionList as { value: string; unit_credit: number }[];
  const [video_length] = model.durationList as number[];
  const batch = await browse<{ successList: { _id: string }[]; errorList: unknown[] }>(
    '/api/open/v4/image2Video/createBySourcePrompt/batch',
    headers,
    {
      image_url: `${url}/samples/sunset.jpg`,
      prompt: 'Gentle waves roll onto the shore.',
      negative_prompt: '',
      model_name: model.value,
      resolution: resolution!.value,
      video_length,
      extend_prompt: false,
      audio_type: '1',
      audio_url: '',
      is_premium_model: false,
      effect_code: '',
      webhookUrl: '',
      count: 2,
    },
  );
  expect(batch.data.errorList).toEqual([]);
  const ids = batch.data.successList.map(({ _id }) => _id).join(',');
  expect((await browse<{ credit: number }>(quota, headers)).data.credit).toBe(
    10_000 - 2 * resolution!.unit_credit,
  );

  let result: { status: number; video_url: string; cover_url: string; video_duration: number }[];
  do {
    await sleep(POLL);
    const answer = await browse<{ result: typeof result }>('/api/open/v4/image2Video/resultsByIds', headers, {
      _ids: ids,
    });
    result = answer.data.result;
    expect(result).toHaveLength(2);
  } while (!result.every(({ status }) => status === 3 || status === 4));

  const sizes: number[] = [];
  for (const { status, video_url, cover_url, video_duration } of result) {
    expect(status).toBe(3);
    expect(video_duration).toBeCloseTo(5, 1);
    const video = await fetch(video_url, { headers: { origin: ORIGIN } });
    expect(video.headers.get('access-control-allow-origin')).toBe('*');
    expect(video.headers.get('content-type')).toBe('video/mp4');
    const bytes = Buffer.from(await video.arrayBuffer());
    expect(bytes.toString('latin1', 4, 8)).toBe('ftyp');
    sizes.push(bytes.length);
    expect((await fetch(cover_url, { headers: { origin: ORIGIN } })).headers.get('content-type')).toBe(
      'image/jpeg',
    );
  }
  console.log(
    `two clips by the demo's way, ${sizes.map((size) => `${(size / 1e6).toFixed(1)} MB`).join(' and ')}`,
  );
});
