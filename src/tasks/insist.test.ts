import { expect, test } from 'vitest';
import { insist } from './insist.ts';

/** Fails so many times before it succeeds. */
function failing(times: number, error: Error) {
  let calls = 0;
  return {
    calls: () => calls,
    work: async () => {
      calls += 1;
      if (calls <= times) throw error;
      return 'done';
    },
  };
}

const lost = Object.assign(new Error('connect ECONNREFUSED 127.0.0.1:5432'), { code: 'ECONNREFUSED' });

test('a database that comes back is told after all', async () => {
  const { work, calls } = failing(2, lost);
  expect(await insist(work, () => false)).toBe('done');
  expect(calls()).toBe(3);
});

test.each([
  new Error('Connection terminated unexpectedly'),
  new Error('timeout exceeded when trying to connect'),
  Object.assign(new Error('the database system is in recovery mode'), { code: '57P03' }),
  Object.assign(new Error('terminating connection due to administrator command'), { code: '57P01' }),
])('“$message” may pass', async (error) => {
  expect(await insist(failing(1, error).work, () => false)).toBe('done');
});

test('it gives up when it is over, and at once for anything else', async () => {
  const over = failing(9, lost);
  await expect(insist(over.work, () => true)).rejects.toThrow('ECONNREFUSED');
  expect(over.calls()).toBe(1);
  const defect = failing(9, Object.assign(new Error('duplicate key'), { code: '23505' }));
  await expect(insist(defect.work, () => false)).rejects.toThrow('duplicate key');
  expect(defect.calls()).toBe(1);
});
