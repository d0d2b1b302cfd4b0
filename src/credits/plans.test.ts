import { expect, test } from 'vitest';
import { checkPlan } from './plans.ts';

test('keeps ten seconds and the premium queue for pro and above', () => {
  expect(() => checkPlan('free', { seconds: 5, premium: false })).not.toThrow();
  expect(() => checkPlan('free', { seconds: 10, premium: false })).toThrow('10 seconds need pro');
  expect(() => checkPlan('free', { seconds: 5, premium: true })).toThrow('premium');
  expect(() => checkPlan('pro', { seconds: 10, premium: true })).not.toThrow();
});
