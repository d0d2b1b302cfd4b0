import { readFile } from 'node:fs/promises';
import { text as readText } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { Webhook } from 'standardwebhooks';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { App } from '../../src/app.ts';
import { kling } from '../../src/dialects/kling/index.ts';
import { asVideo, type CopyingEngine, createCopyingEngine } from '../support/copying-engine.ts';
import { createDataDirectory } from '../support/database.ts';
import { createCaller, type KlingCaller, type KlingTask, signToken } from '../support/kling.ts';
import { post, startApp, startFileServer, waitForResult } from '../support/server.ts';

const SOUND = '/v1/videos/video-to-audio';
const IMAGE = '/v1/videos/image2video';
const TEXT = '/v1/videos/text2video';

const picturePath = fileURLToPath(new URL('../../samples/sunset.jpg', import.meta.url));
const picture = await readFile(picturePath);

/** The same engine on a server on which none can make videos from words. */
const withoutText = (able: CopyingEngine): CopyingEngine => ({
  ...able,
  models: able.models.map((model) => ({ ...model, kinds: ['image-to-video', 'video-to-audio'] })),
});

/** What came to the caller's server. */
interface Received {
  path: string;
  headers: Record<string, string>;
  body: string;
}

let data: Awaited<ReturnType<typeof createDataDirectory>>;
let files: Awaited<ReturnType<typeof startFileServer>>;
let engine: CopyingEngine;
let app: App;
let url: string;
let caller: KlingCaller;
let video: string;
const received: Received[] = [];

beforeAll(async () => {
  data = await createDataDirectory();
  files = await startFileServer(async (request, response) => {
    if (request.method === 'POST') {
      const headers = request.headers as Record<string, string>;
      received.push({ path: request.url!, headers, body: await readText(request) });
      response.end('{}');
    } else if (request.url?.endsWith('.jpg')) response.end(picture);
    else if (request.url?.endsWith('.mp4')) response.end(asVideo(picture));
    else response.writeHead(404).end();
  });
  engine = createCopyingEngine();
  ({ app, url } = await startApp(data.path, withoutText(engine), { testMode: true }));
  caller = createCaller(url, `Bearer ${app.firstKey.clientSecret}`);
  video = `${files.url}/video.mp4`;
});
afterAll(async () => {
  await app.close();
  await files.close();
  await data.remove();
});

const balance = async () => {
  const { body } = await caller.get<{ resource_pack_subscribe_infos: { remaining_quantity: number }[] }>(
    '/account/costs?start_time=0&end_time=1',
  );
  return body.data.resource_pack_subscribe_infos[0]!.remaining_quantity;
};

describe('the seed’s request', () => {
  test('is answered, queried and listed in the published envelope', async () => {
    const before = await balance();
    const created = await caller.post(SOUND, {
      video_url: video,
      prompt: 'Ocean waves, seagulls, gentle wind',
    });
    expect(created.status).toBe(200);
    expect(created.body).toMatchObject({ code: 0, message: 'SUCCEED' });
    expect(created.body.request_id).toBe(created.headers.get('x-request-id'));
    expect(created.body.data).toEqual({
      task_id: expect.stringMatching(/^\d+$/),
      task_status: 'submitted',
      task_info: { external_task_id: '' },
      created_at: expect.any(Number),
      updated_at: expect.any(Number),
    });
    const task = await caller.wait(SOUND, created.body.data.task_id);
    expect(task).toMatchObject({
      task_id: created.body.data.task_id,
      task_status: 'succeed',
      task_status_msg: '',
      task_info: { parent_video: { url: video, duration: '5.042' } },
      // 5.042 s: the sixth second has begun.
      final_unit_deduction: '6',
    });
    expect(task.task_result!.videos).toEqual([
      {
        id: expect.stringMatching(/^[0-9a-f]{24}$/),
        url: expect.stringContaining(`${url}/files/`),
        duration: '5.042',
      },
    ]);
    expect(await balance()).toBe(before - 6);
    const { input } = engine.started.at(-1)!;
    expect(input).toMatchObject({
      kind: 'video-to-audio',
      soundPrompt: 'Ocean waves, seagulls, gentle wind',
      musicPrompt: '',
      audio: 'ai',
      sound: { original: 'replace' },
      videoSeconds: { least: 3, most: 20.1 },
    });
    const list = await caller.get<KlingTask[]>(`${SOUND}?pageNum=1&pageSize=30`);
    expect(list.body.data[0]).toEqual(task);
  });

  test('both published paths are the same thing', async () => {
    const other = '/v1/audio/video-to-audio';
    const created = await caller.post(other, { video_url: video });
    const task = await caller.wait(other, created.body.data.task_id);
    expect((await caller.get(`${SOUND}/${task.task_id}`)).body.data).toEqual(task);
    expect((await caller.get<KlingTask[]>(other)).body.data[0]).toEqual(task);
  });
});

