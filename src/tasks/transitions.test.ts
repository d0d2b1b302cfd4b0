import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { openTestDatabase, type TestDatabase } from '../../test/support/database.ts';
import { accountOf, createServiceByHand, taskRequest } from '../../test/support/task-service.ts';
import type { Account } from '../credits/accounts.ts';
import { createLinks } from '../storage/links.ts';
import type { Storage } from '../storage/storage.ts';
import { createOutbox, type Outbox } from '../webhooks/outbox.ts';
import { sweepExpired } from './expiry.ts';
import { createIdempotency, type Idempotency } from './idempotency.ts';
import type { Lease } from './queue.ts';
import type { TaskService } from './service.ts';
import type { Origin, Task, TaskRequest } from './task.ts';
import { createTransitions, type Result, type Transitions } from './transitions.ts';

let opened: TestDatabase;
let service: TaskService;
let transitions: Transitions;
let account: Account;
let task: Task;
let outbox: Outbox;
let idempotency: Idempotency;

const removed: string[] = [];
const storage = { remove: async (key: string) => void removed.push(key) } as Storage;

const retention = 3600;
const failure = { code: 'engine-failed', message: 'It broke.' } as const;

beforeAll(async () => {
  opened = await openTestDatabase();
  const { database, queue } = opened;
  account = accountOf(opened);
  outbox = createOutbox(database);
  idempotency = createIdempotency(database);
  transitions = createTransitions(database, queue, retention);
  const links = createLinks(
    () => 'http://stillroar',
    () => [],
  );
  service = createServiceByHand(opened, { transitions, storage, links });
});
afterAll(() => opened.close());

beforeEach(async () => {
  await opened.database.deleteFrom('task').execute();
  for (const lease of await opened.queue.take(100)) {
    await opened.database.transaction().execute((transaction) => opened.queue.finish(transaction, lease));
  }
  task = await create();
});

function create(changes: Partial<TaskRequest['input']> = {}, origin: Partial<Origin> = {}): Promise<Task> {
  return service.create(account, request(changes), { at: new Date(), ...origin });
}

function request(changes: Partial<TaskRequest['input']> = {}): TaskRequest {
  const image = 'https://example.org/a.jpg';
  const plain = taskRequest({
    image,
    prompt: 'The sea.',
    audio: 'ai',
    resolution: '1080p',
    seconds: 10,
    ...changes,
  });
  return { ...plain, credits: 50 };
}

async function balance(): Promise<number> {
  const row = await opened.database.selectFrom('account').select('credits').executeTakeFirstOrThrow();
  return row.credits;
}

async function current(id = task.id): Promise<Task> {
  const [found] = await service.find(account, [id]);
  return found!;
}

/** The sweep as it would be after so many seconds. */
function sweep(seconds: number): Promise<void> {
  return sweepExpired(
    { database: opened.database, storage, transitions, outbox, idempotency, queueTtlSeconds: 100 },
    new Date(Date.now() + seconds * 1000),
  );
}

async function take(): Promise<Lease> {
  const [lease] = await opened.queue.take(1);
  return lease!;
}

function result(key: string): Result {
  const output = { key, kind: 'video', content_type: 'video/mp4', file_name: 'a.mp4', bytes: 9 };
  return {
    outputs: [{ ...output, width: 1920, height: 1080, duration_seconds: 10 }],
    warnings: [{ code: 'late', message: 'Late.' }],
    plan: {},
  };
}

test('creating charges and queues; completing keeps the charge', async () => {
  expect(task).toMatchObject({ state: 'queued', credits: 50, engine: 'by-hand' });
  expect((await current()).queuePosition).toBe(1);
  const before = await balance();
  const lease = await take();
  expect(await transitions.start(lease)).toMatchObject({ id: task.id, state: 'processing', attempt: 1 });
  await transitions.report(lease, 40, 'rendering');
  expect(await current()).toMatchObject({ progress: 40, stage: 'rendering', queuePosition: undefined });
  expect(await transitions.complete(lease, result(`${'1'.repeat(32)}.mp4`))).toBe(true);
  const done = await current();
  expect(done).toMatchObject({ state: 'completed', progress: 100, stage: undefined, error: undefined });
  expect(done.outputs).toMatchObject([{ kind: 'video', bytes: 9, durationSeconds: 10 }]);
  expect(done.warnings).toEqual([{ code: 'late', message: 'Late.' }]);
  expect(done.expiresAt!.getTime() - done.endedAt!.getTime()).toBe(retention * 1000);
  expect(await balance()).toBe(before);
});

