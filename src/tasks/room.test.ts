import { expect, test } from 'vitest';
import { createRoom } from './room.ts';

const engines = [
  { name: 'builtin' },
  { name: 'mirror' },
  { name: 'gpu', slots: 1 },
  { name: 'cloud', slots: 3 },
];

test('what this machine does shares its slots; what others do has room of its own', () => {
  const room = createRoom(engines, 2, {});
  expect(room([])).toEqual({ count: 1, full: [] });
  expect(room(['gpu'])).toEqual({ count: 2, full: ['gpu'] });
  expect(room(['builtin', 'mirror'])).toEqual({ count: 1, full: ['builtin', 'mirror'] });
  expect(room(['builtin', 'mirror', 'gpu', 'cloud'])).toEqual({
    count: 2,
    full: ['builtin', 'mirror', 'gpu'],
  });
  expect(room(['builtin', 'mirror', 'gpu', 'cloud', 'cloud', 'cloud']).count).toBe(0);
});

test('the operator’s limit replaces the slots of an engine elsewhere', () => {
  expect(createRoom(engines, 2, { gpu: 4 })(['gpu', 'gpu', 'cloud'])).toEqual({ count: 2, full: [] });
  expect(createRoom(engines, 2, { cloud: 1 })(['cloud'])).toEqual({ count: 1, full: ['cloud'] });
});
