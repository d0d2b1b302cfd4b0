import { expect, test } from 'vitest';
import type { TaskKind } from '../engine.ts';
import { checkActions } from './check-actions.ts';

const check = (prompt: string, kind: TaskKind = 'image-to-video') => checkActions({ kind, prompt });

test.each([
  ['She turns her head and smiles', 'She turns'],
  ['Slow zoom in, the man is slowly walking away', 'man is slowly walking'],
  ['two dogs run through the surf', 'dogs run'],
  ['her eyes blink', 'eyes blink'],
  ['The girl looks up at the sky', 'girl looks up'],
  ['people begin to dance', 'people begin to dance'],
  ['the bird flies off', 'bird flies'],
  ['birds fly over the lake', 'birds fly'],
  ['The cat, sleepy, yawns. A horse galloping', 'horse galloping'],
])('says of %s that nobody will act', (prompt, said) => {
  expect(check(prompt)).toEqual([
    { code: 'action-not-shown', message: expect.stringContaining(`"${said}"`) },
  ]);
});

test.each([
  '',
  'A portrait of a smiling woman, gentle push in, her hair moves in the wind',
  'A man stands on the beach, waves roll in',
  'The camera turns left, then moves up and flies over the hills',
  'a girl in a running stream',
  'leaves dance in the wind, water runs over stones',
  'birds singing, dogs barking, the woman breathes',
  'a girl looks at the sea',
])('says nothing about: %s', (prompt) => {
  expect(check(prompt)).toEqual([]);
});

test('a sound needs nobody who acts, and a plan no words', () => {
  expect(check('a man walks on gravel', 'video-to-audio')).toEqual([]);
  expect(checkActions({ kind: 'image-to-video', prompt: 'she turns', plan: { picture: {} } })).toEqual([]);
});
