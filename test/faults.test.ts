import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { App } from '../src/app.ts';
import { createCopyingEngine } from './support/copying-engine.ts';
import { createDataDirectory } from './support/database.ts';
import { post, startApp, waitForResult } from './support/server.ts';

// What goes wrong on purpose in test mode; the faults of callbacks are in webhooks.test.ts.

let data: Awaited<ReturnType<typeof createDataDirectory>>;
let app: App;
let url: string;
let key: Record<string, string>;

async function start(testMode: boolean): Promise<void> {
  data = await createDataDirectory();
  ({ app, url } = await startApp(data.path, createCopyingEngine(), { testMode }));
  key = { 'x-api-key': app.firstKey.clientSecret };
}
async function stop(): Promise<void> {
  await app.close();
  await data.remove();
}

function create(fault: string) {
  return post(
    `${url}/api/open/v4/image2Video/createBySourcePrompt`,
    {
      image_url: `${url}/samples/sunset.jpg`,
      prompt: 'x',
      resolution: '720p',
      audio_type: 3,
      video_length: 5,
    },
    { ...key, 'x-stillroar-fault': fault },
  );
}

async function credits(): Promise<number> {
  const response = await fetch(`${url}/api/open/v3/faceswap/quota/info`, { headers: key });
  return ((await response.json()) as { data: { credit: number } }).data.credit;
}

describe('in test mode', () => {
  beforeAll(() => start(true));
  afterAll(stop);

  test('fail: the task fails and is refunded', async () => {
    const { body } = await create('fail');
    const entry = await waitForResult(url, key, String(body.data._id));
    expect(entry).toMatchObject({
      status: 4,
      deduction_credit: 0,
      error_msg: expect.stringContaining('Test mode'),
    });
    expect(await credits()).toBe(10_000);
  });

  test('queue-full: the creation is refused as by a full queue', async () => {
    const { body, headers } = await create('queue-full');
    expect(body.code).toBe(1005);
    expect(headers.get('retry-after')).toBe('60');
    expect(await credits()).toBe(10_000);
  });

  test('maintenance: every request is refused with status 503', async () => {
    const { status, body, headers } = await create('maintenance');
    expect([status, body.code, headers.get('retry-after')]).toEqual([503, 503, '60']);
    expect((body as unknown as { message: string }).message).toBe(body.msg);
  });

  test('slow: the work begins ten seconds late', async () => {
    const began = Date.now();
    const { body } = await create('slow');
    expect(await waitForResult(url, key, String(body.data._id))).toMatchObject({ status: 3 });
    expect(Date.now() - began).toBeGreaterThanOrEqual(10_000);
  });

  test('an unknown fault is refused with the known ones', async () => {
    const { body } = await create('explode');
    expect(body.msg).toContain('fail, slow, queue-full, maintenance, webhook-500');
  });
});

describe('otherwise', () => {
  beforeAll(() => start(false));
  afterAll(stop);

  test('the header does nothing', async () => {
    for (const fault of ['fail', 'queue-full', 'maintenance', 'explode']) {
      const { body } = await create(fault);
      expect(body.code).toBe(1000);
      expect(await waitForResult(url, key, String(body.data._id))).toMatchObject({ status: 3 });
    }
  });
});
