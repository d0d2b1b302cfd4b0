import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { App } from '../../src/app.ts';
import { type CopyingEngine, createCopyingEngine } from '../support/copying-engine.ts';
import { createDataDirectory } from '../support/database.ts';
import { createNativeCaller, type NativeTask } from '../support/native.ts';
import { startApp } from '../support/server.ts';

interface Problem {
  type: string;
  title: string;
  status: number;
  detail: string;
  code: string;
  errors: { field: string; message: string }[];
  requestId: string;
}
interface Page {
  items: NativeTask[];
  next: string | null;
}
interface UploadReply {
  id: string;
  url: string;
  contentType: string;
  bytes: number;
  width: number | null;
  height: number | null;
  durationSeconds: number | null;
}

let data: Awaited<ReturnType<typeof createDataDirectory>>;
let app: App;
let url: string;
let engine: CopyingEngine;
let caller: ReturnType<typeof createNativeCaller>;
const sample = () => `${url}/samples/sunset.jpg`;
const TASKS = '/api/v1/tasks';

async function balance(): Promise<number> {
  return (await caller.get<{ credits: number }>('/api/v1/account')).body.credits;
}

beforeAll(async () => {
  data = await createDataDirectory();
  engine = createCopyingEngine({ milliseconds: 5 });
  ({ app, url } = await startApp(data.path, engine, { tasksAtOnce: { free: 2, pro: 40, studio: 50 } }));
  caller = createNativeCaller(url, { authorization: `Bearer ${app.firstKey.clientSecret}` });
});
afterAll(async () => {
  await app.close();
  await data.remove();
});

