import { expect, test } from 'vitest';
import { readPace } from './pace.ts';

const pace = (words: string) => readPace(words.split(' '));

test('gives half strength to a bare word', () => {
  expect(pace('zoom in')).toEqual({ strength: 0.5, easing: 'ease' });
});

test('orders the words of pace', () => {
  const strengths = ['very slow', 'subtle', 'gentle', 'slow', '', 'fast', 'dramatic'].map(
    (words) => pace(words).strength,
  );
  expect(strengths).toEqual([...strengths].sort((one, other) => one - other));
  expect(strengths[2]).toBe(0.25);
  expect(strengths[6]).toBe(1);
});

test('lets slow win over dramatic', () => {
  expect(pace('slow dramatic').strength).toBe(pace('slow').strength);
});

test('hears how a move starts and stops', () => {
  expect(pace('sudden').easing).toBe('sudden');
  expect(pace('whip').easing).toBe('sudden');
  expect(pace('at a constant').easing).toBe('linear');
});

test('does not take "not too fast" for fast', () => {
  expect(pace('not too fast').strength).toBe(0.5);
});
