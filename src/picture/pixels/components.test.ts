import { expect, test } from 'vitest';
import { findComponents } from './components.ts';

function maskOf(...rows: string[]): [Float32Array, number, number] {
  return [Float32Array.from(rows.join(''), (sign) => (sign === '#' ? 1 : 0)), rows[0]!.length, rows.length];
}

test('finds parts through four neighbours, not through corners', () => {
  const { labels, parts } = findComponents(
    ...maskOf(
      '##...', //
      '.#.##',
      '..#.#',
      '.##..',
    ),
  );
  expect([...labels].join('')).toBe(['11000', '01022', '00302', '03300'].join(''));
  expect(parts).toEqual([
    { area: 3, left: 0, right: 1, top: 0, bottom: 1 },
    { area: 3, left: 3, right: 4, top: 1, bottom: 2 },
    { area: 3, left: 1, right: 2, top: 2, bottom: 3 },
  ]);
});

test('follows a spiral as one part', () => {
  const { parts } = findComponents(
    ...maskOf(
      '######', //
      '.....#',
      '####.#',
      '#....#',
      '######',
    ),
  );
  expect(parts.map((part) => part.area)).toEqual([6 + 1 + 5 + 2 + 6]);
});

test('finds nothing in an empty mask', () => {
  expect(findComponents(new Float32Array(6), 3, 2).parts).toEqual([]);
});