describe('tasks', () => {
  test('a picture and words become a task with every field, and then a video', async () => {
    const made = await caller.post(TASKS, {
      kind: 'image-to-video',
      image: sample(),
      prompt: 'slow push in, gulls',
      resolution: '1080p',
      seconds: 10,
      seed: 7,
      externalId: 'mine-1',
    });
    expect(made.status).toBe(201);
    expect(Object.keys(made.body)).toEqual(
      expect.arrayContaining([
        ...['id', 'number', 'kind', 'state', 'progress', 'stage', 'queuePosition', 'etaSeconds', 'input'],
        ...[
          'seed',
          'engine',
          'model',
          'credits',
          'warnings',
          'error',
          'plan',
          'outputs',
          'batch',
          'parentId',
        ],
        ...['dialect', 'externalId', 'createdAt', 'startedAt', 'endedAt', 'expiresAt'],
      ]),
    );
    expect(made.body).toMatchObject({
      kind: 'image-to-video',
      state: 'queued',
      seed: 7,
      credits: 50,
      externalId: 'mine-1',
      dialect: 'native',
      input: {
        image: sample(),
        prompt: 'slow push in, gulls',
        resolution: '1080p',
        seconds: 10,
        audio: 'ai',
      },
    });
    const task = await caller.wait(made.body.id, 'completed');
    expect(task).toMatchObject({ progress: 100, stage: null, error: null, etaSeconds: null });
    expect(task.outputs.map(({ kind }) => kind).sort()).toEqual(['cover', 'video']);
    expect((await fetch(task.outputs[0]!.url)).status).toBe(200);
    expect((await caller.get(`${TASKS}/${task.number}`)).body.id).toBe(task.id);
  });

  test('everything that is wrong is said at once, in problem details, and costs nothing', async () => {
    const before = await balance();
    const { status, headers, body } = await caller.post<Problem>(TASKS, {
      image: sample(),
      resolution: '8k',
      seconds: 7,
      promt: 'x',
    });
    expect(status).toBe(400);
    expect(headers.get('content-type')).toContain('application/problem+json');
    expect(body).toMatchObject({ status: 400, code: 'invalid-field', type: '/docs#error-invalid-field' });
    expect(body.errors.map(({ field }) => field)).toEqual(expect.arrayContaining(['resolution', 'seconds']));
    expect(body.detail).toContain('Did you mean prompt?');
    expect(body.requestId).toBe(headers.get('x-request-id'));
    expect(await balance()).toBe(before);
  });

  test.each([
    [{ prompt: '' }, 'prompt', 'prompt is required'],
    [{ kind: 'image-to-video' }, 'image', 'image is required'],
    [{ kind: 'video-to-audio' }, 'video', 'video is required'],
    [{ image: 'sunset.jpg' }, 'image', 'there is no upload sunset.jpg'],
    [{ image: 'http://10.0.0.1/a.jpg' }, 'image', 'private or reserved'],
    [{ image: 'https://example.org/a.jpg', model: 'builtin-fats' }, 'model', 'Did you mean builtin-fast?'],
    [{ image: 'https://example.org/a.jpg', count: 11 }, 'count', '1 to 10'],
    [{ image: 'https://example.org/a.jpg', plans: {} }, undefined, 'There is no field plans'],
    [
      { image: 'https://example.org/a.jpg', video: 'https://example.org/a.mp4', kind: 'image-to-video' },
      'video',
      'no use',
    ],
  ])('%j is refused with a sentence about %s', async (body, field, sentence) => {
    const answer = await caller.post<Problem>(TASKS, body);
    expect(answer.status).toBe(400);
    expect(answer.body.detail).toContain(sentence);
    if (field) expect(answer.body.errors[0]!.field).toBe(field);
  });

  test('a batch shares its number and differs in its seeds', async () => {
    const { status, body } = await caller.post<{ items: NativeTask[]; errors: unknown[] }>(TASKS, {
      image: sample(),
      prompt: 'x',
      count: 3,
      seed: 100,
    });
    expect(status).toBe(201);
    expect(body.errors).toEqual([]);
    expect(body.items.map(({ seed }) => seed)).toEqual([100, 101, 102]);
    expect(body.items.map(({ batch }) => batch?.index)).toEqual([0, 1, 2]);
    expect(new Set(body.items.map(({ batch }) => batch?.id)).size).toBe(1);
    for (const { id } of body.items) await caller.wait(id, 'completed');
  });

  test('an estimate says price, model and warnings, and makes nothing', async () => {
    const before = await balance();
    const { body } = await caller.post<Record<string, unknown>>('/api/v1/estimate', {
      image: sample(),
      prompt: 'x',
      resolution: '4k',
      count: 2,
    });
    expect(body).toEqual({ credits: 60, engine: 'copying', model: 'builtin-fast', warnings: [], plan: null });
    expect(await balance()).toBe(before);
  });

  test('the list filters, searches and pages without repeating', async () => {
    const words = ['an olive grove', 'an OLIVE tree 50%_', 'a harbour'];
    for (const prompt of words) {
      const { body } = await caller.post(TASKS, { image: sample(), prompt });
      await caller.wait(body.id, 'completed');
    }
    const olives = await caller.get<Page>(`${TASKS}?text=olive&state=completed&kind=image-to-video`);
    expect(olives.body.items.map(({ input }) => input.prompt)).toEqual([words[1], words[0]]);
    expect((await caller.get<Page>(`${TASKS}?text=50%25_`)).body.items).toHaveLength(1);
    expect((await caller.get<Page>(`${TASKS}?state=failed,cancelled`)).body.items).toEqual([]);
    expect((await caller.get<Page>(`${TASKS}?engine=other`)).body.items).toEqual([]);
    const until = new Date(0).toISOString();
    expect((await caller.get<Page>(`${TASKS}?until=${until}`)).body.items).toEqual([]);

    const seen: string[] = [];
    let next: string | null = '';
    while (next !== null) {
      const page: { body: Page } = await caller.get<Page>(`${TASKS}?limit=2${next && `&after=${next}`}`);
      seen.push(...page.body.items.map(({ id }) => id));
      next = page.body.next;
    }
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen.length).toBeGreaterThanOrEqual(7);

    const refused = await caller.get<Problem>(`${TASKS}?state=done&limit=1000`);
    expect(refused.body.errors.map(({ field }) => field).sort()).toEqual(['limit', 'state.0']);
  });

  test('a remix repeats what was asked for, with another seed and what is to be different', async () => {
    const { body: first } = await caller.post(TASKS, {
      image: sample(),
      prompt: 'a',
      resolution: '1080p',
      seed: 5,
    });
    await caller.wait(first.id, 'completed');
    const { status, body } = await caller.post(`${TASKS}/${first.id}/remix`, { prompt: 'b' });
    expect(status).toBe(201);
    expect(body.input).toMatchObject({ image: sample(), prompt: 'b', resolution: '1080p' });
    expect(body.seed).not.toBe(5);
    const { body: same } = await caller.post(`${TASKS}/${first.id}/remix`);
    expect(same.input.prompt).toBe('a');
    await caller.wait(same.id, 'completed');
  });

  test('a plan goes to the engine and into the remix; a model that takes none says so', async () => {
    const plan = { picture: { moves: [] }, sound: null };
    const { body: first } = await caller.post(TASKS, { image: sample(), prompt: 'a', plan });
    expect(first.input.plan).toEqual(plan);
    expect(first.warnings.map(({ code }) => code)).toContain('plan-unused');
    await caller.wait(first.id, 'completed');
    const run = engine.started.find(({ input }) => input.taskId === first.id);
    expect(run?.input.plan).toEqual({ picture: { moves: [] } });

    const remix = async (changes: object) =>
      (await caller.post(`${TASKS}/${first.id}/remix`, changes)).body.input.plan;
    expect(await remix({ resolution: '1080p' })).toEqual(plan);
    expect(await remix({ prompt: 'other words want another plan' })).toBe(null);

    const many = await caller.post<Problem>(TASKS, { image: sample(), plan, count: 2 });
    expect(many.body.errors).toMatchObject([{ field: 'count' }]);
    const text = await caller.post<Problem>(TASKS, { image: sample(), plan: 'pan left' });
    expect(text.body.errors).toMatchObject([{ field: 'plan' }]);
  });

  test('a task that has ended can be deleted, and then nothing of it is left', async () => {
    const { body } = await caller.post(TASKS, { image: sample(), prompt: 'x' });
    const task = await caller.wait(body.id, 'completed');
    expect((await caller.remove(`${TASKS}/${body.id}`)).status).toBe(204);
    expect((await caller.get<Problem>(`${TASKS}/${body.id}`)).body.code).toBe('not-found');
    expect((await fetch(task.outputs[0]!.url)).status).toBe(404);
    expect((await caller.remove<Problem>(`${TASKS}/${body.id}`)).status).toBe(404);
  });

  test('the same Idempotency-Key makes one task; on another task’s route it is another request', async () => {
    const before = await balance();
    const key = { 'idempotency-key': 'native-1' };
    const body = { image: sample(), prompt: 'once' };
    const answers = await Promise.all([1, 2, 3].map(() => caller.post(TASKS, body, key)));
    expect(new Set(answers.map((answer) => answer.body.id)).size).toBe(1);
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201]);
    expect(before - (await balance())).toBe(20);
    const other = await caller.post<Problem>(`${TASKS}/${answers[0]!.body.id}/cancel`, undefined, key);
    expect(other.body).toMatchObject({ status: 409, code: 'conflict' });
    await caller.wait(answers[0]!.body.id, 'completed');
  });
});

