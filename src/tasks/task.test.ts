import { expect, test } from 'vitest';
import { nextStates, statesBefore } from './task.ts';

test('a task that has ended for good never moves again', () => {
  for (const state of ['failed', 'cancelled', 'expired'] as const) expect(nextStates[state]).toEqual([]);
});

test('only running work completes, and only completed or waiting work expires', () => {
  expect(statesBefore('completed')).toEqual(['processing']);
  expect(statesBefore('expired')).toEqual(['queued', 'completed']);
  expect(statesBefore('queued')).toEqual(['processing']);
});
