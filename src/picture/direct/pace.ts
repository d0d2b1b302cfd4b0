import type { CameraMove } from './shot.ts';

/** How far and how abruptly a movement goes. */
export type Pace = Pick<CameraMove, 'strength' | 'easing'>;

/** The strength of a movement of which nothing else is said. */
const DEFAULT_STRENGTH = 0.5;

const strengths = new Map<string, number>();
for (const [strength, list] of [
  [0.15, 'barely imperceptibly tiny minimal minimally'],
  [0.2, 'subtle subtly slight slightly faint faintly bit'],
  [0.25, 'gentle gently soft softly delicate delicately calmly relaxed'],
  [0.3, 'slow slowly gradual gradually leisurely lazy lazily creeping'],
  [0.75, 'dynamic energetic strong strongly large bold boldly'],
  [0.85, 'fast quick quickly rapid rapidly swift swiftly brisk briskly speedy'],
  [1, 'dramatic dramatically extreme extremely intense intensely epic powerful huge wild wildly aggressive'],
  [1, 'sudden suddenly abrupt abruptly crash whip snap jerky explosive violent violently'],
] as const) {
  for (const word of list.split(' ')) strengths.set(word, strength);
}
const suddenWords = new Set('sudden suddenly abrupt abruptly crash whip snap jerky explosive'.split(' '));
const linearWords = new Set(
  'constant constantly steady steadily continuous continuously linear uniform'.split(' '),
);
const boosters = new Set('very extremely super ultra really incredibly so'.split(' '));

/** Whether a word says how a movement is made. */
export function isPaceWord(word: string): boolean {
  return strengths.has(word) || linearWords.has(word);
}

/**
 * The pace that the words around a movement give, in their order. A slow word wins over a strong one: a slow,
 * dramatic move is slow.
 */
export function readPace(words: string[]): Pace {
  let slowest = DEFAULT_STRENGTH;
  let strongest = DEFAULT_STRENGTH;
  let easing: Pace['easing'] = 'ease';
  words.forEach((word, index) => {
    const before = words[index - 1] ?? '';
    const isBooster = boosters.has(word) && strengths.has(words[index + 1] ?? '');
    const isDenied = before === 'not' || (before === 'too' && words[index - 2] === 'not');
    if (isBooster || isDenied) return;
    const strength = strengths.get(word) ?? DEFAULT_STRENGTH;
    const boosted = boosters.has(before);
    if (strength < DEFAULT_STRENGTH) slowest = Math.min(slowest, boosted ? strength * 0.6 : strength);
    else strongest = Math.max(strongest, boosted ? Math.min(1, strength * 1.2) : strength);
    if (suddenWords.has(word)) easing = 'sudden';
    else if (linearWords.has(word)) easing = 'linear';
  });
  return { strength: slowest < DEFAULT_STRENGTH ? slowest : strongest, easing };
}