describe('the fields of video-to-audio', () => {
  const inputOf = async (fields: Record<string, unknown>) => {
    const created = await caller.post(SOUND, { video_url: video, ...fields });
    expect(created.body.message).toBe('SUCCEED');
    await caller.wait(SOUND, created.body.data.task_id);
    return engine.started.at(-1)!.input;
  };

  test('official words for effects and music go to where they are meant', async () => {
    const input = await inputOf({
      sound_effect_prompt: 'footsteps',
      bgm_prompt: 'sad piano',
      asmr_mode: true,
      video_id: '',
    });
    expect(input).toMatchObject({
      soundPrompt: 'footsteps',
      musicPrompt: 'sad piano',
      sound: { close: true },
    });
    expect(input.sound!.kinds).toBeUndefined();
  });

  test.each([
    ['ambient', ['texture']],
    ['sfx', ['event']],
    ['sound_effect', ['event']],
    ['music', ['music']],
    ['bgm', ['music']],
    ['Ambient, music', ['texture', 'music']],
  ])('audio_type %s', async (audio_type, kinds) => {
    const input = await inputOf({ audio_type, prompt: 'rain' });
    expect(input.sound!.kinds).toEqual(kinds);
    expect(input.musicPrompt).toBe(kinds.includes('music') ? 'rain' : '');
  });

  test('music is made even where nobody says which, and effects that are described are heard', async () => {
    expect((await inputOf({ audio_type: 'music' })).musicPrompt).toBe('calm background music');
    const input = await inputOf({ audio_type: 'ambient', sound_effect_prompt: 'a door slams' });
    expect(input.sound!.kinds).toEqual(['texture', 'event']);
  });

  test.each(['replace', 'mix', 'duck'])('original_audio %s', async (original_audio) => {
    expect((await inputOf({ original_audio })).sound!.original).toBe(original_audio);
  });

  test.each([
    [{ video_url: undefined }, 'exactly one of video_url'],
    [{ video_id: '1' }, 'exactly one of video_url'],
    [{ video_url: 'nonsense' }, 'is not a URL'],
    [{ video_url: 'ftp://example.org/a.mp4' }, 'http:// or https://'],
    [{ video_url: 'http://169.254.169.254/a.mp4' }, 'video_url'],
    [{ video_url: undefined, video_id: '999999999' }, 'video_id: There is no such video'],
    [{ video_url: undefined, video_id: 'f'.repeat(24) }, 'video_id: There is no such video'],
    [{ audio_type: 'noise' }, 'ambient, sound_effect, sfx, music, bgm'],
    [{ audio_type: 5 }, 'audio_type takes'],
    [{ sound_effect_prompt: 'x'.repeat(201) }, 'sound_effect_prompt must be a text of at most 200'],
    [{ bgm_prompt: 'x'.repeat(201) }, 'bgm_prompt must be a text of at most 200'],
    [{ asmr_mode: 'perhaps' }, 'asmr_mode must be true or false'],
    [{ original_audio: 'keep' }, 'original_audio must be one of replace, mix, duck'],
    [{ callback_url: 'http://10.0.0.1/' }, 'callback_url'],
    [{ external_task_id: 7 }, 'external_task_id'],
  ])('%j is refused with 1201 and a sentence, and costs nothing', async (change, sentence) => {
    const before = await balance();
    const { status, body } = await caller.post(SOUND, { video_url: video, ...change });
    expect([status, body.code]).toEqual([400, 1201]);
    expect(body.message).toContain(sentence);
    expect(body.request_id).toMatch(/^[0-9a-f]{16}$/);
    expect(await balance()).toBe(before);
  });

  test('a file that is no video fails the task with the reason, and is refunded', async () => {
    const before = await balance();
    const created = await caller.post(SOUND, { video_url: `${files.url}/a.jpg` });
    const task = await caller.wait(SOUND, created.body.data.task_id);
    expect(task).toMatchObject({ task_status: 'failed', final_unit_deduction: '0' });
    expect(task.task_status_msg).toContain('does not lead to a video');
    expect(task.task_result).toBeUndefined();
    expect(await balance()).toBe(before);
  });
});