describe('uploads', () => {
  const picture = readFile(fileURLToPath(new URL('../../samples/sunset.jpg', import.meta.url)));

  async function upload(
    body: FormData | Uint8Array<ArrayBuffer> | string,
    headers: Record<string, string> = {},
  ) {
    const response = await fetch(`${url}/api/v1/uploads`, {
      method: 'POST',
      headers: { authorization: `Bearer ${app.firstKey.clientSecret}`, ...headers },
      body,
    });
    return { status: response.status, body: (await response.json()) as UploadReply & Problem };
  }

  test('a form or the bytes themselves answer what the file is, and its URL and id are taken by every dialect', async () => {
    const bytes = await picture;
    const form = new FormData();
    form.append('note', 'before the file');
    form.append('file', new Blob([new Uint8Array(bytes)]), 'any name.png');
    form.append('after', 'x');
    for (const sent of [
      await upload(form),
      await upload(new Uint8Array(bytes), { 'content-type': 'image/png' }),
    ]) {
      expect(sent.status).toBe(201);
      expect(sent.body).toMatchObject({
        contentType: 'image/jpeg',
        bytes: bytes.length,
        durationSeconds: null,
      });
      expect(sent.body.width).toBeGreaterThan(100);
      expect(Buffer.from(await (await fetch(sent.body.url)).arrayBuffer()).equals(bytes)).toBe(true);
      for (const image of [sent.body.id, sent.body.url]) {
        const { body } = await caller.post(TASKS, { image, prompt: 'x' });
        expect((await caller.wait(body.id, 'completed', 'failed')).state).toBe('completed');
      }
      const akool = await fetch(`${url}/api/open/v4/image2Video/createBySourcePrompt`, {
        method: 'POST',
        headers: { 'x-api-key': app.firstKey.clientSecret, 'content-type': 'application/json' },
        body: JSON.stringify({
          image_url: sent.body.url,
          prompt: 'x',
          resolution: '720p',
          audio_type: 3,
          video_length: 5,
        }),
      });
      const { data } = (await akool.json()) as { data: { _id: string } };
      expect((await caller.wait(data._id, 'completed', 'failed')).state).toBe('completed');
    }
  });

  test('a picture may stand in the request itself', async () => {
    const image = `data:image/jpeg;base64,${(await picture).toString('base64')}`;
    const { body } = await caller.post(TASKS, { image, prompt: 'x' });
    expect(body.input.image).toMatch(/^http.*\/files\/[0-9a-f]{32}\.jpg$/);
    expect((await caller.wait(body.id, 'completed', 'failed')).state).toBe('completed');
    const broken = await caller.post<Problem>(TASKS, { image: image.slice(0, 4_000), prompt: 'x' });
    expect(broken.body).toMatchObject({ status: 422, code: 'picture-unreadable' });
  });

  test('what is no medium, not whole, or not a file is refused with a sentence', async () => {
    const html = await upload('<!doctype html><p>no picture</p>', { 'content-type': 'image/jpeg' });
    expect(html.body).toMatchObject({ status: 400, code: 'invalid-field' });
    expect(html.body.detail).toContain('Send one of jpeg, png');
    expect((await upload('')).body.detail).toContain('empty (0 bytes)');
    const cut = (await picture).subarray(0, 100);
    expect((await upload(new Uint8Array(cut))).body.code).toBe('picture-unreadable');
    const half = (await picture).subarray(0, 20_000);
    expect((await upload(new Uint8Array(half))).body.code).toBe('picture-unreadable');
    const form = new FormData();
    form.append('picture', new Blob([new Uint8Array(await picture)]));
    expect((await upload(form)).body.detail).toContain('no field "file"');
    const wrong = new Uint8Array(
      Buffer.from('--x\r\nContent-Disposition: form-data; name="file"\r\n\r\nabc'),
    );
    expect((await upload(wrong, { 'content-type': 'multipart/form-data; boundary=x' })).status).toBe(400);
  });

  test('a file of the wrong kind is refused when the task is made', async () => {
    const { body } = await upload(new Uint8Array(await picture));
    const refused = await caller.post<Problem>(TASKS, {
      video: body.id,
      kind: 'video-to-audio',
      prompt: 'x',
    });
    expect(refused.body.detail).toBe('video must be a video; this is a picture.');
  });

  test('without credentials nothing is read', async () => {
    const response = await fetch(`${url}/api/v1/uploads`, { method: 'POST', body: 'x' });
    expect(response.status).toBe(401);
    expect(((await response.json()) as Problem).code).toBe('unauthenticated');
  });
});

