import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { App } from '../../src/app.ts';
import { createBuiltinEngine } from '../../src/engines/builtin/index.ts';
import { decodeAudio } from '../../src/media/decode-audio.ts';
import { decodeVideo } from '../../src/media/decode-video.ts';
import { probeMedia } from '../../src/media/probe.ts';
import { integratedLoudness } from '../../src/sound/dsp/loudness.ts';
import { createDataDirectory } from '../support/database.ts';
import { createCaller, type KlingCaller, type KlingTask } from '../support/kling.ts';
import { startApp } from '../support/server.ts';

// The real engine behind the real server: words in, a film of a painted place out.

const TEXT = '/v1/videos/text2video';

let data: Awaited<ReturnType<typeof createDataDirectory>>;
let app: App;
let caller: KlingCaller;

beforeAll(async () => {
  data = await createDataDirectory();
  const started = await startApp(data.path, createBuiltinEngine());
  app = started.app;
  caller = createCaller(started.url, `Bearer ${app.firstKey.clientSecret}`);
});
afterAll(async () => {
  await app.close();
  await data.remove();
});

async function make(fields: Record<string, unknown>): Promise<{ task: KlingTask; bytes: Uint8Array }> {
  const created = await caller.post(TEXT, fields);
  expect(created.body.message).toBe('SUCCEED');
  const task = await caller.wait(TEXT, created.body.data.task_id);
  expect(task.task_status_msg).toBe('');
  const response = await fetch(task.task_result!.videos[0]!.url);
  return { task, bytes: new Uint8Array(await response.arrayBuffer()) };
}

const balance = async () => {
  const { body } = await caller.get<{ resource_pack_subscribe_infos: { remaining_quantity: number }[] }>(
    '/account/costs?start_time=0&end_time=1',
  );
  return body.data.resource_pack_subscribe_infos[0]!.remaining_quantity;
};

test('replays the published workflow: waves that run ashore, in 1080p, with their sound', async () => {
  const { task, bytes } = await make({
    model_name: 'kling-v2-6',
    prompt: 'Ocean waves crashing on shore',
    mode: 'pro',
    sound: 'on',
  });
  expect(task).toMatchObject({ task_status: 'succeed', final_unit_deduction: '25' });
  expect(task.task_result!.videos[0]!.duration).toBe('5');
  const { video, audio } = await probeMedia(bytes);
  expect(video).toMatchObject({ width: 1920, height: 1080, frameCount: 120 });
  expect(audio).toBeDefined();
  const samples = await decodeAudio(bytes, 240_000);
  const loudness = integratedLoudness(samples);

  // The camera goes in slowly and smoothly; the surf changes the lower half far more than the sky.
  const changes = { sky: 0, surf: 0 };
  let previous: Uint8Array | undefined;
  let index = 0;
  for await (const { width, height, luma } of decodeVideo(bytes)) {
    if (index++ % 12 !== 0) continue;
    if (previous) {
      for (let y = 0; y < height; y += 3) {
        const half = y < 0.35 * height ? 'sky' : y > 0.45 * height ? 'surf' : undefined;
        if (!half) continue;
        for (let x = 0; x < width; x += 3) {
          const at = y * width + x;
          changes[half] += Math.abs(luma[at]! - previous[at]!) / (width * height);
        }
      }
    }
    previous = luma.slice();
  }
  console.log(
    `half a second changes the surf ${(changes.surf / changes.sky).toFixed(1)} × as much as the sky; ` +
      `${loudness.toFixed(1)} LUFS`,
  );
  expect(changes.surf).toBeGreaterThan(3 * changes.sky);
  expect(loudness).toBeGreaterThan(-20);
});

test('aspect_ratio, camera_control, negative_prompt and cfg_scale are honoured', async () => {
  const { task, bytes } = await make({
    prompt: 'A meadow of wildflowers in spring, rain',
    negative_prompt: 'rain',
    aspect_ratio: '9:16',
    camera_control: { type: 'simple', config: { horizontal: 6 } },
    cfg_scale: 0.8,
    external_task_id: 'meadow',
  });
  expect(task).toMatchObject({ final_unit_deduction: '20', task_info: { external_task_id: 'meadow' } });
  const { video, audio } = await probeMedia(bytes);
  expect(video).toMatchObject({ width: 720, height: 1280, frameCount: 120 });
  expect(audio).toBeUndefined();
});

describe('a prompt', () => {
  test('that names nothing that can be painted is refused with the scenes, and costs nothing', async () => {
    const before = await balance();
    const { status, body } = await caller.post(TEXT, { prompt: 'A cat playing piano' });
    expect([status, body.code]).toEqual([400, 1201]);
    expect(body.message).toContain('“cat”, “piano” cannot be');
    expect(body.message).toContain('sea, river, lake, desert');
    expect(await balance()).toBe(before);
  });

  test('that asks for more than can be painted says what will be missing', async () => {
    const { body } = await caller.post(TEXT, { prompt: 'A dog runs along the beach' });
    const task = await caller.get(`${TEXT}/${body.data.task_id}`);
    const warning = task.body.data.warnings.find(({ code }) => code === 'not-painted');
    expect(warning?.message).toContain('“dog”');
  });
});