describe('external_task_id', () => {
  test('finds the task, and is taken once', async () => {
    const body = { video_url: video, external_task_id: 'scene 7/take 2' };
    const first = await caller.post(SOUND, body);
    expect(first.body.data.task_info.external_task_id).toBe('scene 7/take 2');
    const before = await balance();
    const second = await caller.post(SOUND, body);
    expect([second.status, second.body.code]).toEqual([400, 1201]);
    expect(second.body.message).toContain('external_task_id');
    await caller.wait(SOUND, first.body.data.task_id);
    const found = await caller.get(`${SOUND}/${encodeURIComponent('scene 7/take 2')}`);
    expect(found.body.data.task_id).toBe(first.body.data.task_id);
    expect(await balance()).toBeGreaterThanOrEqual(before);
    const elsewhere = await caller.get(`${IMAGE}/${first.body.data.task_id}`);
    expect([elsewhere.status, elsewhere.body.code]).toEqual([404, 1203]);
  });
});

test('lists are paged, the newest first', async () => {
  const ids: string[] = [];
  for (let index = 0; index < 3; index++) {
    const { body } = await caller.post(SOUND, { video_url: video });
    ids.unshift(body.data.task_id);
    await caller.wait(SOUND, body.data.task_id);
  }
  const page = async (query: string) =>
    (await caller.get<KlingTask[]>(`${SOUND}?${query}`)).body.data.map(({ task_id }) => task_id);
  expect(await page('pageNum=1&pageSize=2')).toEqual(ids.slice(0, 2));
  expect((await page('pageNum=2&pageSize=2'))[0]).toBe(ids[2]);
  expect(await page('pageNum=1000&pageSize=500')).toEqual([]);
  for (const query of ['pageNum=0', 'pageNum=1001', 'pageSize=501', 'pageSize=x', 'pageSize=1.5']) {
    const { status, body } = await caller.get(`${SOUND}?${query}`);
    expect([query, status, body.code]).toEqual([query, 400, 1201]);
  }
});