test('a run that completes a second time, because it did not hear of the first, is told that it has', async () => {
  const before = await balance();
  const lease = await take();
  await transitions.start(lease);
  const made = result(`${'6'.repeat(32)}.mp4`);
  expect(await transitions.complete(lease, made)).toBe(true);
  expect(await transitions.complete(lease, made)).toBe(true);
  expect((await current()).outputs).toHaveLength(1);
  expect(await balance()).toBe(before);
});

const previewOf = (digit: string): Result['outputs'][number] => ({
  ...result('').outputs[0]!,
  key: `${digit.repeat(32)}.jpg`,
  kind: 'preview',
});

test('of a run only the newest preview is shown, and none once it has ended', async () => {
  const kinds = async () => (await current()).outputs.map(({ kind, url }) => `${kind} ${url.at(-5)}`);
  const endings: ((lease: Lease) => Promise<unknown>)[] = [
    (lease) => transitions.complete(lease, result(`${'7'.repeat(32)}.mp4`)),
    (lease) => transitions.fail(lease, failure),
    (lease) => transitions.retry(lease, failure),
    (lease) => transitions.release(lease),
    () => transitions.recover(task.id),
    () => transitions.cancel(task.id),
  ];
  for (const end of endings) {
    task = await create();
    const before = (await current()).updatedAt;
    let lease = await take();
    while (lease.taskId !== task.id) lease = await take();
    await transitions.start(lease);
    expect(await transitions.showPreview(lease, previewOf('a'), undefined)).toBe(true);
    expect(await kinds()).toEqual(['preview a']);
    // Whoever follows the task hears of it.
    expect((await current()).updatedAt.getTime()).toBeGreaterThan(before.getTime());
    await transitions.showPreview(lease, previewOf('b'), undefined);
    expect(await kinds()).toEqual(['preview b']);
    await end(lease);
    expect(await kinds()).toEqual((await current()).state === 'completed' ? ['video 7'] : []);
    expect(await transitions.showPreview(lease, previewOf('c'), undefined)).toBe(false);
    expect(await kinds()).not.toContain('preview c');
    await transitions.cancel(task.id);
    // Whoever has just heard of one still finds it; a while later they are gone.
    const files = () =>
      opened.database.selectFrom('output').select('key').where('kind', '=', 'preview').execute();
    expect(await files()).toHaveLength(2);
    await sweep(0);
    expect(await files()).toHaveLength(2);
    removed.length = 0;
    await sweep(20);
    expect(await files()).toEqual([]);
    expect(removed.map((key) => key[0]).sort()).toEqual(['a', 'b']);
  }
});

test('failing gives the price back and says why', async () => {
  const before = await balance();
  const lease = await take();
  await transitions.start(lease);
  expect(await transitions.fail(lease, failure)).toBe(true);
  expect(await current()).toMatchObject({ state: 'failed', error: failure });
  expect(await balance()).toBe(before + 50);
  expect(await opened.queue.take(1)).toEqual([]);
});

test('a failure that may pass is tried three times in all', async () => {
  const before = await balance();
  for (const attempt of [1, 2, 3]) {
    const lease = await take();
    expect(await transitions.start(lease)).toMatchObject({ attempt });
    expect((await current()).state).toBe('processing');
    expect(await transitions.retry(lease, failure)).toBe(true);
  }
  expect(await current()).toMatchObject({ state: 'failed', error: failure });
  expect(await balance()).toBe(before + 50);
  expect(await opened.queue.take(1)).toEqual([]);
});

