import { stem, type Word } from './words.ts';

/** How a word changes the sound that it stands beside. Undefined: not at all. */
export interface Modifier {
  /** 0 gentle … 1 violent. */
  intensity?: number;
  /** 0 a few … 1 crowded. */
  density?: number;
  /** 0 slow … 1 fast. */
  pace?: number;
  /** 0 here … 1 far. */
  distance?: number;
  gainDecibels?: number;
}

const table: readonly (readonly [words: string, modifier: Modifier])[] = [
  [
    'gentle soft light calm mild faint delicate peaceful subtle quiet slight tender',
    { intensity: 0.2, gainDecibels: -4 },
  ],
  [
    'heavy strong violent loud fierce rage powerful intense hard massive roar huge thunderous furious wild',
    { intensity: 0.92, gainDecibels: 3 },
  ],
  ['distant far faraway distance background remote away', { distance: 0.75 }],
  ['near close nearby closeup foreground', { distance: 0, gainDecibels: 2 }],
  ['fast quick rapid hurried hasty brisk run sprint jog', { pace: 0.95 }],
  ['slow leisurely lazy stroll creep tiptoe', { pace: 0.12 }],
  ['few occasional sparse single lone scattered intermittent', { density: 0.12 }],
  ['many lots dense busy crowded countless flock multitude several continuous bustling', { density: 0.9 }],
];

const byStem = new Map<string, Modifier>(
  table.flatMap(([words, modifier]) => words.split(' ').map((word) => [stem(word), modifier] as const)),
);

/** Words after which a modifier belongs to somebody else. */
const borders = new Set(['and', 'with', 'while', 'as', 'under', 'over']);

/**
 * What the words around a sound's own words say about it: its own, up to three before and four after, in the same
 * clause, and none beyond another sound (`taken`) or an "and".
 */
export function findModifier(
  words: readonly Word[],
  first: number,
  last: number,
  taken: (place: number) => boolean,
): Modifier {
  const found: Modifier = {};
  for (let place = first; place <= last; place++) Object.assign(found, byStem.get(words[place]!.stem));
  const clause = words[first]!.clause;
  const look = (place: number): boolean => {
    const word = words[place];
    if (word === undefined || word.clause !== clause || borders.has(word.text) || taken(place)) return false;
    for (const [key, value] of Object.entries(byStem.get(word.stem) ?? {})) {
      found[key as keyof Modifier] ??= value;
    }
    return true;
  };
  for (let place = first - 1; place >= first - 3 && look(place); place--);
  for (let place = last + 1; place <= last + 4 && look(place); place++);
  return found;
}