describe('authentication', () => {
  const answerTo = async (authorization?: string) => {
    const response = await fetch(`${url}${SOUND}`, { headers: authorization ? { authorization } : {} });
    const { code } = (await response.json()) as { code: number };
    return [response.status, code];
  };

  test('takes the key, and tokens that the caller signs', async () => {
    const pair = app.firstKey;
    const now = Math.floor(Date.now() / 1000);
    expect(await answerTo(`Bearer ${pair.clientSecret}`)).toEqual([200, 0]);
    expect(await answerTo(`Bearer ${signToken(pair)}`)).toEqual([200, 0]);
    expect(await answerTo(`Bearer ${signToken(pair, {}, { alg: 'HS256' })}`)).toEqual([200, 0]);
    expect(await answerTo(`Bearer ${signToken(pair, { nbf: undefined })}`)).toEqual([200, 0]);
    // Clocks differ.
    expect(await answerTo(`Bearer ${signToken(pair, { nbf: now + 50 })}`)).toEqual([200, 0]);
    expect(await answerTo(`Bearer ${signToken(pair, { exp: now - 50 })}`)).toEqual([200, 0]);
  });

  test('tells every way apart in which it can fail', async () => {
    const pair = app.firstKey;
    const now = Math.floor(Date.now() / 1000);
    const wrong = { ...pair, clientSecret: 'x'.repeat(24) };
    expect(await answerTo(`Bearer ${signToken(wrong)}`)).toEqual([401, 1000]);
    expect(await answerTo(`Bearer ${signToken(pair, { iss: 'nobody' })}`)).toEqual([401, 1000]);
    for (const alg of ['none', 'HS512', 'RS256']) {
      expect(await answerTo(`Bearer ${signToken(pair, {}, { alg })}`)).toEqual([401, 1000]);
    }
    expect(await answerTo()).toEqual([401, 1001]);
    expect(await answerTo('Bearer ')).toEqual([401, 1001]);
    expect(await answerTo('Basic abc')).toEqual([401, 1002]);
    expect(await answerTo('Bearer unknown-key')).toEqual([401, 1002]);
    expect(await answerTo('Bearer eyJhbGciOiJIUzI1NiJ9.bm90IGpzb24.AAAA')).toEqual([401, 1002]);
    expect(await answerTo(`Bearer ${signToken(pair, { exp: undefined })}`)).toEqual([401, 1002]);
    expect(await answerTo(`Bearer ${signToken(pair, { nbf: now + 120 })}`)).toEqual([401, 1003]);
    expect(await answerTo(`Bearer ${signToken(pair, { exp: now - 120 })}`)).toEqual([401, 1004]);
  });

  test('guards every route', async () => {
    for (const { method, path } of kling.routes) {
      const body = method === 'POST' ? { body: '{}', headers: { 'content-type': 'application/json' } } : {};
      const response = await fetch(url + path.replace(':id', '1'), { method, ...body });
      expect([method, path, response.status]).toEqual([method, path, 401]);
      expect(await response.json()).toMatchObject({ code: 1001, request_id: expect.any(String) });
    }
  });
});

test('unknown paths, wrong methods and unreadable bodies are answered in the envelope', async () => {
  const ask = async (method: string, path: string, body?: string) => {
    const response = await fetch(url + path, {
      method,
      headers: { authorization: `Bearer ${app.firstKey.clientSecret}`, 'content-type': 'application/json' },
      ...(body !== undefined && { body }),
    });
    const answer = (await response.json()) as Record<string, unknown>;
    expect(answer).toMatchObject({ message: expect.any(String), request_id: expect.any(String) });
    return [response.status, answer.code];
  };
  expect(await ask('GET', '/v1/videos/nothing')).toEqual([404, 1203]);
  expect(await ask('GET', '/account/nothing')).toEqual([404, 1203]);
  expect(await ask('GET', `${SOUND}/1234567`)).toEqual([404, 1203]);
  expect(await ask('PUT', SOUND, '{}')).toEqual([404, 1202]);
  expect(await ask('POST', `${SOUND}/1`, '{}')).toEqual([404, 1202]);
  expect(await ask('POST', '/account/costs', '{}')).toEqual([404, 1202]);
  expect(await ask('POST', SOUND, '{"video_url":')).toEqual([400, 1200]);
  expect(await ask('POST', SOUND, '')).toEqual([400, 1200]);
  expect(await ask('POST', SOUND, '[]')).toEqual([400, 1201]);
});

