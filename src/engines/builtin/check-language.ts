import type { EngineInput, Warning } from '../engine.ts';

/** Small words of German, French, Spanish, Italian and Portuguese that English does not have. */
const foreign = words(
  'der das und ist ein eine einen einem einer dem des im auf mit von vom zum zur über durch nach langsam sanft ' +
    'le les dans et une sur avec vers ses sous doucement lentement ' +
    'el los las del con por hacia una en lentamente suavemente despacio ' +
    'il gli nel nella della delle verso lento piano uma com pelo pela devagar',
);
/** What an English sentence of some length can hardly do without. */
const english = words('the a of and with from over at is are to by as for it its his her into');

function words(list: string): Set<string> {
  return new Set(list.split(' '));
}

/** Two words of another language, and none of English. */
function isForeign(prompt: string): boolean {
  const said = prompt.toLowerCase().match(/\p{Letter}+/gu) ?? [];
  return said.filter((word) => foreign.has(word)).length >= 2 && !said.some((word) => english.has(word));
}

/**
 * A prompt in another language, or in another script than English is written in, says little or nothing to the built-in
 * engine; a given plan needs no words.
 */
export function checkLanguage({ prompt, plan }: Pick<EngineInput, 'prompt' | 'plan'>): Warning[] {
  if (plan || !/\p{Letter}/u.test(prompt)) return [];
  if (/\p{Script=Latin}/u.test(prompt) && !isForeign(prompt)) return [];
  const message =
    'The built-in engine reads English, and the prompt is in another language: camera and sound follow little or nothing of it. Say it in English.';
  return [{ code: 'prompt-not-read', message }];
}
