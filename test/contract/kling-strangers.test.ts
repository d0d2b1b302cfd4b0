import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { App } from '../../src/app.ts';
import { createAdministration } from '../../src/credits/administer.ts';
import { createSealing } from '../../src/credits/sealing.ts';
import { createCopyingEngine } from '../support/copying-engine.ts';
import { createDataDirectory, openDataDirectory } from '../support/database.ts';
import { createCaller, type KlingCaller, type KlingTask } from '../support/kling.ts';
import { startApp } from '../support/server.ts';

const SOUND = '/v1/videos/video-to-audio';
const IMAGE = '/v1/videos/image2video';
const secretKey = 'a secret key of thirty-two signs';

let data: Awaited<ReturnType<typeof createDataDirectory>>;
let app: App;
let url: string;
let owner: KlingCaller;
let stranger: KlingCaller;

beforeAll(async () => {
  data = await createDataDirectory();
  const opened = await openDataDirectory(data.path);
  const administration = createAdministration(opened.database, createSealing(secretKey));
  const first = await administration.createAccount('pro', 1_000_000);
  const second = await administration.createAccount('pro', 10_000);
  await opened.close();
  ({ app, url } = await startApp(data.path, createCopyingEngine(), {
    secretKey,
    allowHosts: [],
    tasksAtOnce: { free: 1, pro: 1_000, studio: 1_000 },
  }));
  owner = createCaller(url, `Bearer ${first.pair.clientSecret}`);
  stranger = createCaller(url, `Bearer ${second.pair.clientSecret}`);
});
afterAll(async () => {
  await app.close();
  await data.remove();
});

const image = () => `${url}/samples/sunset.jpg`;

test('another account’s tasks are like unknown ones, on every route that takes an id', async () => {
  const fields = { image: image(), external_task_id: 'mine' };
  const { data: made } = (await owner.post(IMAGE, fields)).body;
  const task = await owner.wait(IMAGE, made.task_id);
  const id = task.task_result!.videos[0]!.id;
  const without = ({ status, body }: Awaited<ReturnType<KlingCaller['get']>>) => [
    status,
    body.code,
    body.message,
  ];
  for (const name of [made.task_id, id, 'mine']) {
    expect((await owner.get(`${IMAGE}/${name}`)).body.data.task_id).toBe(made.task_id);
    expect(without(await stranger.get(`${IMAGE}/${name}`))).toEqual(
      without(await stranger.get(`${IMAGE}/999`)),
    );
    const asked = await stranger.post(SOUND, { video_id: name });
    const unknown = await stranger.post(SOUND, { video_id: '999' });
    expect([asked.status, asked.body.code, asked.body.message]).toEqual([400, 1201, unknown.body.message]);
  }
  expect((await stranger.get<KlingTask[]>(IMAGE)).body.data).toEqual([]);
  // A name is taken within one account only.
  expect((await stranger.post(IMAGE, fields)).status).toBe(200);
});

test('no field with a URL lets the server into a private network', async () => {
  const hosts = [
    '127.0.0.1',
    'localhost',
    '[::1]',
    '10.1.2.3',
    '169.254.169.254',
    '2130706433',
    '0x7f.1',
    '[::ffff:7f00:1]',
    'router.local',
  ];
  let refused = 0;
  for (const host of hosts) {
    const secret = `http://${host}/secret.jpg`;
    const answers = [
      await owner.post(SOUND, { video_url: secret }),
      await owner.post(SOUND, { video_url: 'https://example.org/a.mp4', callback_url: secret }),
      await owner.post(IMAGE, { image: secret }),
      await owner.post(IMAGE, { image: image(), callback_url: secret }),
    ];
    for (const { status, body } of answers) {
      expect([host, status, body.code]).toEqual([host, 400, 1201]);
      refused++;
    }
  }
  console.log(`${refused} requests for private addresses: all refused, none fetched`);
});

test('whatever the body is, the answer is an envelope, never a defect, and a refusal costs nothing', async () => {
  const words = ['', 'std', 'pro', 'on', '5', '10', 'ambient', 'music, sfx', 'kling-v1', 'duck', '9:16'];
  const text = fc.oneof(fc.string(), fc.constantFrom(...words));
  const value = fc.oneof(
    text,
    fc.integer(),
    fc.double({ min: -1, max: 2, noNaN: true }),
    fc.boolean(),
    fc.constant(null),
    fc.array(text),
    fc.object(),
  );
  const soundNames = [
    'video_id',
    'audio_type',
    'sound_effect_prompt',
    'bgm_prompt',
    'asmr_mode',
    'original_audio',
  ];
  const videoNames = ['image_tail', 'model_name', 'mode', 'duration', 'cfg_scale', 'sound', 'camera_control'];
  const names = [
    'prompt',
    'callback_url',
    'external_task_id',
    'negative_prompt',
    ...soundNames,
    ...videoNames,
  ];
  // Mostly a good body with one or two fields that may be anything; sometimes anything at all.
  const changes = fc.dictionary(fc.constantFrom(...names), value, { maxKeys: 2 });
  const good = changes.map((fields) => ({ video_url: image(), image: image(), ...fields }));
  const body = fc.oneof({ weight: 9, arbitrary: good }, { weight: 1, arbitrary: value });
  const path = fc.constantFrom(SOUND, '/v1/audio/video-to-audio', IMAGE, '/v1/videos/text2video');
  const balance = async () => {
    const { body } = await owner.get<{ resource_pack_subscribe_infos: { remaining_quantity: number }[] }>(
      '/account/costs?start_time=0&end_time=1',
    );
    return body.data.resource_pack_subscribe_infos[0]!.remaining_quantity;
  };
  const before = await balance();
  const counts = new Map<number, number>();
  const made: [path: string, id: string][] = [];
  await fc.assert(
    fc.asyncProperty(path, body, async (route, given) => {
      const { status, body } = await owner.post(route, JSON.stringify(given) ?? '');
      counts.set(status, (counts.get(status) ?? 0) + 1);
      expect(status).toBeLessThan(500);
      expect(body).toMatchObject({ message: expect.any(String), request_id: expect.any(String) });
      expect(body.code === 0).toBe(status === 200);
      if (status === 200) made.push([route, body.data.task_id]);
    }),
    { numRuns: 500, seed: 4 },
  );
  console.log(`500 bodies: ${[...counts].map(([status, count]) => `${count} × ${status}`).join(', ')}`);
  expect(made.length).toBeGreaterThan(50);
  let cost = 0;
  for (const [route, id] of made) cost += Number((await owner.wait(route, id)).final_unit_deduction);
  expect(cost).toBeGreaterThan(0);
  expect(await balance()).toBe(before - cost);
}, 120_000);