describe('image2video', () => {
  const inputOf = async (fields: Record<string, unknown>) => {
    const created = await caller.post(IMAGE, { image: `${files.url}/a.jpg`, ...fields });
    expect(created.body.message).toBe('SUCCEED');
    const task = await caller.wait(IMAGE, created.body.data.task_id);
    return { task, input: engine.started.at(-1)!.input };
  };

  test('takes a URL, and prices std as 720p and pro as 1080p', async () => {
    const { task, input } = await inputOf({ prompt: 'waves' });
    expect(input).toMatchObject({
      resolution: '720p',
      seconds: 5,
      audio: 'none',
      quality: 'fast',
      motion: { strength: 1 },
    });
    expect(task).toMatchObject({ task_status: 'succeed', final_unit_deduction: '20' });
    expect(task.task_result!.audios).toBeUndefined();
    const pro = await inputOf({
      mode: 'pro',
      duration: 10,
      sound: 'on',
      cfg_scale: 0.9,
      negative_prompt: 'zoom',
    });
    expect(pro.input).toMatchObject({
      resolution: '1080p',
      seconds: 10,
      audio: 'ai',
      negativePrompt: 'zoom',
    });
    expect(pro.input.motion!.strength).toBeCloseTo(1.8);
    expect(pro.task.final_unit_deduction).toBe('50');
  });

  test('takes raw base64, which reaches the engine byte for byte and is forgotten afterwards', async () => {
    const { task, input } = await inputOf({ image: picture.toString('base64') });
    expect(task.task_status).toBe('succeed');
    const made = Buffer.from(await (await fetch(task.task_result!.videos[0]!.url)).arrayBuffer());
    expect(made.equals(asVideo(picture))).toBe(true);
    expect(input.imagePath).toBeDefined();
  });

  test('checks at once what came with the request', async () => {
    const draw = async (width: number, height: number, format: 'png' | 'jpeg' | 'webp' = 'png') =>
      (
        await sharp({ create: { width, height, channels: 3, background: '#888' } })
          .toFormat(format)
          .toBuffer()
      ).toString('base64');
    const refusals: [string, string][] = [
      [await draw(299, 400), '299 × 400'],
      [await draw(300, 751), 'ratio'],
      [await draw(751, 300, 'jpeg'), 'ratio'],
      [await draw(400, 400, 'webp'), 'no complete JPEG or PNG'],
      [`data:image/png;base64,${await draw(400, 400)}`, 'leave out the prefix'],
      [Buffer.alloc(10_000_001).toString('base64'), 'larger than 10 MB'],
      ['not base64!', 'must be a URL'],
    ];
    for (const [image, sentence] of refusals) {
      const { status, body } = await caller.post(IMAGE, { image });
      expect([status, body.code]).toEqual([400, 1201]);
      expect(body.message).toContain(sentence);
    }
    for (const image of [await draw(300, 750), await draw(750, 300, 'jpeg')]) {
      expect((await caller.post(IMAGE, { image, prompt: 'x' })).status).toBe(200);
    }
  });

  test('says that a last picture was left out, and animates one that comes alone', async () => {
    const both = await inputOf({ image_tail: `${files.url}/b.jpg` });
    expect(both.task.warnings.map(({ code }) => code)).toEqual(['model-alias', 'last-picture-ignored']);
    const alone = await inputOf({ image: '', image_tail: `${files.url}/b.jpg` });
    expect(alone.input.imagePath).toBeDefined();
    expect(alone.task.task_status).toBe('succeed');
  });

  test.each([
    [{ type: 'simple', config: { zoom: 5 } }, [['zoom', 'out', 0.5]]],
    [{ config: { zoom: -10 } }, [['zoom', 'in', 1]]],
    [{ type: 'simple', config: { horizontal: -4, vertical: 0 } }, [['truck', 'left', 0.4]]],
    [{ type: 'simple', config: { vertical: 4 } }, [['pedestal', 'up', 0.4]]],
    [{ type: 'simple', config: { pan: 2 } }, [['pan', 'right', 0.2]]],
    [{ type: 'simple', config: { tilt: -2 } }, [['tilt', 'down', 0.2]]],
    [{ type: 'simple', config: { roll: 10 } }, [['roll', 'clockwise', 1]]],
    [
      { type: 'down_back' },
      [
        ['pedestal', 'down', 0.5],
        ['dolly', 'out', 0.5],
      ],
    ],
    [
      { type: 'forward_up' },
      [
        ['dolly', 'in', 0.5],
        ['tilt', 'up', 0.5],
      ],
    ],
    [
      { type: 'right_turn_forward' },
      [
        ['pan', 'right', 0.5],
        ['dolly', 'in', 0.5],
      ],
    ],
    [
      { type: 'left_turn_forward' },
      [
        ['pan', 'left', 0.5],
        ['dolly', 'in', 0.5],
      ],
    ],
  ])('camera_control %j', async (camera_control, moves) => {
    const { input } = await inputOf({ camera_control });
    const seen = input.motion!.camera!.map(({ kind, direction, strength }) => [kind, direction, strength]);
    expect(seen).toEqual(moves);
  });

  test.each([
    [{ image: '' }, 400, 1201, 'image is required'],
    [{ model_name: 'kling-v9' }, 404, 1203, 'model_name "kling-v9" does not exist'],
    [{ mode: 'best' }, 400, 1201, 'mode must be one of std, pro'],
    [{ duration: '7' }, 400, 1201, 'duration must be "5" or "10"'],
    [{ cfg_scale: 2 }, 400, 1201, 'cfg_scale must be a number from 0 to 1'],
    [{ prompt: 'x'.repeat(2501) }, 400, 1201, 'prompt must be a text of at most 2500'],
    [{ sound: 'loud' }, 400, 1201, 'sound must be one of on, off'],
    [{ camera_control: { type: 'simple', config: { zoom: 1, pan: 1 } } }, 400, 1201, 'exactly one value'],
    [{ camera_control: { type: 'simple' } }, 400, 1201, 'exactly one value'],
    [{ camera_control: { type: 'simple', config: { zoom: 11 } } }, 400, 1201, 'from -10 to 10'],
    [{ camera_control: { type: 'spin' } }, 400, 1201, 'camera_control.type must be one of'],
    [{ camera_control: { type: 'down_back', config: { zoom: 1 } } }, 400, 1201, 'for type simple only'],
  ])('%j is refused', async (change, status, code, sentence) => {
    const answer = await caller.post(IMAGE, { image: `${files.url}/a.jpg`, ...change });
    expect([answer.status, answer.body.code]).toEqual([status, code]);
    expect(answer.body.message).toContain(sentence);
  });
});

