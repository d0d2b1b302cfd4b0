import { expect, test } from 'vitest';
import { direct } from '../../picture/direct/direct.ts';
import type { CameraMove } from '../../picture/direct/shot.ts';
import { applyMotion } from './apply-motion.ts';

const shot = direct({
  prompt: 'slowly pan left, flowing water',
  negativePrompt: '',
  extendPrompt: false,
  seed: 1,
});
const camera: CameraMove[] = [
  { kind: 'roll', direction: 'clockwise', strength: 0.8, span: [0, 1], easing: 'ease', why: 'given' },
];

test('without wishes nothing changes', () => {
  expect(applyMotion(shot)).toEqual(shot);
});

test('the camera does what was given outright, and the picture what the words say', () => {
  expect(shot.moves[0]).toMatchObject({ kind: 'pan', direction: 'left' });
  expect(applyMotion(shot, { camera })).toEqual({ ...shot, moves: camera });
});

test('everything moves farther or less far, never beyond the whole', () => {
  const half = applyMotion(shot, { strength: 0.5 });
  for (const part of ['moves', 'motions'] as const) {
    expect(shot[part].length).toBeGreaterThan(0);
    for (const [index, { strength }] of shot[part].entries()) {
      expect(half[part][index]!.strength).toBeCloseTo(strength / 2);
    }
  }
  expect(applyMotion(shot, { camera, strength: 2 }).moves[0]!.strength).toBe(1);
  expect(applyMotion(shot, { strength: 0 }).moves.every(({ strength }) => strength === 0)).toBe(true);
});
