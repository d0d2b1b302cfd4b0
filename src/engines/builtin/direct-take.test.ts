import { expect, test } from 'vitest';
import { direct } from '../../picture/direct/direct.ts';
import { directTake } from './direct-take.ts';

const brief = (prompt: string, negativePrompt = '') => ({
  prompt,
  negativePrompt,
  extendPrompt: false,
  seed: 7,
});

/** The camera of ten takes, whose seeds are consecutive. */
const takes = (prompt: string, negativePrompt = '') =>
  Array.from({ length: 10 }, (_, take) =>
    directTake({ ...brief(prompt, negativePrompt), seed: 7 + take }, take),
  );

test('the first take is what the words say', () => {
  expect(directTake(brief('slow push in'), 0)).toEqual(direct(brief('slow push in')));
});

test.each(['slow push in', 'Animate this image with smooth camera movement.', 'pan left slowly', ''])(
  'ten takes of %j all differ, and each keeps its own seed',
  (prompt) => {
    const shots = takes(prompt);
    expect(new Set(shots.map(({ moves }) => JSON.stringify(moves))).size).toBe(10);
    expect(shots.map(({ seed }) => seed)).toEqual(shots.map((_, index) => 7 + index));
  },
);

test('every take still does what the words say, and nothing that is forbidden', () => {
  for (const { moves } of takes('slow push in', 'truck, pedestal')) {
    expect(moves[0]).toMatchObject({ kind: 'dolly', direction: 'in' });
    expect(moves.some(({ kind }) => kind === 'truck' || kind === 'pedestal')).toBe(false);
  }
});

test('a camera that is to stand still stands still in every take', () => {
  for (const { moves } of takes('static camera, nothing moves')) {
    expect(moves.map(({ kind }) => kind)).toEqual(['static']);
  }
});