describe('text2video', () => {
  test('is 404/1203 as long as no engine can, and names what to configure', async () => {
    const { status, body } = await caller.post(TEXT, {
      model_name: 'kling-v2-6',
      prompt: 'Ocean waves crashing on shore',
      mode: 'pro',
      sound: 'on',
    });
    expect([status, body.code]).toEqual([404, 1203]);
    expect(body.message).toContain('src/engines/index.ts');
    expect((await caller.get(TEXT)).body.data).toEqual([]);
  });

  test('is done by an engine that can', async () => {
    const own = await createDataDirectory();
    const painter = createCopyingEngine();
    const [model] = painter.models;
    const started = await startApp(own.path, {
      ...painter,
      models: [{ ...model!, name: 'painter', kinds: ['text-to-video'] }],
      start: (input, signal) => painter.start({ ...input, imagePath: picturePath }, signal),
    });
    try {
      const other = createCaller(started.url, `Bearer ${started.app.firstKey.clientSecret}`);
      const created = await other.post(TEXT, {
        model_name: 'kling-v2-6',
        prompt: 'Ocean waves',
        mode: 'pro',
        sound: 'on',
        aspect_ratio: '9:16',
      });
      const task = await other.wait(TEXT, created.body.data.task_id);
      expect(task).toMatchObject({ task_status: 'succeed', final_unit_deduction: '25' });
      expect(painter.started[0]!.input).toMatchObject({
        kind: 'text-to-video',
        prompt: 'Ocean waves',
        audio: 'ai',
        resolution: '1080p',
        motion: { aspectRatio: '9:16' },
      });
      expect((await other.post(TEXT, { prompt: '' })).body.code).toBe(1201);
      expect((await other.post(TEXT, { prompt: 'x', aspect_ratio: '4:3' })).body.code).toBe(1201);
      const refused = await other.post(TEXT, { prompt: 'x', model_name: 'kling-v1-5' });
      expect([refused.status, refused.body.code]).toEqual([404, 1203]);
    } finally {
      await started.app.close();
      await own.remove();
    }
  });
});

