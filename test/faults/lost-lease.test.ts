import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { createReach } from '../../src/net/reach.ts';
import { createLinks } from '../../src/storage/links.ts';
import type { Storage } from '../../src/storage/storage.ts';
import { createTaskService } from '../../src/tasks/service.ts';
import { createTransitions } from '../../src/tasks/transitions.ts';
import { createCopyingEngine } from '../support/copying-engine.ts';
import { openTestDatabase } from '../support/database.ts';

test('a worker that lives and does not renew its lease loses the task to the next, and can end it no more', async () => {
  const opened = await openTestDatabase();
  const { database, queue, uid } = opened;
  const transitions = createTransitions(database, queue, 3600);
  const service = createTaskService({
    database,
    queue,
    transitions,
    engines: [createCopyingEngine()],
    reach: createReach([]),
    links: createLinks(
      () => 'http://stillroar',
      () => [],
    ),
    storage: {} as Storage,
    queueLimit: 10,
    tasksAtOnce: { free: 10, pro: 10, studio: 10 },
    uploadsKept: 86_400,
  });
  const pair = { clientId: 'c'.repeat(16), clientSecret: 's'.repeat(24) };
  const account = { ...pair, uid, teamId: 'f'.repeat(24), plan: 'pro' as const, isSuspended: false };
  const input = {
    image: 'https://example.org/a.jpg',
    lastImage: '',
    prompt: 'x',
    negativePrompt: '',
    extendPrompt: false,
    audio: 'none' as const,
    audioUrl: '',
    resolution: '720p' as const,
    seconds: 5 as const,
    framesPerSecond: 24,
    premium: false,
    modelName: '',
    webhookUrl: '',
  };
  const request = {
    kind: 'image-to-video' as const,
    model: 'builtin-fast',
    credits: 20,
    warnings: [],
    dialect: 't',
  };
  const task = await service.create(account, { ...request, input }, { at: new Date() });

  const [stalled] = await queue.take(1);
  await transitions.start(stalled!);
  expect(await queue.take(1)).toEqual([]);
  // Thirty seconds without a heartbeat, as the queue's own clock would show them.
  await sql`update pgboss.job set heartbeat_on = heartbeat_on - interval '31 seconds' where state = 'active'`.execute(
    database,
  );
  const began = Date.now();
  let next = await queue.take(1);
  while (next.length === 0) {
    await new Promise((resolve) => setTimeout(resolve, 100));
    next = await queue.take(1);
  }
  console.log(`a lost lease is taken over ${((Date.now() - began) / 1000).toFixed(1)} s after it ran out`);
  expect(next[0]).toMatchObject({ taskId: task.id, jobId: stalled!.jobId });
  expect(await transitions.start(next[0]!)).toMatchObject({ attempt: 2, setbacks: 1 });

  const result = { outputs: [], warnings: [], plan: {} };
  expect(await queue.renew([stalled!])).toEqual([]);
  expect(await transitions.report(stalled!, 50, 'rendering')).toBe(false);
  expect(await transitions.complete(stalled!, result)).toBe(false);
  expect(await transitions.complete(next[0]!, result)).toBe(true);
  expect((await service.find(account, [task.id]))[0]).toMatchObject({ state: 'completed' });
  const { rows } = await sql`select sum(amount)::integer as sum from ledger`.execute(database);
  expect(rows).toEqual([{ sum: 10_000 - 20 }]);
  await opened.close();
});
