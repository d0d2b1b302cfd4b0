import { type Token, tokenize } from '../../picture/direct/tokens.ts';
import type { EngineInput, Warning } from '../engine.ts';

/** Who acts, in a picture; and what of a body does. */
const actors = words(
  'he she they somebody someone everyone man men woman women girl girls boy boys child children kid kids baby babies ' +
    'toddler person people couple crowd family lady guy bride groom mother father dancer dancers runner runners subject ' +
    'character characters model dog dogs puppy puppies cat cats kitten kittens horse horses bird birds animal animals ' +
    'lion tiger bear rabbit monkey robot robots head face eye eyes mouth lips hand hands arm arms finger fingers tail',
);
/** What may stand between who acts and what is done; adverbs do, too. */
const between = words('is are who that then and also both will starts start begins begin to just all');
/** What is done, in the forms `walk`, `walks`, `walking`. */
const actions = new Set(
  (
    'smile laugh giggle grin frown blink wink nod talk speak dance walk stroll jog run sprint gallop trot jump leap hop skip ' +
    'crawl climb swim dive fly turn twirl spin wave clap bow kiss hug eat drink play chase lick yawn stretch wag raise lift ' +
    'throw catch grab point gesture move open close shake stand-up sit-down look-up look-down look-around look-back look-away'
  )
    .split(' ')
    .flatMap(formsOf),
);

function words(list: string): Set<string> {
  return new Set(list.split(' '));
}

/** A verb's forms in the present; some of them no English, and harmless. */
function formsOf(action: string): string[] {
  const [verb = '', particle] = action.split('-');
  const stem = verb.replace(/e$/, '');
  const forms = [
    verb,
    `${verb}s`,
    `${verb}es`,
    `${stem}ing`,
    `${stem}${stem.at(-1)}ing`,
    `${verb.replace(/y$/, 'i')}es`,
  ];
  return particle ? forms.map((form) => `${form} ${particle}`) : forms;
}

const mayStandBetween = (word: string) => between.has(word) || (word.endsWith('ly') && !actions.has(word));

/** The tokens that say who does what, as positions [first, last]; undefined when nobody acts. */
function findAction(tokens: Token[]): [first: number, last: number] | undefined {
  for (const [first, { word, clause }] of tokens.entries()) {
    if (!actors.has(word)) continue;
    let at = first + 1;
    while (tokens[at]?.clause === clause && mayStandBetween(tokens[at]!.word)) at++;
    if (tokens[at]?.clause !== clause) continue;
    const one = tokens[at]!.word;
    if (actions.has(one)) return [first, at];
    if (actions.has(`${one} ${tokens[at + 1]?.word}`)) return [first, at + 1];
  }
  return undefined;
}

/**
 * A prompt that wants people or animals to act gets a picture in which they do not: the built-in engine has one look of
 * them. Sounds need no picture of what makes them, and a given plan needs no words.
 */
export function checkActions({
  kind,
  prompt,
  plan,
}: Pick<EngineInput, 'kind' | 'prompt' | 'plan'>): Warning[] {
  if (plan || kind === 'video-to-audio') return [];
  const tokens = tokenize(prompt);
  const found = findAction(tokens);
  if (!found) return [];
  const said = prompt.slice(tokens[found[0]]!.start, tokens[found[1]]!.end);
  const message =
    `The prompt says "${said}": the built-in engine moves the camera, water, sky, plants, hair and light, and does not ` +
    'make people or animals act. An engine with a video model does: docs/gpu.md.';
  return [{ code: 'action-not-shown', message }];
}