describe('one store for both dialects', () => {
  const akoolSuite = '/api/open/v4/image2Video';

  test('Akool’s video gets sound here, by id and by number, at one credit a started second', async () => {
    const key = { 'x-api-key': app.firstKey.clientSecret };
    const fields = {
      image_url: `${files.url}/a.jpg`,
      prompt: 'The sea.',
      resolution: '720p',
      audio_type: 3,
      video_length: 5,
    };
    const made = await post(`${url}${akoolSuite}/createBySourcePrompt`, fields, key);
    const id = String(made.body.data._id);
    await waitForResult(url, key, id);
    const before = await balance();
    const created = await caller.post(SOUND, { video_id: id, original_audio: 'duck' });
    const task = await caller.wait(SOUND, created.body.data.task_id);
    expect(task).toMatchObject({
      task_status: 'succeed',
      final_unit_deduction: '6',
      task_info: { parent_video: { id } },
    });
    expect(await balance()).toBe(before - 6);
    expect(engine.started.at(-1)!.input).toMatchObject({ prompt: 'The sea.', sound: { original: 'duck' } });
    // What got sound can get other sound, now by its number; Akool's call takes it too.
    const again = await caller.post(SOUND, { video_id: task.task_id });
    expect((await caller.wait(SOUND, again.body.data.task_id)).task_status).toBe('succeed');
    const akool = await post(
      `${url}${akoolSuite}/updateVideoAudio`,
      { pre_video_id: task.task_result!.videos[0]!.id, audio_type: 1 },
      key,
    );
    expect(akool.body).toMatchObject({ code: 1000, data: { deduction_credit: 5 } });
    expect(await waitForResult(url, key, String(akool.body.data._id))).toMatchObject({ status: 3 });
  });
});

describe('callbacks', () => {
  test('tell every change with the bare task, signed as Standard Webhooks', async () => {
    const callback_url = `${files.url}/callback`;
    const good = await caller.post(SOUND, { video_url: video, callback_url, external_task_id: 'told' });
    const bad = await caller.post(SOUND, { video_url: `${files.url}/a.jpg`, callback_url });
    const of = (id: string) => received.filter(({ body }) => JSON.parse(body).task_id === id);
    const [goodId, badId] = [good.body.data.task_id, bad.body.data.task_id];
    while (of(goodId).length < 2 || of(badId).length < 2)
      await new Promise((resolve) => setTimeout(resolve, 50));
    const bodies = of(goodId).map(({ body }) => JSON.parse(body) as KlingTask);
    expect(bodies.map(({ task_status }) => task_status)).toEqual(['processing', 'succeed']);
    expect(bodies[0]!.task_result).toBeUndefined();
    expect(bodies[1]).toEqual((await caller.get(`${SOUND}/${goodId}`)).body.data);
    expect(bodies[1]).toMatchObject({ final_unit_deduction: '6', task_info: { external_task_id: 'told' } });
    const failed = of(badId).map(({ body }) => JSON.parse(body) as KlingTask);
    expect(failed.map(({ task_status }) => task_status)).toEqual(['processing', 'failed']);
    expect(failed[1]!.task_status_msg).toContain('does not lead to a video');
    const secret = `whsec_${Buffer.from(app.firstKey.clientSecret).toString('base64')}`;
    for (const { body, headers } of [...of(goodId), ...of(badId)]) {
      expect(() => new Webhook(secret).verify(body, headers)).not.toThrow();
    }
  });
});

