import type { EngineInput, Warning } from '../engine.ts';

/** A prompt in another script than English is written in says nothing to the built-in engine; a given plan needs no words. */
export function checkLanguage({ prompt, plan }: Pick<EngineInput, 'prompt' | 'plan'>): Warning[] {
  if (plan || !/\p{Letter}/u.test(prompt) || /\p{Script=Latin}/u.test(prompt)) return [];
  const message =
    'The built-in engine reads English, and the prompt has no English word: camera and sound are chosen as if it were empty. Say it in English.';
  return [{ code: 'prompt-not-read', message }];
}
