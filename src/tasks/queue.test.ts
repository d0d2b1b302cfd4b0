import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestDatabase, type TestDatabase } from '../../test/support/database.ts';
import { openQueue, type Queue } from './queue.ts';
import { createTaskId } from './task-id.ts';

let opened: TestDatabase;
let queue: Queue;
beforeAll(async () => {
  opened = await openTestDatabase();
  queue = opened.queue;
});
afterAll(() => opened.close());

async function add(engine: string, count: number): Promise<void> {
  for (let index = 0; index < count; index++) {
    const id = createTaskId(new Date());
    await opened.database
      .transaction()
      .execute((transaction) => queue.add(transaction, { id, engine, priority: 0 }));
  }
}
const enginesOf = (leases: { engine: string }[]) => leases.map(({ engine }) => engine);

test('an engine’s limit holds over all takers, and hides nothing that waits behind it', async () => {
  await add('gpu', 4);
  await add('builtin', 2);
  // Another process, where there can be one.
  const other = opened.exclusive ? queue : await openQueue(opened.queueOptions, () => {});
  const atOnce = { gpu: 2 };
  const first = await queue.take(3, { atOnce });
  const second = await other.take(3, { atOnce });
  const rest = await other.take(3, { atOnce });
  expect(enginesOf([...first, ...second, ...rest]).sort()).toEqual(['builtin', 'builtin', 'gpu', 'gpu']);

  const done = [...first, ...second].find(({ engine }) => engine === 'gpu')!;
  await opened.database.transaction().execute((transaction) => queue.finish(transaction, done));
  expect(enginesOf(await other.take(3, { atOnce }))).toEqual(['gpu']);
  expect(await queue.take(3, { atOnce })).toEqual([]);
  expect(enginesOf(await queue.take(3))).toEqual(['gpu']);
  if (other !== queue) await other.close();
});

test('leaves what a worker has no room for', async () => {
  await add('gpu', 1);
  await add('builtin', 1);
  expect(enginesOf(await queue.take(3, { except: ['gpu'] }))).toEqual(['builtin']);
  expect(enginesOf(await queue.take(3))).toEqual(['gpu']);
});