describe('limits', () => {
  test('over the account’s number of tasks: 429/1303 with Retry-After, nothing charged', async () => {
    const own = await createDataDirectory();
    const slow = createCopyingEngine({ milliseconds: 60_000 });
    const started = await startApp(own.path, slow, { tasksAtOnce: { free: 1, pro: 2, studio: 3 } });
    try {
      const other = createCaller(started.url, `Bearer ${signToken(started.app.firstKey)}`);
      const body = { video_url: video };
      for (let index = 0; index < 2; index++) expect((await other.post(SOUND, body)).status).toBe(200);
      const refused = await other.post(SOUND, body);
      expect(refused.status).toBe(429);
      expect(refused.body).toEqual({
        code: 1303,
        message: 'parallel task over resource pack limit',
        request_id: expect.any(String),
      });
      expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
      const costs = await other.get<{ resource_pack_subscribe_infos: Record<string, unknown>[] }>(
        '/account/costs?start_time=0&end_time=1',
      );
      expect(costs.body.data.resource_pack_subscribe_infos).toEqual([
        expect.objectContaining({
          total_quantity: 10_000,
          remaining_quantity: 10_000 - 2 * 21,
          status: 'online',
        }),
      ]);
    } finally {
      await started.app.close();
      await own.remove();
    }
  });

  test('the price is held before it is known: without the credits for the longest video it is 429/1102', async () => {
    const own = await createDataDirectory();
    const slow = createCopyingEngine({ milliseconds: 60_000 });
    const settings = {
      videoSeconds: { least: 3, most: 600 },
      tasksAtOnce: { free: 50, pro: 50, studio: 50 },
    };
    const started = await startApp(own.path, slow, settings);
    try {
      const other = createCaller(started.url, `Bearer ${started.app.firstKey.clientSecret}`);
      for (let index = 0; index < 16; index++) {
        expect((await other.post(SOUND, { video_url: video })).status).toBe(200);
      }
      const { status, body } = await other.post(SOUND, { video_url: video });
      expect([status, body.code]).toEqual([429, 1102]);
      expect(body.message).toContain('600 credits');
    } finally {
      await started.app.close();
      await own.remove();
    }
  });

  test('faults that are asked for have the table’s numbers', async () => {
    const ask = (fault: string) => caller.post(SOUND, { video_url: video }, { 'x-stillroar-fault': fault });
    const full = await ask('queue-full');
    expect([full.status, full.body.code]).toEqual([429, 1303]);
    const maintenance = await ask('maintenance');
    expect([maintenance.status, maintenance.body.code]).toEqual([503, 5001]);
    expect(Number(maintenance.headers.get('retry-after'))).toBeGreaterThan(0);
    const failing = await ask('fail');
    expect((await caller.wait(SOUND, failing.body.data.task_id)).task_status).toBe('failed');
  });

  test('the same Idempotency-Key makes one task, whoever asks how often', async () => {
    const headers = { 'idempotency-key': 'once' };
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => caller.post(SOUND, { video_url: video }, headers)),
    );
    expect(new Set(answers.map(({ body }) => JSON.stringify(body))).size).toBe(1);
    const other = await caller.post(SOUND, { video_url: video, prompt: 'other' }, headers);
    expect([other.status, other.body.code]).toEqual([400, 1201]);
  });
});
