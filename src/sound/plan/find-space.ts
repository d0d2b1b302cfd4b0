import type { SpaceName } from '../mix/spaces.ts';
import { dropFilmLanguage } from './film-language.ts';
import { phraseKey, readWords } from './words.ts';

const places: readonly (readonly [space: SpaceName, words: ReadonlySet<string>])[] = [
  [
    'hall',
    stems('cathedral church hall cave tunnel warehouse temple stadium gym museum station ballroom dungeon'),
  ],
  [
    'room',
    stems(
      'room kitchen bedroom bathroom office house indoors inside restaurant cafe apartment cabin bar classroom studio ' +
        'corridor hallway laboratory shop',
    ),
  ],
  ['forest', stems('forest jungle woods rainforest woodland')],
  ['street', stems('street city alley urban downtown avenue courtyard sidewalk')],
];

function stems(words: string): ReadonlySet<string> {
  return new Set(words.split(' ').map(phraseKey));
}

/** The place that a text names; undefined when it names none. */
export function findSpace(text: string): SpaceName | undefined {
  const words = dropFilmLanguage(readWords(text));
  return places.find(([, known]) => words.some((word) => known.has(word.stem)))?.[0];
}