test('stopping a worker puts the task back at no cost to it, however often', async () => {
  for (let time = 0; time < 5; time++) {
    const lease = await take();
    expect(await transitions.start(lease)).toBeDefined();
    expect(await transitions.release(lease)).toBe(true);
    expect((await current()).state).toBe('queued');
  }
});

test('a worker that died is counted, and the third death ends the task', async () => {
  const before = await balance();
  for (let death = 0; death < 3; death++) {
    expect(await transitions.start(await take())).toBeDefined();
    await transitions.recover(task.id);
  }
  expect(await current()).toMatchObject({ state: 'failed', error: { code: 'engine-lost' } });
  expect(await balance()).toBe(before + 50);
});

test('a worker that has lost its lease changes nothing any more', async () => {
  const before = await balance();
  const zombie = await take();
  await transitions.start(zombie);
  await transitions.recover(task.id);
  const lease = await take();
  await transitions.start(lease);
  await transitions.report(zombie, 90, 'encoding');
  expect((await current()).progress).toBe(0);
  expect(await transitions.complete(zombie, result(`${'2'.repeat(32)}.mp4`))).toBe(false);
  expect(await transitions.fail(zombie, failure)).toBe(false);
  expect(await transitions.retry(zombie, failure)).toBe(false);
  expect(await transitions.release(zombie)).toBe(false);
  expect(await opened.queue.renew([zombie])).toEqual([]);
  expect(await opened.queue.renew([zombie, lease])).toEqual([lease]);
  expect((await current()).state).toBe('processing');
  expect(await transitions.complete(lease, result(`${'3'.repeat(32)}.mp4`))).toBe(true);
  expect((await current()).outputs).toHaveLength(1);
  expect(await balance()).toBe(before);
});

test('premium goes first, and accounts with less under way before others', async () => {
  const second = await create();
  const premium = await create({ premium: true });
  const position = async (id: string) => (await current(id)).queuePosition;
  expect([await position(premium.id), await position(task.id), await position(second.id)]).toEqual([1, 2, 3]);
  const order = [await take(), await take(), await take()].map(({ taskId }) => taskId);
  expect(order).toEqual([premium.id, task.id, second.id]);
});

test('what waits too long is refunded, and results lose their files in time', async () => {
  const before = await balance();
  removed.length = 0;
  const lease = await take();
  await transitions.start(lease);
  await transitions.complete(lease, result(`${'4'.repeat(32)}.mp4`));
  const waiting = await create();

  await sweep(99);
  expect((await current(waiting.id)).state).toBe('queued');
  await sweep(101);
  expect(await current(waiting.id)).toMatchObject({ state: 'expired', error: { code: 'deadline-exceeded' } });
  expect(await opened.queue.take(1)).toEqual([]);
  expect(await balance()).toBe(before);

  expect((await current()).state).toBe('completed');
  await sweep(retention + 1);
  expect(await current()).toMatchObject({ state: 'expired', error: undefined, outputs: [] });
  expect(removed).toEqual([`${'4'.repeat(32)}.mp4`]);
});

test('workers hear of new work at once', async () => {
  let heard = 0;
  await opened.queue.onWork(() => {
    heard += 1;
  });
  heard = 0;
  await create();
  // PostgreSQL tells it through another connection.
  await expect.poll(() => heard).toBe(1);
});

test('cancelling ends what waits and what runs, and gives the price back', async () => {
  const before = await balance();
  const waiting = await create();
  expect(await service.cancel(account, waiting.id)).toBe(true);
  expect(await current(waiting.id)).toMatchObject({ state: 'cancelled', error: { code: 'cancelled' } });
  const lease = await take();
  await transitions.start(lease);
  expect(await service.cancel(account, task.id)).toBe(true);
  expect(await transitions.report(lease, 50, 'rendering')).toBe(false);
  expect(await transitions.complete(lease, result(`${'5'.repeat(32)}.mp4`))).toBe(false);
  expect(await opened.queue.take(1)).toEqual([]);
  expect(await service.cancel(account, task.id)).toBe(false);
  expect(await balance()).toBe(before + 50);
});

