import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { App } from '../../src/app.ts';
import { type CopyingEngine, createCopyingEngine } from '../support/copying-engine.ts';
import { createDataDirectory } from '../support/database.ts';
import { type Answer, post, startApp, startFileServer, waitForResult } from '../support/server.ts';
import {
  batchItem,
  batchRequest,
  createReply,
  createRequest,
  deleteReply,
  deleteRequest,
  resultsRequest,
  soundReply,
  soundRequest,
  soundResultEntry,
} from './akool-samples.ts';
import {
  batchItemTable,
  batchReplyTable,
  createReplyTable,
  deletionItemTable,
  deletionReplyTable,
  effectsReplyTable,
  effectTable,
  offences,
  resultTable,
  soundReplyTable,
} from './akool-tables.ts';

// Every published sample is sent over HTTP to a running server, and the answer is held against the published one and
// against the published tables. The files' hosts are a server on loopback; the ids are those of videos made here.

const picture = await readFile(new URL('../../samples/sunset.jpg', import.meta.url));
const sound = Buffer.concat([Buffer.from('ID3\x04'), Buffer.alloc(99)]);

let data: Awaited<ReturnType<typeof createDataDirectory>>;
let files: Awaited<ReturnType<typeof startFileServer>>;
let engine: CopyingEngine;
let app: App;
let url: string;
let key: Record<string, string>;

