import { setTimeout as sleep } from 'node:timers/promises';
import { expect, onTestFinished, test, vi } from 'vitest';
import { openTestDatabase } from '../../test/support/database.ts';
import { accountOf, createServiceByHand, taskRequest } from '../../test/support/task-service.ts';
import { createLinks } from '../storage/links.ts';
import type { Storage } from '../storage/storage.ts';
import type { TaskChange } from './queue.ts';
import { createQueuePlaces } from './queue-places.ts';
import { numberQueues } from './task-table.ts';
import { createTransitions } from './transitions.ts';

// What a client that polls is told of its place in line.

/** A queue of three tasks, one of whose accounts is premium, and how often it was numbered. */
async function fill() {
  const opened = await openTestDatabase();
  onTestFinished(() => opened.close());
  const { database, queue } = opened;
  const transitions = createTransitions(database, queue, 3600);
  const links = createLinks(
    () => 'http://stillroar',
    () => [],
  );
  const service = createServiceByHand(opened, { transitions, links, storage: {} as Storage });
  const make = async (input = {}) =>
    (await service.create(accountOf(opened), taskRequest(input), { at: new Date() })).id;
  const ids = [await make(), await make(), await make()];
  const number = vi.fn(() => numberQueues(database));
  const places = createQueuePlaces(queue, number);
  const placesOf = async () => {
    const found = await places.of(ids);
    return ids.map((id) => found.get(id));
  };
  return { queue, transitions, make, ids, number, places, placesOf };
}

test('the queue is numbered once for all who ask, until it moves', async () => {
  const { queue, transitions, make, number, ids, places, placesOf } = await fill();
  await places.start();
  expect(await Promise.all([placesOf(), placesOf(), placesOf()])).toEqual([
    [1, 2, 3],
    [1, 2, 3],
    [1, 2, 3],
  ]);
  expect(await placesOf()).toEqual([1, 2, 3]);
  expect(number).toHaveBeenCalledTimes(1);

  await transitions.cancel(ids[0]!);
  ids.shift();
  await vi.waitFor(async () => expect(await placesOf()).toEqual([1, 2]));

  // Somebody pays for being first.
  await make({ premium: true });
  await vi.waitFor(async () => expect(await placesOf()).toEqual([2, 3]));

  const [lease] = await queue.take(1);
  await transitions.start(lease!);
  await vi.waitFor(async () => expect(await placesOf()).toEqual([1, 2]));
  await sleep(50);
  const before = number.mock.calls.length;
  await placesOf();
  await transitions.report(lease!, 10, 'rendering');
  await sleep(50);
  await placesOf();
  console.log(`numbered ${number.mock.calls.length} times; not for what gets on where it is`);
  expect(number).toHaveBeenCalledTimes(before);
});

test('a task that has just been made is found before anything was heard of it', async () => {
  const { make, ids, places, placesOf } = await fill();
  await places.start();
  await placesOf();
  ids.push(await make());
  expect(await placesOf()).toEqual([1, 2, 3, 4]);
});

test('without a line to the database, and when it was away, nothing old is told', async () => {
  const number = vi.fn(async () => new Map([['a', 1]]));
  let tell: (change: TaskChange | undefined) => void = () => {};
  const queue = {
    async onChange(listener: typeof tell) {
      tell = listener;
    },
  };
  const places = createQueuePlaces(queue, number);
  await places.of(['a']);
  await places.of(['a']);
  expect(number).toHaveBeenCalledTimes(2);
  await places.start();
  await places.of(['a']);
  await places.of(['a']);
  expect(number).toHaveBeenCalledTimes(2);
  tell(undefined);
  await places.of(['a']);
  expect(number).toHaveBeenCalledTimes(3);
  await sleep(1_010);
  await places.of(['a']);
  expect(number).toHaveBeenCalledTimes(4);
});

test('a number that could not be read is asked for again', async () => {
  const number = vi.fn(async () => new Map([['a', 1]]));
  number.mockRejectedValueOnce(new Error('The database is away.'));
  const places = createQueuePlaces({ onChange: async () => {} }, number);
  await places.start();
  await expect(places.of(['a'])).rejects.toThrow('away');
  expect((await places.of(['a'])).get('a')).toBe(1);
});
