import { expect, test } from 'vitest';
import type { Account } from '../../credits/accounts.ts';
import type { Task } from '../../tasks/task.ts';
import { createSchema, idsSchema } from './schema.ts';
import { fileName, toCreateReply, toResultEntry, toTaskRequest } from './translate.ts';

const account: Account = {
  uid: 101400,
  teamId: '6805fb69e92d9edc7ca0b409',
  plan: 'pro',
  isSuspended: false,
  clientId: 'c'.repeat(16),
  clientSecret: 's'.repeat(24),
};

const fields = {
  image_url: 'https://example.org/a.png',
  prompt: 'Animate this image with smooth camera movement.',
  resolution: '4k',
  audio_type: 1,
  video_length: 10,
};

function createTask(changes: Partial<Task>): Task {
  return {
    ...toTaskRequest(createSchema.parse(fields)),
    batch: undefined,
    parentId: undefined,
    externalId: undefined,
    id: '689174694b4dbdd4ab3d28c9',
    number: '1',
    state: 'queued',
    progress: 0,
    stage: undefined,
    queuePosition: 1,
    seed: 1,
    engine: 'builtin',
    credits: 60,
    warnings: [],
    error: undefined,
    plan: undefined,
    outputs: [],
    createdAt: new Date(1000),
    updatedAt: new Date(2000),
    startedAt: undefined,
    endedAt: undefined,
    expiresAt: undefined,
    ...changes,
  };
}

test('names files as the published sample does', () => {
  expect(fileName(fields.prompt)).toBe('Image2Video_Animate this image with .mp4');
  expect(fileName('a/b\\c:d*e?f"g<h>i|j\nk')).toBe('Image2Video_a_b_c_d_e_f_g_h_i_j_k.mp4');
  expect([...fileName('🌊'.repeat(40))].length).toBe('Image2Video_'.length + 24 + '.mp4'.length);
});

test('reads what real clients send: texts for numbers, empty texts, either spelling of the callback', () => {
  const read = createSchema.parse({
    ...fields,
    audio_type: '3',
    video_length: '5',
    audio_url: '',
    effect_code: '',
    extend_prompt: 'true',
    is_premium_model: '',
    webhookUrl: 'http://localhost:3000/demo',
    unknown: 1,
  });
  expect(toTaskRequest(read).input).toMatchObject({
    audio: 'none',
    audioUrl: '',
    seconds: 5,
    extendPrompt: true,
    premium: false,
    negativePrompt: '',
    webhookUrl: 'http://localhost:3000/demo',
  });
  expect(createSchema.parse({ ...fields, webhookurl: 'http://a/b', webhookUrl: '' }).webhookurl).toBe(
    'http://a/b',
  );
});

test.each([
  [{ image_url: '' }, 'image_url is required'],
  [{ image_url: 5 }, 'image_url is required'],
  [{ prompt: undefined }, 'prompt is required'],
  [{ resolution: '480p' }, 'resolution is required: 720p, 1080p or 4k.'],
  [{ audio_type: 4 }, 'audio_type is required'],
  [{ audio_type: undefined }, 'audio_type is required'],
  [{ audio_type: 2 }, 'audio_url is required when audio_type is 2'],
  [{ video_length: 7 }, 'video_length is required: 5 or 10'],
  [{ extend_prompt: 'perhaps' }, 'extend_prompt must be true or false'],
])('refuses %j with a sentence', (change, sentence) => {
  const result = createSchema.safeParse({ ...fields, ...change });
  expect(result.error?.issues.map(({ message }) => message).join(' ')).toContain(sentence);
});

test('takes ids in one text or as a list', () => {
  expect(idsSchema.parse({ _ids: 'a, b,,c' })._ids).toEqual(['a', 'b', 'c']);
  expect(idsSchema.parse({ _ids: ['a', 'b'] })._ids).toEqual(['a', 'b']);
  for (const _ids of ['', ',', [], 5, undefined]) expect(idsSchema.safeParse({ _ids }).success).toBe(false);
});

test.each([
  [{ state: 'queued' }, 1, 60],
  [{ state: 'processing' }, 2, 60],
  [{ state: 'completed' }, 3, 60],
  [{ state: 'failed', error: { code: 'fetch-failed', message: 'Gone.' } }, 4, 0],
  [{ state: 'cancelled' }, 4, 0],
  [{ state: 'expired' }, 3, 60],
  [{ state: 'expired', error: { code: 'deadline-exceeded', message: 'Late.' } }, 4, 0],
] as const)('shows %j as status %i, with %i credits deducted', (changes, status, credits) => {
  const entry = toResultEntry(createTask(changes), account);
  expect(entry).toMatchObject({ status, deduction_credit: credits, video_url: '', only_add_audio: false });
  expect('expired' in entry).toBe(changes.state === 'expired');
});

test('shows the finished video with its measured length', () => {
  const output = { contentType: 'video/mp4', bytes: 1, width: 1, height: 1 };
  const outputs = [{ ...output, kind: 'video' as const, url: 'http://a/v.mp4', durationSeconds: 5.063 }];
  const entry = toResultEntry(createTask({ state: 'completed', outputs, expiresAt: new Date(9) }), account);
  expect(entry).toMatchObject({ video_url: 'http://a/v.mp4', video_duration: 5.063, expires_time: 9 });
});

test('answers a creation with the account’s own ids', () => {
  expect(toCreateReply(createTask({}), account)).toMatchObject({
    uid: 101400,
    team_id: account.teamId,
    status: 1,
  });
});