describe('sound', () => {
  test('a finished video of any dialect gets sound, charged by the second', async () => {
    const { body: film } = await caller.post(TASKS, { image: sample(), prompt: 'x', audio: 'none' });
    const busy = await caller.post<Problem>(TASKS, { video: film.id, prompt: 'rain' });
    if (busy.status === 409) expect(busy.body.detail).toContain('not finished yet');
    await caller.wait(film.id, 'completed');
    const { body } = await caller.post(TASKS, { video: film.number, prompt: 'rain', originalAudio: 'mix' });
    expect(body).toMatchObject({ kind: 'video-to-audio', parentId: film.id, credits: 6 });
    expect(body.input).toMatchObject({
      video: film.id,
      soundPrompt: 'rain',
      originalAudio: 'mix',
      image: null,
    });
    await caller.wait(body.id, 'completed');
    const { body: again } = await caller.post(`${TASKS}/${body.id}/remix`, { soundPrompt: 'wind' });
    expect(again).toMatchObject({ kind: 'video-to-audio', parentId: film.id });
    expect(again.input.soundPrompt).toBe('wind');
    await caller.wait(again.id, 'completed');
  });
});

describe('the account', () => {
  test('shows what it has, what it may, and each credit that moved', async () => {
    const account = await caller.get<Record<string, unknown>>('/api/v1/account');
    expect(account.body).toMatchObject({
      plan: 'pro',
      limits: { tasksAtOnce: 40, seconds: 10, premium: true },
    });
    const { body } = await caller.post(TASKS, { image: sample(), prompt: 'x' });
    const ledger = await caller.get<{ items: Record<string, unknown>[]; next: string }>(
      '/api/v1/ledger?limit=1',
    );
    expect(ledger.body.items).toEqual([
      expect.objectContaining({ entry: 'charge', amount: -20, taskId: body.id }),
    ]);
    const rest = await caller.get<{ items: Record<string, unknown>[] }>(
      `/api/v1/ledger?after=${ledger.body.next}&limit=100`,
    );
    const all = [...ledger.body.items, ...rest.body.items];
    expect(all.reduce((sum, { amount }) => sum + Number(amount), 0)).toBe(
      (account.body.credits as number) - 20,
    );
    await caller.wait(body.id, 'completed');
  });

  test('models and engines are what is installed', async () => {
    const models = await caller.get<{ items: Record<string, unknown>[] }>('/api/v1/models');
    expect(models.body.items[0]).toMatchObject({ name: 'builtin-fast', engine: 'copying', seconds: [5, 10] });
    const engines = await caller.get<{ items: Record<string, unknown>[] }>('/api/v1/engines');
    const effects = await caller.get<{ items: unknown[] }>('/api/v1/effects');
    expect(engines.body.items).toEqual([
      expect.objectContaining({ name: 'copying', effects: effects.body.items.length }),
    ]);
  });

  test('a key is shown once, works, and opens nothing once it is revoked', async () => {
    const made = await caller.post<{ clientId: string; apiKey: string; name: string }>('/api/v1/keys', {
      name: 'phone',
    });
    expect(made.body).toMatchObject({ name: 'phone', apiKey: expect.stringMatching(/^\w{24}$/) });
    const list = await caller.get<{ items: Record<string, unknown>[] }>('/api/v1/keys');
    expect(list.body.items).toContainEqual(
      expect.objectContaining({ clientId: made.body.clientId, name: 'phone', revokedAt: null }),
    );
    expect(JSON.stringify(list.body)).not.toContain(made.body.apiKey);
    const other = createNativeCaller(url, { 'x-api-key': made.body.apiKey });
    expect((await other.get('/api/v1/account')).status).toBe(200);
    expect((await caller.remove(`/api/v1/keys/${made.body.clientId}`)).status).toBe(204);
    expect((await other.get<Problem>('/api/v1/account')).body.code).toBe('invalid-key');
    expect((await caller.remove<Problem>(`/api/v1/keys/${made.body.clientId}`)).status).toBe(404);
  });
});