beforeAll(async () => {
  data = await createDataDirectory();
  files = await startFileServer((request, response) => {
    response.end(request.url?.endsWith('.mp3') ? sound : picture);
  });
  engine = createCopyingEngine({ lastFrame: true, milliseconds: 50 });
  const tasksAtOnce = { free: 2, pro: 100, studio: 100 };
  ({ app, url } = await startApp(data.path, engine, { tasksAtOnce }));
  key = { 'x-api-key': app.firstKey.clientSecret };
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

async function call(route: string, body: unknown): Promise<Answer> {
  const answer = await post(`${url}/api/open/v4/image2Video/${route}`, body, key);
  expect(answer.status).toBe(200);
  return answer.body;
}

async function credits(): Promise<number> {
  const response = await fetch(`${url}/api/open/v3/faceswap/quota/info`, { headers: key });
  const body = (await response.json()) as { code: number; msg: string; data: { credit: number } };
  expect(body).toMatchObject({ code: 1000, msg: 'OK' });
  return body.data.credit;
}

function typesOf(value: object): Record<string, string> {
  return Object.fromEntries(Object.entries(value).map(([name, field]) => [name, typeof field]));
}

const short = {
  image_url: createRequest.image_url,
  prompt: createRequest.prompt,
  resolution: '4k',
  audio_type: 3,
  video_length: 5,
  webhookurl: 'http://localhost:3000/demo',
};

/** Makes a video and waits for it. */
async function createVideo(changes: object = {}): Promise<Record<string, unknown>> {
  const { data } = await call('createBySourcePrompt', sample({ ...short, ...changes }));
  return waitForResult(url, key, String(data._id));
}

describe('createBySourcePrompt', () => {
  test('answers every row of its table, and nothing else', async () => {
    const { data: reply } = await call('createBySourcePrompt', sample(createRequest));
    expect(offences(createReplyTable, reply)).toEqual([]);
    expect(Object.keys(reply).sort()).toEqual(Object.keys(createReplyTable).sort());
    expect(reply.deduction_credit).toBe(60);
    await waitForResult(url, key, String(reply._id));
  });

  test('costs what is published for each resolution and length', async () => {
    const prices: unknown[] = [];
    for (const video_length of [5, 10]) {
      for (const resolution of ['720p', '1080p', '4k']) {
        const before = await credits();
        const { data: reply } = await call(
          'createBySourcePrompt',
          sample({ ...short, resolution, video_length }),
        );
        expect(before - (await credits())).toBe(reply.deduction_credit);
        prices.push(reply.deduction_credit);
      }
    }
    expect(prices).toEqual([20, 25, 30, 40, 50, 60]);
  });
});

describe('createBySourcePrompt/batch', () => {
  let ids: string[];

  test('replays the published sample: three entries of one batch at the lite price', async () => {
    const before = await credits();
    const { code, msg, data: reply } = await call('createBySourcePrompt/batch', sample(batchRequest));
    expect([code, msg]).toEqual([1000, 'OK']);
    expect(offences(batchReplyTable, reply)).toEqual([]);
    const { successList, errorList } = reply as unknown as Record<string, Record<string, unknown>[]>;
    expect(errorList).toEqual([]);
    expect(successList).toHaveLength(3);
    const { _id, create_time, uid, team_id, batch_id, ...same } = sample(batchItem);
    for (const item of successList!) {
      expect(typesOf(item)).toMatchObject(typesOf(batchItem));
      expect(item).toMatchObject(same);
      expect(item.batch_id).toBe(successList![0]!.batch_id);
      expect(item.batch_id).toMatch(new RegExp(`^\\d{13}_${item.uid}$`));
    }
    ids = successList!.map((item) => String(item._id));
    expect(new Set(ids).size).toBe(3);
    expect(before - (await credits())).toBe(15);
  });

  test('answers every row of the item table, and nothing else', async () => {
    const { data: reply } = await call('createBySourcePrompt/batch', sample({ ...batchRequest, count: 1 }));
    const { successList } = reply as unknown as Record<string, Record<string, unknown>[]>;
    expect(offences(batchItemTable, successList![0]!)).toEqual([]);
    expect(Object.keys(successList![0]!).sort()).toEqual(Object.keys(batchItemTable).sort());
  });

  test('hands the last picture to the engine, with seeds that differ', async () => {
    const entries = await Promise.all(ids.map((id) => waitForResult(url, key, id)));
    const inputs = engine.started.filter(({ input }) => ids.includes(input.taskId)).map(({ input }) => input);
    expect(inputs).toHaveLength(3);
    for (const input of inputs) expect(input.lastImagePath).toBeDefined();
    expect(new Set(inputs.map(({ seed }) => seed)).size).toBe(3);
    expect(entries.map(({ seed }) => seed)).toEqual(
      ids.map((id) => inputs.find(({ taskId }) => taskId === id)!.seed),
    );
  });

  test('has no sound unless it is asked for, and warns who stands behind another’s name', async () => {
    const entry = await waitForResult(url, key, ids[0]!);
    expect(entry).toMatchObject({ audio_type: 3, model_name: batchRequest.model_name, status: 3 });
    expect(entry.warnings).toMatchObject([{ code: 'model-alias' }]);
    const loud = { ...batchRequest, audio_type: '1', audio_url: '', is_premium_model: true, effect_code: '' };
    const { data: reply } = await call('createBySourcePrompt/batch', sample({ ...loud, count: '1' }));
    const [item] = (reply as unknown as { successList: { _id: string }[] }).successList;
    expect(await waitForResult(url, key, item!._id)).toMatchObject({ audio_type: 1 });
  });

  test('takes what is left out at its default: one video of the default model', async () => {
    const { image_url, prompt, resolution, video_length } = batchRequest;
    const { data: reply } = await call(
      'createBySourcePrompt/batch',
      sample({ image_url, prompt, resolution, video_length }),
    );
    const { successList } = reply as unknown as Record<string, Record<string, unknown>[]>;
    expect(successList).toMatchObject([
      {
        model_name: 'AkoolImage2VideoFastV1',
        batch_count: 1,
        deduction_credit: 20,
        extend_prompt: false,
        negative_prompt: '',
        last_image_url: '',
        webhookUrl: '',
      },
    ]);
  });

  test('refuses what the page forbids, and charges nothing', async () => {
    const before = await credits();
    const refusals: [object, string][] = [
      [{ model_name: 'AkoolImage2VideoFastV2' }, 'Did you mean AkoolImage2VideoFastV1?'],
      [{ count: 11 }, 'count must be a whole number from 1 to 10'],
      [{ count: 0 }, 'count must be'],
      [{ count: 1.5 }, 'count must be'],
      [{ resolution: '8k' }, '720p, 1080p or 4k'],
      [{ last_image_url: 'http://10.0.0.1/b.png' }, 'last_image_url: '],
      [{ audio_type: 2 }, 'audio_url is required when audio_type is 2'],
    ];
    for (const [changes, sentence] of refusals) {
      const { code, msg } = await call('createBySourcePrompt/batch', sample({ ...batchRequest, ...changes }));
      expect([code, msg]).toEqual([1003, expect.stringContaining(sentence)]);
    }
    expect(await credits()).toBe(before);
  });
});

describe('resultsByIds', () => {
  test('warns of a sound that was sent and is not played', async () => {
    const entry = await createVideo({ audio_type: 3, audio_url: createRequest.audio_url });
    expect(entry.warnings).toEqual([
      { code: 'audio-url-ignored', message: 'audio_url is played with audio_type 2 only: it was left out.' },
    ]);
  });

  test('replays the published sample with ids of videos made here', async () => {
    const { effect_code, audio_url } = createRequest;
    const video = await createVideo({ audio_type: 2, audio_url, effect_code });
    const { data: made } = await call(
      'updateVideoAudio',
      sample({ ...soundRequest, pre_video_id: video._id }),
    );
    const { length } = resultsRequest._ids.split(',');
    const ids = [made._id, video._id];
    expect(ids).toHaveLength(length);
    const { code, msg, data: reply } = await call('resultsByIds', { _ids: ids.join(',') });
    expect([code, msg]).toEqual([1000, 'OK']);
    const [waiting, finished] = reply.result!;
    const { _id, create_time, update_time, uid, team_id, video_duration, status, ...same } =
      sample(soundResultEntry);
    expect(typesOf(waiting!)).toMatchObject(typesOf(soundResultEntry));
    expect(waiting).toMatchObject({ ...same, video_duration: 5.042, pre_video_id: video._id });
    expect(waiting).not.toHaveProperty('sub_type');
    expect(finished).toMatchObject({ sub_type: 1501, status: 3, only_add_audio: false });
  });

  test('answers every row of its table, at every status', async () => {
    const { data: made } = await call('createBySourcePrompt', sample(short));
    const seen = new Set<unknown>();
    for (let status = 1; status < 3; ) {
      const { data: reply } = await call('resultsByIds', { _ids: made._id });
      const [entry] = reply.result!;
      expect(offences(resultTable, entry!)).toEqual([]);
      status = Number(entry!.status);
      seen.add(status);
      if (status < 3) expect(entry!.video_url).toBe('');
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    const failed = await createVideo({ image_url: 'http://127.0.0.1:1/nobody.png' });
    expect(offences(resultTable, failed)).toEqual([]);
    expect(failed).toMatchObject({ status: 4, video_url: '', deduction_credit: 0 });
    expect(seen).toContain(3);
  });
});

describe('effects', () => {
  test('answers the published envelope', async () => {
    const response = await fetch(`${url}/api/open/v4/image2Video/effects`, { headers: key });
    const body = (await response.json()) as Answer;
    expect([body.code, body.msg]).toEqual([1000, 'Success']);
    expect(offences(effectsReplyTable, body.data)).toEqual([]);
  });

  test('an unknown effect is refused', async () => {
    const { code, msg } = await call('createBySourcePrompt', sample({ ...short, effect_code: 'no_such_1' }));
    expect([code, msg]).toEqual([1003, expect.stringContaining('effect_code "no_such_1" is not known')]);
  });

  test('a misspelt effect is refused with the nearest', async () => {
    const misspelt = sample({ ...short, effect_code: 'squsih_89244231312' });
    const { code, msg } = await call('createBySourcePrompt', misspelt);
    expect([code, msg]).toEqual([1003, expect.stringContaining('squish_89244231312 (Squish)')]);
  });

  test('createBySourcePrompt replays the published sample with effect_code squish_89244231312', async () => {
    const { code, msg, data: reply } = await call('createBySourcePrompt', sample(createRequest));
    expect([code, msg]).toEqual([1000, 'OK']);
    const { _id, create_time, uid, team_id, ...same } = sample(createReply).data;
    expect(reply).toMatchObject(same);
    await waitForResult(url, key, String(reply._id));
    expect(engine.started.find(({ input }) => input.taskId === reply._id)!.input.effect).toBe(
      createRequest.effect_code,
    );
  });

  test('effects lists ten effects with every row of the table', async () => {
    const response = await fetch(`${url}/api/open/v4/image2Video/effects`, { headers: key });
    const { data: reply } = (await response.json()) as {
      data: { result: Record<string, unknown>[]; count: number };
    };
    expect([reply.count, reply.result.length]).toEqual([10, 10]);
    for (const item of reply.result) {
      expect(offences(effectTable, item)).toEqual([]);
      expect(Object.keys(item).sort()).toEqual(Object.keys(effectTable).sort());
    }
    expect(new Set(reply.result.map(({ _id }) => _id)).size).toBe(10);
  });

  test('resultsByIds and updateVideoAudio answer effect_name "Squish" for a video made with it', async () => {
    const same = { effect_name: 'Squish', effect_code: createRequest.effect_code };
    const video = await createVideo({ effect_code: createRequest.effect_code });
    expect(video).toMatchObject(same);
    const { data: reply } = await call('updateVideoAudio', { pre_video_id: video._id, audio_type: 1 });
    expect(reply).toMatchObject(same);
    expect(await waitForResult(url, key, String(reply._id))).toMatchObject(same);
  });
});

describe('last_image_url', () => {
  test('is refused by a model that cannot end on a picture, and costs nothing', async () => {
    const other = await createDataDirectory();
    const strict = await startApp(other.path, createCopyingEngine());
    const headers = { 'x-api-key': strict.app.firstKey.clientSecret };
    const { body } = await post(
      `${strict.url}/api/open/v4/image2Video/createBySourcePrompt/batch`,
      sample(batchRequest),
      headers,
    );
    expect([body.code, body.msg]).toEqual([1003, expect.stringContaining('last_image_url: ')]);
    await strict.app.close();
    await other.remove();
  });
});

describe('updateVideoAudio', () => {
  let video: Record<string, unknown>;
  beforeAll(async () => {
    video = await createVideo({ effect_code: createRequest.effect_code });
  });

  test('replays the published sample: a new entry with its own id, charged 5', async () => {
    const before = await credits();
    const {
      code,
      msg,
      data: reply,
    } = await call('updateVideoAudio', sample({ ...soundRequest, pre_video_id: video._id }));
    expect([code, msg]).toEqual([1000, 'OK']);
    expect(typesOf(reply)).toEqual(typesOf(soundReply.data));
    const { create_time, update_time, uid, team_id, video_duration, _id, pre_video_id, ...same } =
      sample(soundReply).data;
    expect(reply).toMatchObject({ ...same, pre_video_id: video._id, video_duration: 5.042 });
    expect(reply._id).not.toBe(video._id);
    expect(before - (await credits())).toBe(5);

    const done = await waitForResult(url, key, String(reply._id));
    expect(done).toMatchObject({
      status: 3,
      only_add_audio: true,
      pre_video_id: video._id,
      webhookUrl: video.webhookUrl,
    });
    expect(done.cover_url).not.toBe('');
    const { input } = engine.started.find(({ input }) => input.taskId === reply._id)!;
    expect(input).toMatchObject({ kind: 'video-to-audio', audio: 'file', prompt: createRequest.prompt });
    expect(input.imagePath).toBeUndefined();
    const [old, young] = await Promise.all(
      [video.video_url, done.video_url].map(async (from) => (await fetch(String(from))).arrayBuffer()),
    );
    expect(Buffer.from(young!).equals(Buffer.from(old!))).toBe(true);
  });

  test('answers every row of its table, and nothing else', async () => {
    const { data: reply } = await call('updateVideoAudio', { pre_video_id: video._id, audio_type: 1 });
    expect(offences(soundReplyTable, reply)).toEqual([]);
    expect(Object.keys(reply).sort()).toEqual(Object.keys(soundReplyTable).sort());
    expect(reply).toMatchObject({ audio_type: 1, audio_url: '' });
  });

  test('costs 10 for ten seconds, and nothing when it fails', async () => {
    const long = await createVideo({ video_length: 10 });
    const before = await credits();
    const { data: reply } = await call('updateVideoAudio', { pre_video_id: long._id, audio_type: '1' });
    expect(reply.deduction_credit).toBe(10);
    expect(before - (await credits())).toBe(10);
    const audio_url = 'http://127.0.0.1:1/nobody.mp3';
    const { data: doomed } = await call('updateVideoAudio', {
      pre_video_id: long._id,
      audio_type: 2,
      audio_url,
    });
    expect(await waitForResult(url, key, String(doomed._id))).toMatchObject({
      status: 4,
      deduction_credit: 0,
    });
    expect(before - (await credits())).toBe(10);
  });

  test('refuses what the page forbids, and charges nothing', async () => {
    const failed = await createVideo({ image_url: 'http://127.0.0.1:1/nobody.png' });
    const slow = await call('createBySourcePrompt', sample(short));
    const before = await credits();
    const refusals: [object, string][] = [
      [{ pre_video_id: '0'.repeat(24), audio_type: 1 }, 'There is no such video in your account'],
      [{ pre_video_id: 'nonsense', audio_type: 1 }, 'There is no such video in your account'],
      [{ audio_type: 1 }, 'pre_video_id is required'],
      [{ pre_video_id: video._id, audio_type: 3 }, 'audio_type is required: 1 (made by AI) or 2'],
      [{ pre_video_id: video._id, audio_type: 2 }, 'audio_url is required when audio_type is 2'],
      [{ pre_video_id: video._id, audio_type: 2, audio_url: 'http://10.0.0.1/a.mp3' }, 'audio_url: '],
      [{ pre_video_id: failed._id, audio_type: 1 }, 'its task is failed'],
      [{ pre_video_id: slow.data._id, audio_type: 1 }, 'not finished yet'],
    ];
    for (const [body, sentence] of refusals) {
      const { code, msg } = await call('updateVideoAudio', body);
      expect([code, msg]).toEqual([1003, expect.stringContaining(sentence)]);
    }
    expect(await credits()).toBe(before);
  });
});

describe('delbyids', () => {
  test('replays the published sample: removes what has ended and refuses the rest in the published words', async () => {
    const done = await createVideo();
    const { data: running } = await call('createBySourcePrompt', sample(short));
    const ids = [done._id, running._id, 'f'.repeat(24)];
    expect(ids).toHaveLength(deleteRequest._ids.split(',').length);
    const { code, msg, data: reply } = await call('delbyids', { _ids: ids.join(',') });
    expect([code, msg]).toEqual([deleteReply.code, deleteReply.msg]);
    expect(offences(deletionReplyTable, reply)).toEqual([]);
    const { noPermissionItems } = reply as unknown as Record<string, Record<string, unknown>[]>;
    for (const item of noPermissionItems!) expect(offences(deletionItemTable, item)).toEqual([]);
    expect(reply).toEqual({
      successIds: [done._id],
      noPermissionItems: [
        { _id: running._id, msg: deleteReply.data.noPermissionItems[0]!.msg },
        { _id: 'f'.repeat(24), msg: expect.stringContaining('does not exist') },
      ],
    });
    expect((await fetch(String(done.video_url))).status).toBe(404);
    const { data: left } = await call('resultsByIds', { _ids: `${done._id},${running._id}` });
    expect(left.result!.map(({ _id }) => _id)).toEqual([running._id]);
    await waitForResult(url, key, String(running._id));
  });
});

describe('aigModel/list', () => {
  const list = async (query: string) => {
    const response = await fetch(`${url}/api/open/v4/aigModel/list${query}`, { headers: key });
    return ((await response.json()) as { code: number; data: Record<string, unknown>[] }).data;
  };

  test('lists the built-in models, sorted, with raw and with encoded brackets', async () => {
    const models = await list('?types[]=1501');
    expect(models.map(({ value }) => value)).toEqual(['AkoolImage2VideoFastV1', 'AkoolImage2VideoHDV1']);
    expect(models.map(({ sort }) => Number(sort))).toEqual(
      models.map(({ sort }) => Number(sort)).sort((a, b) => b - a),
    );
    for (const query of ['?types%5B%5D=1501', '?types[]=1401&types[]=1501', '?types=1501', '']) {
      expect(await list(query)).toEqual(models);
    }
    expect(Object.keys(models[0]!).sort()).toEqual(
      [
        ...['sort', 'group', 'provider', 'type', 'value', 'name', 'label', 'description', 'resolutionList'],
        ...['durationList', 'generate_audio', 'requiresPay', 'supportedLastFrame', 'supportedExtendPrompt'],
        ...['maxImageCount', 'maxCount'],
      ].sort(),
    );
    expect(models[0]).toMatchObject({ provider: 'akool', type: 1501, durationList: [5, 10], maxCount: 10 });
    expect(models[0]!.resolutionList).toEqual([
      { label: '720p', value: '720p', width: 1280, height: 720, unit_credit: 20 },
      { label: '1080p', value: '1080p', width: 1920, height: 1080, unit_credit: 25 },
      { label: '4k', value: '4k', width: 3840, height: 2160, unit_credit: 30 },
    ]);
  });

  test('answers an empty array for types that are not implemented', async () => {
    expect(await list('?types[]=1401')).toEqual([]);
    expect(await list('?types[]=nonsense')).toEqual([]);
  });

  test('the HD model renders finer', async () => {
    const model_name = 'AkoolImage2VideoHDV1';
    const { image_url, prompt, resolution, video_length } = batchRequest;
    const { data: reply } = await call(
      'createBySourcePrompt/batch',
      sample({ image_url, prompt, resolution, video_length, model_name }),
    );
    const [item] = (reply as unknown as { successList: { _id: string; deduction_credit: number }[] })
      .successList;
    expect(await waitForResult(url, key, item!._id)).toMatchObject({ status: 3, warnings: [] });
    expect(engine.started.find(({ input }) => input.taskId === item!._id)!.input.quality).toBe('fine');
  });
});