test('every change of state puts its callback into the outbox, in the same transaction', async () => {
  const told = await create({ webhookUrl: 'https://example.org/hook' });
  await service.cancel(account, task.id);
  const lease = await take();
  await transitions.start(lease);
  await transitions.complete(lease, result(`${'6'.repeat(32)}.mp4`));
  const log = await outbox.log(told.id);
  expect(log.map(({ task_state, video_key }) => [task_state, video_key])).toEqual([
    ['processing', null],
    ['completed', `${'6'.repeat(32)}.mp4`],
  ]);
  const [first] = await outbox.takeDue(10, new Date(), 30);
  expect(first).toMatchObject({ task_state: 'processing' });
  expect(await outbox.takeDue(10, new Date(), 30)).toEqual([]);
  const attempt = { delivery_id: first!.id, attempt: 1, at: new Date(), status: 200, problem: null };
  await outbox.record({ ...attempt, milliseconds: 1 }, { end: 'delivered' });
  expect(await outbox.takeDue(10, new Date(), 30)).toMatchObject([{ task_state: 'completed' }]);
  expect(await outbox.log(task.id)).toEqual([]);
});

test('a batch makes what can be paid, with consecutive seeds, and says what it refuses', async () => {
  const poor = { ...request(), credits: Math.floor((await balance()) / 2) };
  const { tasks, errors } = await service.createBatch(account, poor, 4, { at: new Date(5) });
  expect(tasks.map(({ batch }) => batch)).toEqual(
    [0, 1].map((index) => ({ id: `5_${account.uid}`, index, count: 4 })),
  );
  expect(tasks[1]!.seed).toBe((tasks[0]!.seed + 1) % 2 ** 31);
  expect(errors.map(({ index, error }) => [index, error.code])).toEqual([
    [2, 'insufficient-credits'],
    [3, 'insufficient-credits'],
  ]);
  await expect(service.createBatch(account, poor, 2, { at: new Date() })).rejects.toMatchObject({
    code: 'insufficient-credits',
  });
  for (const { id } of tasks) await service.cancel(account, id);
});

test('a plan has so many tasks at a time, and the queue so many in all', async () => {
  const before = await balance();
  const free = { ...account, plan: 'free' as const };
  const short = { ...request({ seconds: 5 }), credits: 1 };
  const makeFree = () => service.create(free, short, { at: new Date() });
  await makeFree();
  await expect(makeFree()).rejects.toMatchObject({ code: 'too-many-requests', retryAfterSeconds: 5 });
  await service.cancel(account, task.id);
  await makeFree();
  expect(await balance()).toBe(before + 50 - 2);
});

test('a repeated request finds what it has made already', async () => {
  const origin = { at: new Date(), requestKey: 'scope' };
  const before = await balance();
  const [first, second] = [await create({}, origin), await create({}, origin)];
  expect(second.id).toBe(first.id);
  expect(await balance()).toBe(before - 50);
});

test('only what has ended can be deleted, and only by its owner', async () => {
  removed.length = 0;
  const lease = await take();
  await transitions.start(lease);
  expect(await service.remove(account, [task.id])).toEqual([{ id: task.id, outcome: 'busy' }]);
  await transitions.complete(lease, result(`${'7'.repeat(32)}.mp4`));
  const stranger = { ...account, uid: account.uid + 1 };
  expect(await service.remove(stranger, [task.id])).toEqual([{ id: task.id, outcome: 'unknown' }]);
  expect(await service.find(stranger, [task.id])).toEqual([]);
  expect(await service.findOne(stranger, task.number)).toBeUndefined();
  expect((await service.findOne(account, task.number))?.id).toBe(task.id);
  expect(await service.remove(account, [task.id, 'nonsense'])).toEqual([
    { id: task.id, outcome: 'deleted' },
    { id: 'nonsense', outcome: 'unknown' },
  ]);
  expect(removed).toEqual([`${'7'.repeat(32)}.mp4`]);
  expect(await service.find(account, [task.id])).toEqual([]);
});
