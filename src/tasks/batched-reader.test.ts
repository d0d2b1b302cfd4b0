import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { createBatchedReader } from './batched-reader.ts';

test('reads together what is asked for while a read is under way', async () => {
  const reads: string[][] = [];
  const read = createBatchedReader(async (ids) => {
    reads.push(ids);
    await sleep(5);
    return ids.filter((id) => id !== 'unknown').map((id) => ({ id }));
  });
  const first = read(['a']);
  await sleep(1);
  const [, second, third] = await Promise.all([first, read(['b', 'a']), read(['c', 'unknown'])]);
  expect(reads).toEqual([['a'], ['b', 'a', 'c', 'unknown']]);
  expect(second.get('b')).toEqual({ id: 'b' });
  expect(third.has('unknown')).toBe(false);
});

test('a read that fails fails its own callers only', async () => {
  let isBroken = true;
  const read = createBatchedReader(async (ids) => {
    if (isBroken) throw new Error('broken');
    return ids.map((id) => ({ id }));
  });
  await expect(read(['a'])).rejects.toThrow('broken');
  isBroken = false;
  expect((await read(['a'])).has('a')).toBe(true);
});
