import { afterEach, expect, test, vi } from 'vitest';
import { printTable } from './print-table.ts';

afterEach(() => void vi.restoreAllMocks());

test('rows stand in columns below their names, numbers at the right, with nothing at the end of a line', () => {
  const log = vi.spyOn(console, 'log').mockImplementation(() => {});
  printTable([
    { id: 'a', credits: 5, prompt: '' },
    { id: 'longer', credits: 10_000, prompt: 'x' },
  ]);
  expect(log.mock.calls).toEqual([['id      credits  prompt\na             5\nlonger    10000  x']]);
});

test('no rows are a sentence that no program takes for one', () => {
  const log = vi.spyOn(console, 'log').mockImplementation(() => {});
  const error = vi.spyOn(console, 'error').mockImplementation(() => {});
  printTable([]);
  expect(log).not.toHaveBeenCalled();
  expect(error.mock.calls).toEqual([['There are none.']]);
});
